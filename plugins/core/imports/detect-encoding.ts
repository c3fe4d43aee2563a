/** Encodings that a file may be read in; each is one that TextDecoder (WHATWG Encoding) knows. */
export const encodings = ['utf-8', 'gb18030', 'utf-16le', 'utf-16be', 'big5', 'windows-1252'] as const
export type Encoding = (typeof encodings)[number]

/**
 * The encoding of a file by its beginning: its mark if it has one, UTF-16 by its many zero bytes, UTF-8 where the bytes can be
 * nothing else, otherwise GB18030 (which GBK and GB2312 are part of) where they make sense in it.
 */
export function detectEncoding(head: Uint8Array): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  const even = zeros(head, 0)
  const odd = zeros(head, 1)
  if (Math.max(even, odd) > 0.2 && Math.min(even, odd) < 0.05) return odd > even ? 'utf-16le' : 'utf-16be'
  return (['utf-8', 'gb18030'] as const).find((encoding) => decodes(encoding, head)) ?? 'windows-1252'
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
