import type { EntityDefinition, FieldDefinition } from '../../../config/language/entity.ts'
import { isFileField, isImageName, readFileValue, uploadOf, writeFileValue } from '../../../config/language/file-value.ts'
import type { Finding } from '../../../config/language/refusal.ts'
import type { Text } from '../../../config/language/text.ts'
import type { Row } from '../data/store.ts'
import { failInput } from '../errors.ts'
import { surroundingsOf } from '../operations/surroundings.ts'
import { uploadFiles } from '../uploads/upload-files.ts'
import { problemOfFile } from '../uploads/upload-types.ts'
import type { CommandContext } from './context.ts'
import { noPicture } from './input.ts'
import type { FilteredRow } from './relation-filters.ts'

/**
 * Files that someone has entered, which must be finished uploads of their own and of the field's type; each is written with the name and the length
 * that the server knows. What stood there before stays, whoever uploaded it.
 */
export async function takeFiles<Placed extends FilteredRow>(context: CommandContext, rows: readonly Placed[]): Promise<readonly { readonly row: Placed; readonly finding: Finding }[]> {
  const found: { row: Placed; finding: Finding }[] = []
  for (const placed of rows) {
    for (const field of placed.entity.fields.filter(isFileField)) {
      const { row, before, entered, path } = placed
      const value = row[field.name]
      if (!entered?.has(field.name) || typeof value !== 'string' || value === before?.[field.name]) continue
      const taken = await takeFile(context, field, value)
      if ('problem' in taken) found.push({ row: placed, finding: wrong(path + field.name, taken.problem) })
      else row[field.name] = taken.value
    }
  }
  return found
}

async function takeFile({ payload, actor }: CommandContext, field: FieldDefinition, value: string): Promise<{ readonly value: string } | { readonly problem: Text }> {
  const { label } = field
  const upload = await uploadFiles(surroundingsOf(payload).dataDir).find(uploadOf(value) ?? '', actor.uploadsAs ?? actor.id)
  if (!upload) return { problem: { en: `${label.en}: there is no upload of yours with this id. Upload the file first; what no record takes goes after a ${actor.isAnyone ? 'day' : 'week'}.`, zh: `${label.zh}：没有您上传的此文件。请先上传，未使用的文件${actor.isAnyone ? '一天' : '一周'}后清除。` } }
  if (upload.received < upload.length) return { problem: { en: `${label.en}: the file is not uploaded completely. Go on with the upload first.`, zh: `${label.zh}：文件尚未上传完毕，请先完成上传。` } }
  if (upload.length === 0) return { problem: { en: `${label.en}: the file is empty. Choose another.`, zh: `${label.zh}：文件为空，请另选文件。` } }
  if (field.type === 'image' && !isImageName(upload.name)) return { problem: { en: `${label.en} must be ${noPicture.en}.`, zh: `${label.zh}必须是${noPicture.zh}。` } }
  const problem = await problemOfFile(upload)
  return problem ? { problem } : { value: writeFileValue({ name: upload.name, bytes: upload.length, id: upload.id }) }
}

/** Keeps what the rows name and did not name before. To be called before they are stored: a file is there before the row that names it. */
export async function keepFiles({ payload }: CommandContext, entity: EntityDefinition, rows: readonly { readonly row: Row; readonly before?: Row }[]): Promise<void> {
  for (const field of entity.fields.filter(isFileField)) {
    for (const { row, before } of rows) {
      const file = readFileValue(row[field.name])
      if (!file || row[field.name] === before?.[field.name]) continue
      if (!(await uploadFiles(surroundingsOf(payload).dataDir).keep(file.id))) failInput([wrong(field.name, { en: `${field.label.en}: the upload has expired. Upload the file again.`, zh: `${field.label.zh}：上传已过期，请重新上传。` })])
    }
  }
}

const wrong = (path: string, message: Text): Finding => ({ code: 'invalidFile', path, severity: 'error', message })
