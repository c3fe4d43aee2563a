import { createHash } from 'node:crypto'
import type { Payload } from 'payload'
import type { Actor } from '../access/actor.ts'
import { openStore } from '../data/open-store.ts'
import { surroundingsOf } from '../operations/surroundings.ts'
import { fieldsOfImport } from './check-mapping.ts'
import type { ImportField } from './import-fields.ts'
import { importFolder } from './import-files.ts'
import { importRecord, noCounts, type ImportColumn, type ImportRecord, type Mapping, type Matching, type WorkSignal } from './import-record.ts'
import { actorOfImport } from './import-rights.ts'
import { proposeMapping } from './propose-mapping.ts'
import { wordOf } from './synonyms.ts'
import { takeInCsv } from './take-in.ts'
import { takeInXlsx } from './take-in-xlsx.ts'

/** Reads the file, names its columns and proposes what each fills: what was chosen last for the same headers, else by their words. */
export async function readFileOfImport(payload: Payload, record: ImportRecord, { signal }: WorkSignal): Promise<void> {
  const actor = await actorOfImport(payload, record)
  const folder = importFolder(surroundingsOf(payload).dataDir, record.id)
  const fields = fieldsOfImport(payload, actor, record)
  const isName = (header: string) => (proposeMapping([{ header, samples: [] }], fields)[0]?.confidence ?? 0) >= 0.7
  const taken = await (record.format === 'xlsx' ? takeInXlsx : takeInCsv)({ folder, given: record.options, signal, isName })
  const proposals = proposeMapping(taken.columns, fields)
  const columns = taken.columns.map(({ header, samples, figures }, index): ImportColumn => {
    const proposal = proposals[index]
    return { index, header, samples, ...(figures && { figures }), proposed: proposal?.field ?? null, by: proposal?.by ?? null, confidence: proposal?.confidence ?? 0 }
  })
  const headersKey = keyOfHeaders(columns)
  const last = await lastMapping(payload, { actor, record, headersKey, fields, columns })
  const mapping = last?.mapping ?? Object.fromEntries(columns.map(({ index, proposed, by }) => [index, proposed === null ? null : { field: proposed, ...(by === null ? {} : { by }) }]))
  await openStore(payload).update('imports', record.id, {
    status: 'mapping', columns, options: taken.options, mapping, matching: last?.matching ?? usualMatching(fields, mapping),
    counts: { ...noCounts, rows: taken.rows }, headersKey, remembered: last !== undefined,
  }, { status: { equals: 'reading' } })
}

/** The same headers in whatever order; the two columns of a file of bad rows do not count. */
function keyOfHeaders(columns: readonly ImportColumn[]): string {
  const words = columns.map(({ header }) => wordOf(header)).filter((word) => word !== '' && !ofBadRows.has(word)).sort()
  return createHash('sha256').update(words.join('\n')).digest('hex').slice(0, 32)
}

const ofBadRows: ReadonlySet<string> = new Set(['row', 'problem', '行号', '问题'])

type Question = { readonly actor: Actor; readonly record: ImportRecord; readonly headersKey: string; readonly fields: readonly ImportField[]; readonly columns: readonly ImportColumn[] }

/** Imports whose mapping is proposed again. */
export const rememberedStatuses = ['checked', 'running', 'paused', 'done', 'undoing', 'undone']

/** What the person chose last for the same entity and headers, as far as it still fits. */
async function lastMapping(payload: Payload, { actor, record, headersKey, fields, columns }: Question): Promise<{ mapping: Mapping; matching: Matching } | undefined> {
  const [found] = await openStore(payload).find('imports', {
    where: { and: [
      { entity: { equals: record.entity } }, { headersKey: { equals: headersKey } }, { owner: { equals: actor.id } },
      { id: { not_equals: record.id } }, { status: { in: rememberedStatuses } },
    ] },
    sort: '-createdAt', limit: 1,
  })
  if (!found) return undefined
  const before = importRecord(found)
  const byWord = new Map(before.columns.map(({ header, index }) => [wordOf(header), before.mapping[index] ?? null]))
  const known = new Map(fields.map((field) => [field.path, field]))
  const mapping = Object.fromEntries(columns.map(({ index, header }) => {
    const target = byWord.get(wordOf(header)) ?? null
    const field = target && known.get(target.field)
    const fits = field && (target.by === undefined || field.relation?.keys.some(({ field: key }) => key === target.by))
    return [index, fits ? target : null]
  }))
  const mapped = new Set(Object.values(mapping).map((target) => target?.field))
  return { mapping, matching: before.matching.key === null || mapped.has(before.matching.key) ? before.matching : usualMatching(fields, mapping) }
}

/** By the first key that a column gives; one that is there already is told, not changed. */
function usualMatching(fields: readonly ImportField[], mapping: Mapping): Matching {
  const mapped = new Set(Object.values(mapping).map((target) => target?.field))
  const key = fields.find(({ path, isKey, definition }) => isKey && mapped.has(path) && (path === 'id' || definition.unique || path === 'number'))
  return { key: key?.path ?? null, existing: 'refuse' }
}
