/** Encodings that a file may be read in; each is one that TextDecoder (WHATWG Encoding) knows. */
export const encodings = ['utf-8', 'gb18030', 'utf-16le', 'utf-16be', 'big5', 'windows-1252'] as const
export type Encoding = (typeof encodings)[number]

/**
 * The encoding of a file by its beginning: its mark if it has one, UTF-16 by its many zero bytes, UTF-8 where the bytes can be
 * nothing else, otherwise GB18030 (which GBK and GB2312 are part of), Big5 or Windows-1252, by which characters it then has.
 */
export function detectEncoding(head: Uint8Array): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  const even = zeros(head, 0)
  const odd = zeros(head, 1)
  if (Math.max(even, odd) > 0.2 && Math.min(even, odd) < 0.05) return odd > even ? 'utf-16le' : 'utf-16be'
  return (['utf-8', ...byCharacters(head)] as const).find((encoding) => decodes(encoding, head)) ?? 'windows-1252'
}

/** Whether the bytes alone do not prove the encoding: a person should look at what comes of it. */
export const isGuess = (encoding: Encoding): boolean => encoding === 'gb18030' || encoding === 'big5' || encoding === 'windows-1252'

/**
 * The likelier first of GB18030 and Big5, which read nearly all of each other's bytes as some characters; neither for a Western
 * text. Usual characters stand at B0–D7 in GB18030, with a second byte from A1, and at A4–C6 in Big5, with a second byte from 40.
 */
function byCharacters(bytes: Uint8Array): readonly Encoding[] {
  let pairs = 0
  let western = 0
  let gb = 0
  let big5 = 0
  for (let at = 0; at + 1 < bytes.length; at++) {
    const [first = 0, second = 0] = [bytes[at], bytes[at + 1]]
    if (first < 0x81) continue
    at += isDigit(second) ? 3 : 1
    pairs++
    if (first >= 0xc0 && isLetter(second)) western++
    gb += usualInGb(first, second)
    big5 += usualInBig5(first, second)
  }
  if (western * 2 > pairs) return []
  return big5 > 1 && big5 > gb ? ['big5', 'gb18030'] : ['gb18030', 'big5']
}

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39
const isLetter = (byte: number): boolean => (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a)

/** How much it speaks for GB18030 and not for Big5, where it is rare: full-width signs, and the later half of the usual characters. */
const usualInGb = (first: number, second: number): number => (second >= 0xa1 && (first === 0xa1 || first === 0xa3 || (first >= 0xc7 && first <= 0xd7)) ? 1 : 0)

/** How much it speaks for Big5: where GB18030 has rare characters, and more where it has kana, Cyrillic or nothing. Greek letters and units (Φ, ㎡) are usual in both. */
function usualInBig5(first: number, second: number): number {
  if (second >= 0xa1) return first >= 0xa4 && first <= 0xaf && !(first === 0xa6 && second <= 0xd8) ? 2 : 0
  if (first >= 0xa1 && first <= 0xa3) return 2
  return first >= 0xa4 && first <= 0xc6 && first !== 0xa8 && first !== 0xa9 && second < 0x7f ? 1 : 0
}

/** Whether the bytes can be read in it; the last character may be cut off. */
export function decodes(encoding: Encoding, bytes: Uint8Array): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}

/** Share of zero bytes at even (0) or odd (1) places. */
function zeros(head: Uint8Array, start: 0 | 1): number {
  let count = 0
  for (let at = start; at < head.length; at += 2) if (head[at] === 0) count++
  return head.length < 2 ? 0 : count / Math.ceil((head.length - start) / 2)
}
