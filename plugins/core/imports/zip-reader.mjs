// Plain JavaScript, because a worker thread loads the same file in development, in tests and in the built server.
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { createInflateRaw } from 'node:zlib'

/** What is wrong with a file, in words for people. */
export class UnreadableFile extends Error {
  /** @param {{ en: string, zh: string }} text */
  constructor(text) {
    super(text.en)
    this.text = text
  }
}

const mostEntries = 10_000
/** Of all parts that are read; a list of 50 MB has 350 to 530 MB in them, a full sheet of ten columns 400 to 500 MB. */
export const mostUnpacked = 600 * 1_048_576

/**
 * The entries of a ZIP archive as its central directory lists them (PKWARE APPNOTE 4.3.12); nothing else in the file is looked
 * at. What is unpacked is counted: no entry gives more than was declared, nor those that are read more than is allowed.
 * @param {string} file
 */
export async function openZip(file) {
  const handle = await open(file)
  try {
    const { size } = await handle.stat()
    const read = async (at, length) => {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, at)
      if (bytesRead < length) throw new UnreadableFile(damaged)
      return buffer
    }
    const tailLength = Math.min(size, 65_557)
    const tail = await read(size - tailLength, tailLength)
    const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
    if (end < 0 || end + 22 > tail.length) throw new UnreadableFile(damaged)
    const count = tail.readUInt16LE(end + 10)
    const length = tail.readUInt32LE(end + 12)
    const offset = tail.readUInt32LE(end + 16)
    if (count > mostEntries) throw new UnreadableFile(tooManyParts)
    if (offset + length > size) throw new UnreadableFile(damaged)
    const entries = entriesOf(await read(offset, length), count)
    for (const entry of entries.values()) {
      const header = await read(entry.offset, 30)
      if (header.readUInt32LE(0) !== 0x04034b50) throw new UnreadableFile(damaged)
      entry.start = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
      if (entry.start + entry.packed > size) throw new UnreadableFile(damaged)
    }
    let unpacked = 0
    return {
      has: (name) => entries.has(name),
      /** @param {string} name @returns {AsyncGenerator<Buffer>} */
      async *bytes(name) {
        const entry = entries.get(name)
        if (!entry) throw new UnreadableFile(damaged)
        unpacked += entry.size
        if (unpacked > mostUnpacked) throw new UnreadableFile(tooLarge)
        if (entry.packed === 0) return
        const source = createReadStream(file, { start: entry.start, end: entry.start + entry.packed - 1 })
        const stream = entry.method === 0 ? source : source.pipe(createInflateRaw())
        source.on('error', (error) => stream.destroy(error))
        let own = 0
        try {
          for await (const chunk of stream) {
            own += chunk.length
            if (own > entry.size) throw new UnreadableFile(moreThanDeclared)
            yield chunk
          }
        } catch (error) {
          throw typeof error?.code === 'string' && error.code.startsWith('Z_') ? new UnreadableFile(damaged) : error
        } finally {
          source.destroy()
        }
      },
    }
  } finally {
    await handle.close()
  }
}

/** @param {Buffer} directory @param {number} count */
function entriesOf(directory, count) {
  const entries = new Map()
  let at = 0
  for (let index = 0; index < count; index++) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== 0x02014b50) throw new UnreadableFile(damaged)
    const flags = directory.readUInt16LE(at + 8)
    const method = directory.readUInt16LE(at + 10)
    const packed = directory.readUInt32LE(at + 20)
    const size = directory.readUInt32LE(at + 24)
    const nameLength = directory.readUInt16LE(at + 28)
    const name = directory.toString('utf8', at + 46, at + 46 + nameLength).replaceAll('\\', '/')
    if (flags & 1) throw new UnreadableFile(locked)
    if ((method !== 0 && method !== 8) || packed === 0xffffffff || size === 0xffffffff || entries.has(name)) throw new UnreadableFile(damaged)
    entries.set(name, { method, packed, size, offset: directory.readUInt32LE(at + 42), start: 0 })
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
  }
  return entries
}

export const damaged = { en: 'The file is damaged or no XLSX file. Open it in a spreadsheet program and save it again as XLSX, or as CSV.', zh: '文件已损坏或不是 XLSX 文件。请用表格软件打开后重新另存为 XLSX 或 CSV。' }
export const tooLarge = {
  en: `The sheet has more than ${mostUnpacked / 1_048_576} MB when it is unpacked, and no more is read from an XLSX file. Save the sheet as CSV, which has no such limit.`,
  zh: `工作表解压后超过 ${mostUnpacked / 1_048_576} MB，超出 XLSX 文件的读取上限。请将工作表另存为 CSV（无此限制）。`,
}
const moreThanDeclared = { en: 'The file unpacks to far more than it says itself. Save the sheet as CSV.', zh: '文件解压后的大小与其自身记录不符，请将工作表另存为 CSV。' }
const tooManyParts = { en: 'The file has far more parts than a spreadsheet. Save the sheet as CSV.', zh: '文件包含的部分过多，请将工作表另存为 CSV。' }
const locked = { en: 'The file is protected by a password. Save it without one.', zh: '文件有密码保护，请取消密码后另存。' }
