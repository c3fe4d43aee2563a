import type { EntityDefinition, FieldDefinition } from '../../../config/language/entity.ts'
import type { Finding } from '../../../config/language/refusal.ts'
import { isSignature, readMark, readSignature, writeSignature } from '../../../config/language/signature.ts'
import type { Row } from '../data/store.ts'
import { changedFields } from './changed-fields.ts'
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
    row[field.name] = writeSignature({ signer: signerOf(actor), at: now, by: actor.id, mark: value })
    return []
  }))
}

/** People name themselves as they like: the address, which no other account has, stands behind. A name holds none that could be taken for it. */
const signerOf = ({ name, email }: CommandContext['actor']): string => (email === undefined || name === email ? name : `${name.replaceAll('@', ' ').slice(0, longestName)} (${email})`)
const longestName = 120

/** A document as it is about to be stored. */
export type StoredChange = { readonly document: Row; readonly previous: Row; readonly linesDiffer?: () => boolean }

/** Signatures that stay while something else of the record changes say so from now on. `linesDiffer`: in what people enter there; asked only where something is signed. */
export function markChanged(context: Pick<CommandContext, 'platform' | 'now'>, entity: EntityDefinition, { document, previous, linesDiffer }: StoredChange): void {
  const stay = entity.fields.filter(isSignature).flatMap(({ name }) => {
    const signature = document[name] === previous[name] ? readSignature(document[name]) : undefined
    return signature && signature.changedAt === undefined ? [{ name, signature }] : []
  })
  if (stay.length === 0 || !(changedFields(context, entity, document, previous).length > 0 || linesDiffer?.())) return
  for (const { name, signature } of stay) document[name] = writeSignature({ ...signature, changedAt: context.now })
}

const copied = ({ name, label }: FieldDefinition, path: string): Finding => ({
  code: 'signatureCopied', path: path + name, severity: 'error',
  message: { en: `${label.en} is not copied from elsewhere: draw it or type the name.`, zh: `${label.zh}不能从别处复制，请重新手写或输入姓名。` },
})
