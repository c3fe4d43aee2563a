import type { FieldDefinition } from './entity.ts'
import type { UploadType } from './upload-types.ts'

/** What a field of type `file` or `image` says of its file. `id`: of the upload that the record has taken over. */
export type FileValue = { readonly name: string; /** Length of the file. */ readonly bytes: number; readonly id: string }

/** Kept and spoken as one text that begins with the name, so that lists sort by it and find it: "plan.pdf/48211/<id>". */
export const writeFileValue = ({ name, bytes, id }: FileValue): string => `${name}/${bytes}/${id}`

/** @returns undefined for a text that says no file */
export function readFileValue(value: unknown): FileValue | undefined {
  const [, name, bytes, id] = (typeof value === 'string' && written.exec(value)) || []
  return name === undefined || id === undefined ? undefined : { name, bytes: Number(bytes), id }
}

const written = /^([^/\0]{1,200})\/(\d{1,15})\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

/** The id of the upload that a value names, given by itself or as it is spoken. */
export const uploadOf = (value: string): string | undefined => readFileValue(value)?.id ?? readFileValue(`x/0/${value}`)?.id

export const isFileField = ({ type }: Pick<FieldDefinition, 'type'>): boolean => type === 'file' || type === 'image'

/** What an upload is called: only a name, never a path. */
export const namedForUpload = (name: string): string => name.replace(/[\p{Cc}\p{Cs}/\\]/gu, '').slice(0, 200) || 'file'

/** Endings of what every browser shows as a picture. */
export const imageTypes = ['png', 'jpg', 'jpeg', 'webp', 'gif'] as const satisfies readonly UploadType[]
export const isImageName = (name: string): boolean => imageTypes.some((type) => name.toLowerCase().endsWith(`.${type}`))

/** Where the file of a record's field is read, by whoever may read both. The id makes another file another address. */
export const addressOfFile = ({ entity, id, field, value }: { readonly entity: string; readonly id: string; readonly field: string; readonly value: FileValue }): string =>
  `/api/${entity}/${encodeURIComponent(id)}/files/${field}?of=${value.id}`
