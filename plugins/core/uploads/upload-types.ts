import { open } from 'node:fs/promises'
import { fileTypeFromBuffer } from 'file-type'
import type { Text } from '../../../config/language/text.ts'
import type { UploadType } from '../../../config/language/upload-types.ts'

/** What the bytes of each type may show it to be; null: text, which shows nothing. */
const known = {
  csv: null, txt: null, xlsx: ['xlsx', 'zip'], docx: ['docx', 'zip'], zip: ['zip'], pdf: ['pdf'], png: ['png'], jpg: ['jpg'], jpeg: ['jpg'], webp: ['webp'], gif: ['gif'],
} as const satisfies Record<UploadType, readonly string[] | null>

/** Bytes that a type is recognised by. */
export const sniffedBytes = 4_100

/** Why a name is not taken: its ending is none of the allowed ones. */
export function problemOfName(name: string, allowed: readonly UploadType[]): Text | undefined {
  const ending = endingOf(name)
  if (allowed.some((type) => type === ending)) return undefined
  return {
    en: `Files of the type "${ending}" are not taken (UPLOAD_TYPES). Send one of: ${allowed.join(', ')}.`,
    zh: `不接受“${ending}”类型的文件（UPLOAD_TYPES）。可上传：${allowed.join('、')}。`,
  }
}

/** Why a file is not what its name says, by its first bytes. Whoever takes an upload asks again: a crash may have come between. */
export async function problemOfFile({ name, file }: { readonly name: string; readonly file: string }): Promise<Text | undefined> {
  return problemOfBytes(name, await headOf(file))
}

export async function problemOfBytes(name: string, head: Uint8Array): Promise<Text | undefined> {
  const ending = endingOf(name)
  const expected = Object.hasOwn(known, ending) ? known[ending as UploadType] : undefined
  const found = (await fileTypeFromBuffer(head))?.ext
  const fits = expected === null ? isText(head) && (found === undefined || isWide(head)) : expected?.some((type) => type === found)
  if (fits || head.length === 0) return undefined
  const is = found ?? (isText(head) ? 'text' : 'unknown')
  return {
    en: `The file is named .${ending}, but its content is something else (${is}). Send it under its right name, or save it again as ${ending}.`,
    zh: `文件扩展名为 .${ending}，内容却不符（${is}）。请使用正确的扩展名，或另存为 ${ending} 后重试。`,
  }
}

/** No control bytes, and not the beginning of a page that a browser would run; UTF-16 says so by its first two bytes. */
function isText(head: Uint8Array): boolean {
  const text = new TextDecoder(isWide(head) ? (head[0] === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8').decode(head)
  return !text.includes('\0') && !/^\s*<(?:!doctype|html|head|body|script|svg|\?xml)\b/i.test(text)
}

const isWide = ([first, second]: Uint8Array): boolean => (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)

const endingOf = (name: string): string => /\.([^.]{1,10})$/.exec(name)?.[1]?.toLowerCase() ?? ''

async function headOf(file: string): Promise<Uint8Array> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(new Uint8Array(sniffedBytes), 0, sniffedBytes, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}
