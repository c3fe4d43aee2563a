import type { EntityDefinition } from '../../../config/language/entity.ts'
import type { Finding } from '../../../config/language/refusal.ts'
import { hiddenFields } from '../access/can.ts'
import type { Row } from '../data/store.ts'
import { allFields } from '../entities/system-fields.ts'
import { failInput } from '../errors.ts'
import type { CommandContext } from './context.ts'

type Values = Readonly<Record<string, unknown>>
export type Written = { readonly values: Values; readonly lines?: readonly Values[] }

/**
 * What a person writes into a document: no field it may not read, and no id of something else. A new document's id is free and was never used,
 * a line's is free or one of this document's; otherwise one could write over what belongs to another.
 * `id`: the document that is edited; absent for a new one.
 */
export async function requireOwnValues(context: CommandContext, entity: EntityDefinition, { id, written }: { id?: string; written: Written }): Promise<void> {
  const { values, lines = [] } = written
  const findings = [
    ...hiddenWritten(context, entity, { values, path: '' }),
    ...(entity.lines ? lines.flatMap((line, index) => hiddenWritten(context, context.entity(entity.lines?.entity ?? ''), { values: line, path: `lines.${index}.` })) : []),
    ...(id === undefined && typeof values.id === 'string' ? await unfitId(context, entity, values.id) : []),
    ...lines.flatMap((line, index) => idFindings(line.id, `lines.${index}.id`)),
    ...(await foreignLines(context, entity, { ...(id === undefined ? {} : { id }), lines })),
  ]
  if (findings.length > 0) failInput(findings)
}

/** An id that people bring stands in addresses and file names. Empty is fine: one is made. */
export function idFindings(id: unknown, path = 'id'): Finding[] {
  if (id === undefined || id === null) return []
  if (typeof id === 'string' && addressWords.has(id.toLowerCase())) return [addressWord(path, id)]
  if (typeof id === 'string' && isId(id)) return []
  return [{
    code: 'invalid', path, severity: 'error',
    message: {
      en: 'An id has up to 64 letters, digits, "-" and "_" and begins with a letter or digit. Leave it out, and one is made.',
      zh: 'id 最多 64 个字符，只能包含字母、数字、“-”和“_”，且以字母或数字开头。也可省略，由系统生成。',
    },
  }]
}

/** The form of every id, of those that are made and those that people bring. */
export const isId = (text: string): boolean => /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(text)

/** What stands in the place of an id in addresses: a document of that name could not be read. */
const addressWords: ReadonlySet<string> = new Set(['access', 'count', 'create', 'distinct', 'export', 'import', 'init', 'me', 'operations', 'versions'])

const addressWord = (path: string, id: string): Finding => ({
  code: 'invalid', path, severity: 'error',
  message: { en: `"${id}" means something else in addresses and cannot be an id. Leave it out, and one is made.`, zh: `“${id}”在网址中另有含义，不能用作 id。可省略，由系统生成。` },
})

/** A new document's id is well-formed, and neither in use nor that of a discarded one, whose history it would continue. */
async function unfitId({ store }: CommandContext, { slug }: EntityDefinition, id: string): Promise<Finding[]> {
  const malformed = idFindings(id)
  if (malformed.length > 0) return malformed
  const isUsed = (await store.get(slug, id)) ?? (await store.findOne('history', { and: [{ documentId: { equals: id } }, { entity: { equals: slug } }] }))
  return isUsed ? [taken('id', id)] : []
}

function hiddenWritten({ actor }: CommandContext, entity: EntityDefinition, { values, path }: { values: Values; path: string }): Finding[] {
  const hidden = hiddenFields(actor, entity)
  return allFields(entity).filter(({ name }) => hidden.has(name) && values[name] !== undefined).map(({ name, label }) => ({
    code: 'hidden', path: path + name, severity: 'error',
    message: { en: `Your roles do not let you see "${label.en}", so you cannot enter it. Leave it out.`, zh: `您的角色无权查看“${label.zh}”，不能录入，请删去此项。` },
  }))
}

async function foreignLines({ store }: CommandContext, { lines: definition }: EntityDefinition, { id, lines }: { id?: string; lines: readonly Values[] }): Promise<Finding[]> {
  const ids = lines.map((line) => (typeof line.id === 'string' ? line.id : null))
  if (!definition || ids.every((lineId) => lineId === null)) return []
  const found = await store.byIds(definition.entity, ids)
  return ids.flatMap((lineId, index) => {
    if (lineId === null) return []
    const line = found.get(lineId) as Row | undefined
    const isForeign = line !== undefined && line[definition.parentField] !== id
    return isForeign || ids.indexOf(lineId) < index ? [taken(`lines.${index}.id`, lineId)] : []
  })
}

const taken = (path: string, id: string): Finding => ({
  code: 'idTaken', path, severity: 'error',
  message: { en: `The id "${id}" is already used. Leave it out, and a new one is made.`, zh: `id“${id}”已被使用。请省略 id，由系统生成。` },
})
