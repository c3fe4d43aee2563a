import type { EntityDefinition } from '../../../config/language/entity.ts'
import type { Where } from 'payload'
import { followChange } from '../approvals/follow-state.ts'
import type { Row } from '../data/store.ts'
import { fail, failRefused, RetryCommand } from '../errors.ts'
import type { Draft } from '../platform/plugin.ts'
import { pinnedState, stateOf } from '../workflow/pinned.ts'
import { prepareDraft, requireComplete } from './complete.ts'
import { linesDiffer } from './changed-fields.ts'
import type { CommandContext } from './context.ts'
import { enteredNames, exponentFor, newLine } from './create.ts'
import { keepFiles } from './file-values.ts'
import { appendEvent, appendHistory, differences } from './record.ts'
import { markChanged, type StoredChange } from './signatures.ts'

export type DocumentChange = {
  /** Stored values of the fields to change. */
  readonly values?: Readonly<Record<string, unknown>>
  /** All lines as they shall be; a line with a known `id` is kept and changed, one that is missing is removed. */
  readonly lines?: readonly Readonly<Record<string, unknown>>[]
  readonly expectedVersion?: number
  readonly reason?: string
  /** Someone has entered it: the rules of the form may refuse it. */
  readonly isEntered?: boolean
}

/** Changes fields and lines of a document that may be edited in its present state. */
export async function editDocument(context: CommandContext, slug: string, id: string, change: DocumentChange): Promise<void> {
  await storeEdit(context, slug, { ...(await draftEdit(context, slug, id, change)), ...(change.reason === undefined ? {} : { reason: change.reason }) })
}

/** A change that may be stored, with what stood before. */
export type EditDraft = Required<Omit<Draft, 'entered'>> & { readonly reason?: string }

/** Fills in, computes and checks the change; nothing is stored. */
export async function draftEdit(context: CommandContext, slug: string, id: string, change: DocumentChange): Promise<EditDraft> {
  const entity = context.entity(slug)
  const previous = (await context.store.require(slug, id)) as Row
  requireVersion(entity, previous, change.expectedVersion)
  await requireEditable(context, entity, previous)

  const lineEntity = entity.lines && context.entity(entity.lines.entity)
  const previousLines = lineEntity ? await linesOf(context, entity, id) : []
  const exponent = await exponentFor(context, entity)
  const known = new Map(previousLines.map((line) => [line.id, line]))
  const lines = change.lines
    ? change.lines.map((line, index) => {
        const old = typeof line.id === 'string' ? known.get(line.id) : undefined
        return old ? { ...old, ...line, id: old.id, position: index + 1 } : newLine({ entity, lineEntity, line, parent: id, position: index + 1, exponent })
      })
    : previousLines.map((line) => ({ ...line }))
  // Lines that nobody has touched are asked all the same: their rules may name what was changed of the document.
  const entered = change.isEntered ? enteredNames(change.values ?? {}, change.lines ?? lines.map(() => ({}))) : undefined
  const draft = { document: { ...previous, ...change.values }, lines, previous, previousLines, ...(entered && { entered }) }
  await prepareDraft(context, entity, draft)
  await requireComplete(context, entity, draft)
  return draft
}

/** Stores what `draftEdit` found sound: what differs, history and event. */
export async function storeEdit(context: CommandContext, slug: string, { reason, ...draft }: EditDraft): Promise<Row> {
  const { previous, previousLines } = draft
  const entity = context.entity(slug)
  const lineEntity = entity.lines && context.entity(entity.lines.entity)
  const document: Row = { ...draft.document, version: Number(previous.version) + 1 }
  await keepFiles(context, entity, [{ row: document, before: previous }])
  const ofLines = lineDifferences(previousLines, draft.lines)
  await storeDocument(context, slug, { document, previous, linesDiffer: () => lineEntity !== undefined && linesDiffer(context, lineEntity, draft.lines, previousLines) })
  if (lineEntity) await storeLines(context, lineEntity, draft.lines, previousLines)
  await context.platform.behaviours.get(slug)?.stored?.(context, { ...draft, document })
  await appendHistory(context, {
    entity: slug, document, action: 'edit',
    changes: { ...differences(previous, document), ...ofLines },
    ...(stateOf(document) === undefined ? {} : { stateBefore: stateOf(document), stateAfter: stateOf(document) }),
    ...(reason === undefined ? {} : { reason }),
  })
  await appendEvent(context, { type: `${slug}.edited`, entity: slug, document, data: {} })
  await followChange(context, entity, { document, isEntered: true })
  return document
}

/** Writes what differs, only over the version that was read. Signatures that stay say from now on that something else was changed. */
export async function storeDocument(context: CommandContext, entity: string, change: StoredChange): Promise<void> {
  const { document, previous } = change
  markChanged(context, context.entity(entity), change)
  const changes = Object.fromEntries(
    Object.entries(document).filter(([key, value]) => key !== 'id' && JSON.stringify(value) !== JSON.stringify(previous[key])),
  )
  const where: Where = { version: { equals: previous.version } }
  if (!(await context.store.update(entity, document.id, changes, where))) throw new RetryCommand('The document was changed meanwhile.')
}

export function requireVersion(entity: EntityDefinition, document: Row, expected: number | undefined): void {
  if (expected === undefined || expected === document.version) return
  fail('versionConflict', { entity: entity.label, current: Number(document.version), expected })
}

/** The lines of a document, in their order. */
export async function linesOf(context: Pick<CommandContext, 'store'>, entity: EntityDefinition, id: string): Promise<Row[]> {
  if (!entity.lines) return []
  return (await context.store.find(entity.lines.entity, { where: { [entity.lines.parentField]: { equals: id } }, sort: 'position' })) as Row[]
}

/** Refuses what is past the state in which it may be edited, by the definition that the document runs under. */
export async function requireEditable(context: CommandContext, entity: EntityDefinition, document: Row): Promise<void> {
  const found = await pinnedState(context.platform, context.store, entity.slug, document)
  if (found?.editable ?? (entity.workflow === undefined || stateOf(document) === undefined)) return
  const state = stateOf(document) ?? ''
  const label = found?.label ?? { en: state, zh: state }
  failRefused([{
    code: 'notEditable',
    message: {
      en: `${entity.label.en} ${String(document.number ?? '')} is ${label.en.toLowerCase()} and cannot be edited any more. Use one of the events it offers.`,
      zh: `${entity.label.zh}${String(document.number ?? '')}处于“${label.zh}”状态，不能直接编辑，请使用当前可用的操作。`,
    },
  }])
}

async function storeLines(context: CommandContext, entity: EntityDefinition, lines: readonly Row[], previous: readonly Row[]): Promise<void> {
  const old = new Map(previous.map((line) => [line.id, line]))
  const kept = new Set(lines.map(({ id }) => id))
  const removed = previous.filter(({ id }) => !kept.has(id)).map(({ id }) => id)
  if (removed.length > 0) await context.store.remove(entity.slug, { id: { in: removed } })
  for (const line of lines) {
    const before = old.get(line.id)
    if (!before) continue
    const changes = Object.fromEntries(Object.entries(line).filter(([key, value]) => key !== 'id' && value !== before[key]))
    if (Object.keys(changes).length > 0) await context.store.update(entity.slug, line.id, changes)
  }
  await context.store.insertMany(entity.slug, lines.filter(({ id }) => !old.has(id)))
}

function lineDifferences(before: readonly Row[], after: readonly Row[]): Record<string, readonly [unknown, unknown]> {
  const old = new Map(before.map((line) => [line.id, line]))
  const result: Record<string, readonly [unknown, unknown]> = {}
  for (const line of after) {
    const previous = old.get(line.id)
    const label = `lines.${String(line.position)}`
    if (!previous) result[label] = [null, line]
    else for (const [field, change] of Object.entries(differences(previous, line))) result[`${label}.${field}`] = change
    old.delete(line.id)
  }
  for (const line of old.values()) result[`lines.${String(line.position)} (removed)`] = [line, null]
  return result
}
