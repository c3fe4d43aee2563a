import type { EntityDefinition, FieldDefinition } from '../../../config/language/entity.ts'
import { isSectionText } from '../../../config/language/fields.ts'
import type { Finding } from '../../../config/language/refusal.ts'
import { isSignature, readMark, readSignature, writeSignature } from '../../../config/language/signature.ts'
import type { Row } from '../data/store.ts'
import type { CommandContext } from './context.ts'
import type { FilteredRow } from './relation-filters.ts'

/**
 * Marks that someone has entered become signatures: who and when is written here, not by the sender. A signature that stands
 * there already stays; one of elsewhere is refused, since whoever signs does so anew.
 */
export function takeSignatures<Placed extends FilteredRow>({ actor, now }: Pick<CommandContext, 'actor' | 'now'>, rows: readonly Placed[]): readonly { readonly row: Placed; readonly finding: Finding }[] {
  return rows.flatMap((placed) => placed.entity.fields.filter(isSignature).flatMap((field) => {
    const { row, before, entered, path } = placed
    const value = row[field.name]
    if (!entered?.has(field.name) || typeof value !== 'string' || value === before?.[field.name]) return []
    if (!readMark(value)) return [{ row: placed, finding: copied(field, path) }]
    row[field.name] = writeSignature({ signer: actor.name, at: now, by: actor.id, mark: value })
    return []
  }))
}

/** Signatures that stay while something else of the record changes say so from now on. `linesDiffer`: of the document. */
export function markChanged(entity: EntityDefinition, { document, previous, now, linesDiffer = false }: { readonly document: Row; readonly previous: Row; readonly now: string; readonly linesDiffer?: boolean }): void {
  const stay = entity.fields.filter(isSignature).flatMap(({ name }) => {
    const signature = document[name] === previous[name] ? readSignature(document[name]) : undefined
    return signature && signature.changedAt === undefined ? [{ name, signature }] : []
  })
  if (stay.length === 0 || !(linesDiffer || entity.fields.some((field) => isSigned(field) && !isSame(document[field.name], previous[field.name])))) return
  for (const { name, signature } of stay) document[name] = writeSignature({ ...signature, changedAt: now })
}

/** What people enter is what they sign; figures that the platform keeps go on changing. */
const isSigned = (field: FieldDefinition): boolean => !field.readOnly && !field.hidden && !isSignature(field) && !isSectionText(field)
const isSame = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

const copied = ({ name, label }: FieldDefinition, path: string): Finding => ({
  code: 'signatureCopied', path: path + name, severity: 'error',
  message: { en: `${label.en} is not copied from elsewhere: draw it or type the name.`, zh: `${label.zh}不能从别处复制，请重新手写或输入姓名。` },
})
