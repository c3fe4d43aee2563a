import type { Payload } from 'payload'
import type { EntityDefinition, FieldDefinition } from '../../../config/language/entity.ts'
import type { Text } from '../../../config/language/text.ts'
import { can } from '../access/can.ts'
import type { CommandContext } from '../commands/context.ts'
import { discardDocuments, requireDiscardable } from '../commands/discard.ts'
import { requireEditable } from '../commands/edit.ts'
import { openRehearsal } from '../commands/rehearse.ts'
import { transact } from '../commands/transact.ts'
import { openStore } from '../data/open-store.ts'
import type { Row, Store } from '../data/store.ts'
import { ProblemError } from '../errors.ts'
import { titleOf } from '../entities/title.ts'
import { nudgeRunner } from '../events/nudge.ts'
import { surroundingsOf } from '../operations/surroundings.ts'
import { inPages } from '../verify/pages.ts'
import { importFolder, openLines } from './import-files.ts'
import type { ImportProblem, ImportRecord, ImportStatus, WorkSignal } from './import-record.ts'
import { actorOfImport } from './import-rights.ts'
import { restoreDocument, type Before } from './restore-document.ts'
import { setBack } from './set-back.ts'

/** `before`: what an update found; none where it found all as the file says. */
type MadeRow = { readonly id: string; readonly row: number; readonly documentId: string; readonly action: 'created' | 'updated'; readonly version: number; readonly before?: unknown }

const documentsPerPage = 500

/**
 * Takes back all that an import has made and changed, in one transaction: everything or nothing. It is refused, with a report
 * of which documents and why, where one was changed since, has gone on in its life, or is referred to by something else.
 */
export async function undoRows(payload: Payload, record: ImportRecord, { signal, from = 'done' }: WorkSignal): Promise<void> {
  const actor = await actorOfImport(payload, record)
  const file = await openLines(importFolder(surroundingsOf(payload).dataDir, record.id).problems('undo'))
  let found = 0
  try {
    // First without a transaction: what stands against it is told in full, and nobody waits meanwhile.
    const context = openRehearsal(payload, actor)
    for await (const page of inPages(made(context.store, record), documentsPerPage)) {
      signal.throwIfAborted()
      for (const problem of await obstacles(context, record, page)) {
        file.write(problem)
        found++
      }
      await file.flush()
    }
  } finally {
    await file.close()
  }
  if (found > 0) return ended(payload, record, { before: from, error: refused(found) })
  const undone = await transact(payload, { actor }, async (context) => {
    await context.shutOutReferences()
    for await (const page of inPages(made(context.store, record), documentsPerPage)) {
      if ((await obstacles(context, record, page)).length > 0) throw new Obstructed('Someone was faster.')
      await takeBack(context, record, page)
    }
    return context.store.update('imports', record.id, { status: 'undone', endedAt: context.now, error: null }, { status: { equals: 'undoing' } })
  }).catch((error: unknown) => {
    if (error instanceof Obstructed) return undefined
    if (error instanceof ProblemError && error.problem.status < 500) return error
    throw error
  })
  if (undone instanceof ProblemError) return ended(payload, record, { before: from, error: undone.problem.message })
  if (undone === undefined) return undoRows(payload, record, { signal, from })
  nudgeRunner(payload)
}

class Obstructed extends Error {}

async function* made(store: Store, { id }: ImportRecord): AsyncGenerator<MadeRow> {
  for await (const row of store.stream('import-rows', { import: { equals: id } })) if (row.action === 'created' || row.before) yield row
}

async function ended(payload: Payload, { id }: ImportRecord, { before, error }: { readonly before: ImportStatus; readonly error: Text }): Promise<void> {
  await openStore(payload).update('imports', id, { status: before, error: { ...error } }, { status: { equals: 'undoing' } })
}

/** What stands against taking these documents back, one finding a document and reason. */
async function obstacles(context: CommandContext, record: ImportRecord, page: readonly MadeRow[]): Promise<ImportProblem[]> {
  const entity = context.entity(record.entity)
  const documents = await context.store.byIds<string>(entity.slug, page.map(({ documentId }) => documentId))
  const problems: ImportProblem[] = []
  const tell = (row: MadeRow, message: Text) => {
    const document = documents.get(row.documentId) as Row | undefined
    problems.push({ row: row.row, column: null, header: '', value: document ? titleOf(entity, document, 'en') : row.documentId, severity: 'error', message })
  }
  const isLater = ({ documentId, version }: MadeRow) => documents.has(documentId) && Number((documents.get(documentId) as Row).version) !== version
  const back = await setBack(context.store, entity.slug, { left: page.filter(isLater), documents: documents as unknown as ReadonlyMap<string, Row> })
  const present: MadeRow[] = []
  for (const row of page) {
    const document = documents.get(row.documentId) as Row | undefined
    if (!document) {
      // What someone has discarded since need not be taken back.
      if (row.action === 'updated') tell(row, goneSince)
      continue
    }
    if (isLater(row) && !back.has(row.documentId)) tell(row, changedSince)
    else await tellWhetherOpen(context, { entity, document, row, tell })
    present.push(row)
  }
  const created = present.filter(({ action }) => action === 'created')
  for (const { id, entity: other, field, count } of await usesOfMany(context, { record, entity, ids: created.map(({ documentId }) => documentId) })) {
    const row = created.find(({ documentId }) => documentId === id)
    if (row) tell(row, usedBy({ other, field, count }))
  }
  return problems
}

type Asked = { readonly entity: EntityDefinition; readonly document: Row; readonly row: MadeRow; readonly tell: (row: MadeRow, message: Text) => void }

/** A person who undoes it must be allowed to, and the document must still be open. */
async function tellWhetherOpen(context: CommandContext, { entity, document, row, tell }: Asked): Promise<void> {
  const { allowed, own } = can(context.actor, row.action === 'created' ? 'import' : 'edit', entity)
  if (!allowed || (own && document.owner !== context.actor.id && row.action === 'updated')) return tell(row, notYours)
  try {
    if (row.action === 'created') await requireDiscardable(context, entity, document)
    else await requireEditable(context, entity, document)
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    tell(row, error.problem.message)
  }
}

type Uses = { readonly id: string; readonly entity: EntityDefinition; readonly field: FieldDefinition; readonly count: number }

/** What refers to the documents, apart from each other and their own lines: one query a relation field and page. */
async function usesOfMany({ store, platform }: CommandContext, { record, entity, ids }: { readonly record: ImportRecord; readonly entity: EntityDefinition; readonly ids: readonly string[] }): Promise<Uses[]> {
  if (ids.length === 0) return []
  const uses: Uses[] = []
  for (const other of platform.entities.values()) {
    for (const field of other.fields) {
      if (field.type !== 'relation' || field.to !== entity.slug) continue
      if (other.kind === 'line' && other.parent?.entity === entity.slug && other.parent.field === field.name) continue
      const rows = (await store.find<string>(other.slug, { where: { [field.name]: { in: [...ids] } } })) as Row[]
      const foreign = other.slug === entity.slug ? await notMadeHere(store, record, rows) : rows
      const counted = new Map<string, number>()
      for (const row of foreign) for (const id of [row[field.name]].flat()) if (typeof id === 'string' && ids.includes(id)) counted.set(id, (counted.get(id) ?? 0) + 1)
      for (const [id, count] of counted) uses.push({ id, entity: other, field, count })
    }
  }
  return uses
}

/** Documents of the same import go with it. */
async function notMadeHere(store: Store, record: ImportRecord, rows: readonly Row[]): Promise<Row[]> {
  const own = new Set<string>()
  for (let from = 0; from < rows.length; from += documentsPerPage) {
    const slice = rows.slice(from, from + documentsPerPage)
    for (const { documentId } of await store.find('import-rows', { where: { and: [{ import: { equals: record.id } }, { action: { equals: 'created' } }, { documentId: { in: slice.map(({ id }) => id) } }] } })) own.add(documentId)
  }
  return rows.filter(({ id }) => !own.has(id))
}

async function takeBack(context: CommandContext, record: ImportRecord, page: readonly MadeRow[]): Promise<void> {
  const reason = `${record.number} ⟲ ${record.fileName}`
  for (const row of page) if (row.action === 'updated') await restoreDocument(context, record.entity, { id: row.documentId, before: row.before as Before, reason })
  const created = page.filter(({ action }) => action === 'created').map(({ documentId }) => documentId)
  const there = await context.store.byIds<string>(record.entity, created)
  await discardDocuments(context, record.entity, [...there.values()] as unknown as Row[], reason)
}

const refused = (count: number): Text => ({
  en: `It cannot be undone: ${count} of its documents were changed since or are used elsewhere. The list says which and why; nothing was taken back.`,
  zh: `无法撤销：其中 ${count} 处单据已被更改或被引用。清单列出了具体单据和原因；未撤销任何内容。`,
})
const changedSince: Text = { en: 'It was changed since it was imported.', zh: '导入后已被更改。' }
const goneSince: Text = { en: 'It was discarded since the import changed it, so what it was before cannot be brought back.', zh: '导入更改后已被删除，无法恢复原值。' }
const notYours: Text = { en: 'Your roles do not let you change it. Ask the owner.', zh: '您的角色无权更改此记录，请联系负责人。' }
const usedBy = ({ other, field, count }: { readonly other: EntityDefinition; readonly field: FieldDefinition; readonly count: number }): Text => ({
  en: `It is used by ${count} ${(count === 1 ? other.label : other.labels).en.toLowerCase()} (${field.label.en}).`, zh: `已被 ${count} 条${other.labels.zh}引用（${field.label.zh}）。`,
})
