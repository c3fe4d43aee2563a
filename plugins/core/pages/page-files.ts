import { appendFile } from 'node:fs/promises'
import type { Payload, PayloadRequest } from 'payload'
import { isFileField, isImageName, namedForUpload } from '../../../config/language/file-value.ts'
import type { Text } from '../../../config/language/text.ts'
import { fail, failInput } from '../errors.ts'
import { surroundingsOf } from '../operations/surroundings.ts'
import { anyonePrefix, uploadFiles } from '../uploads/upload-files.ts'
import { problemOfBytes, problemOfName, sniffedBytes } from '../uploads/upload-types.ts'
import { noPicture } from '../commands/input.ts'
import type { OpenPage } from './open-pages.ts'
import { publicFileBytes, publicFilesPerEntry, publicFilesTogetherBytes } from './page-limits.ts'
import { pageFieldNames } from './page-view.ts'

/** Under which name the files of one opening of a page are uploaded; `key`: of its stamp. */
export const uploaderBy = (key: string): string => `${anyonePrefix}${key}`

/**
 * A file that someone sends for a field of a public page, before the record is there. It can be read by nobody, and goes after a day unless the
 * record of the same opening takes it.
 * @returns the id of the upload
 * @throws ProblemError 404 for what is no file of this page, 413 and 429 for what is too large or too much, 415 for types that are not taken
 */
export async function takePageFile(req: PayloadRequest, open: OpenPage, { field: name, key }: { readonly field: string; readonly key: string }): Promise<string> {
  const field = open.entity.fields.find((one) => one.name === name && isFileField(one))
  if (!field || !pageFieldNames(open).includes(name)) fail('pageUnknown')
  const { dataDir, uploadTypes } = surroundingsOf(req.payload)
  const called = namedForUpload(decoded(req.headers.get('x-file-name') ?? ''))
  const wrongName = problemOfName(called, uploadTypes) ?? (field.type === 'image' && !isImageName(called) ? { en: `This must be ${noPicture.en}.`, zh: `须为${noPicture.zh}。` } : undefined)
  if (wrongName) refuse(name, wrongName)
  const files = uploadFiles(dataDir)
  const waiting = await files.ofAnyone()
  const owner = uploaderBy(key)
  if (waiting.filter((upload) => upload.owner === owner).length >= publicFilesPerEntry) fail('pageFilesTooMany', { limit: publicFilesPerEntry })
  const bytes = await bytesOf(req)
  if (waiting.reduce((sum, { length }) => sum + length, bytes.length) > publicFilesTogetherBytes) fail('pageFilesFull')
  if (bytes.length === 0) refuse(name, { en: 'The file is empty. Choose another.', zh: '文件为空，请另选文件。' })
  const wrongContent = await problemOfBytes(called, bytes.subarray(0, sniffedBytes))
  if (wrongContent) refuse(name, wrongContent)
  const upload = await files.create({ owner, name: called, length: bytes.length })
  await appendFile(upload.file, bytes)
  return upload.id
}

/** What the record has taken is kept with it; the rest is of no use any more. */
export async function forgetPageFiles({ config }: Pick<Payload, 'config'>, key: string): Promise<void> {
  const files = uploadFiles(surroundingsOf({ config }).dataDir)
  for (const { id } of await files.ofOwner(uploaderBy(key))) await files.remove(id)
}

async function bytesOf({ headers, body }: PayloadRequest): Promise<Buffer> {
  const tooLarge = () => fail('pageFileTooLarge', { limit: publicFileBytes / 1_048_576 })
  if (Number(headers.get('content-length') ?? 0) > publicFileBytes) tooLarge()
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length
    if (size > publicFileBytes) tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

const refuse = (path: string, message: Text): never => failInput([{ code: 'invalidFile', path, severity: 'error', message }])
