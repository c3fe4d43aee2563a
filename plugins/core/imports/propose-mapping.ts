import type { ImportField } from './import-fields.ts'
import { synonyms, wordOf } from './synonyms.ts'

export type ColumnTarget = {
  readonly field: string
  /** Of a relation: the field of what it leads to that the column holds. */
  readonly by?: string
}
export type Proposal = ColumnTarget & { readonly confidence: number }

/**
 * The field that each header most likely means, each field once, the surest first; null where nothing fits. 1: the header is
 * the field's own name or label in a language; 0.8: a word that others use for it; 0.6: its label with something round it.
 */
export function proposeMapping(columns: readonly { readonly header: string; readonly samples: readonly string[] }[], fields: readonly ImportField[]): (Proposal | null)[] {
  const candidates = columns.flatMap(({ header, samples }, column) => fields.flatMap((field, order) => {
    // Another system's "ID" is not ours, whose ids look like ids.
    const match = field.path === 'id' && (samples.length === 0 || !samples.every((sample) => isUuid.test(sample))) ? undefined : matchOf(header, field)
    return match ? [{ column, order, ...match }] : []
  }))
  candidates.sort((a, b) => b.confidence - a.confidence || a.order - b.order || a.column - b.column)
  const proposals = columns.map((): Proposal | null => null)
  const used = new Set<string>()
  for (const { column, field, by, confidence } of candidates) {
    if (proposals[column] !== null || used.has(field)) continue
    proposals[column] = { field, confidence, ...(by === undefined ? {} : { by }) }
    used.add(field)
  }
  return proposals
}

const isUuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

function matchOf(header: string, field: ImportField): Proposal | undefined {
  const spoken = header.trim()
  const byPath = relationPath(spoken, field)
  if (byPath) return byPath
  const word = wordOf(withoutGroup(spoken, field))
  if (word === '') return undefined
  const found = (confidence: number, by?: string): Proposal => ({ field: field.path, confidence, ...(by === undefined ? usualKey(field) : { by }) })
  const names = [field.definition.name, field.label.en, field.label.zh].map(wordOf)
  if (names.includes(word)) return found(field.group === 'lines' && !hasGroup(spoken) ? 0.9 : 1)
  for (const key of field.relation?.keys ?? []) {
    const keyed = [[field.definition.name, key.field], [field.label.en, key.label.en], [field.label.zh, key.label.zh]].map(([a = '', b = '']) => wordOf(a + b))
    if (keyed.includes(word)) return found(0.95, key.field)
  }
  if (Object.hasOwn(synonyms, field.definition.name) && synonyms[field.definition.name]?.includes(word)) return found(field.group === 'lines' ? 0.75 : 0.8)
  // A label with a unit or a remark round it: "Unit price (EUR)", "数量(件)".
  const bare = wordOf(spoken.replace(/[（([【].*$/, ''))
  if (bare !== '' && bare !== word && names.includes(bare)) return found(0.7)
  return names.some((name) => name.length >= 4 && (word.startsWith(name) || word.endsWith(name))) ? found(0.6) : undefined
}

/** `customer.number`, `lines.part.partNumber` */
function relationPath(header: string, { path, relation }: ImportField): Proposal | undefined {
  const key = relation?.keys.find(({ field }) => header === `${path}.${field}`)
  return key && { field: path, by: key.field, confidence: 1 }
}

const usualKey = ({ relation }: ImportField): { by?: string } => (relation?.keys[0] ? { by: relation.keys[0].field } : {})

const hasGroup = (header: string): boolean => /^lines?[.\s_:]/i.test(header) || header.startsWith('明细')

const withoutGroup = (header: string, { group }: ImportField): string => (group === 'lines' ? header.replace(/^(?:lines?[.\s_:]+|明细行?[.\s_:：]*)/i, '') : header)
