import type { Payload, PayloadRequest } from 'payload'
import type { EntityDefinition, FieldDefinition } from '../../../config/language/entity.ts'
import type { Text } from '../../../config/language/text.ts'
import { can, hiddenFields } from '../access/can.ts'
import { actorOfRequest } from '../access/collection-hooks.ts'
import type { CommandContext } from '../commands/context.ts'
import { exponentFor } from '../commands/create.ts'
import { linesOf } from '../commands/edit.ts'
import { inTurn } from '../commands/in-turn.ts'
import { perform, type Command } from '../commands/run-command.ts'
import { transact } from '../commands/transact.ts'
import type { Row } from '../data/store.ts'
import { formatDecimal } from '../engine/decimal.ts'
import { speakRow } from '../entities/speak.ts'
import { fail } from '../errors.ts'
import type { ConsequenceFigure } from '../platform/plugin.ts'
import { pinnedWorkflow, stateOf } from '../workflow/pinned.ts'
import { describedLines } from './described-lines.ts'
import { loadTitles, referencesOf, titleOf, type Reader, type Titles } from './titles.ts'

/** A field that would change, in spoken values (decimals as texts, references as ids with their titles beside). */
export type FieldChange = { readonly field: FieldDefinition; readonly before: unknown; readonly after: unknown }
export type LineChange = {
  readonly id: string
  readonly position: number
  readonly title: string
  readonly kind: 'added' | 'changed' | 'removed'
  readonly fields: readonly FieldChange[]
}
/** Money as a decimal text, texts in both languages; null where there is nothing. */
export type FigureChange = { readonly name: string; readonly label: Text } & (
  | { readonly kind: 'money'; readonly before: string | null; readonly after: string | null }
  | { readonly kind: 'text'; readonly before: Text | null; readonly after: Text | null })
export type EventPreview = {
  readonly state: { readonly before: Text; readonly after: Text } | null
  readonly fields: readonly FieldChange[]
  readonly lines: readonly LineChange[]
  /** What it does beyond the document: credit, deposits, drafts that no longer fit … Also those that stay as they are. */
  readonly figures: readonly FigureChange[]
  /** What to mind afterwards. */
  readonly warnings: readonly Text[]
  /** Other documents that the step would make or move. */
  readonly documents: readonly { readonly entity: string; readonly label: Text; readonly title: string; readonly kind: 'created' | 'changed' }[]
  readonly titles: Titles
}

type SendCommand = Command & { readonly action: 'send' }

/**
 * What an event would do, without doing it: the command runs as it would, in a transaction that is taken back, and what
 * stood before is compared with what stands then. It is refused like the event itself. A reason that is still missing is
 * no obstacle. What other documents do about it later, by domain events, is not part of it.
 * @throws ProblemError as the event would
 */
export async function previewEvent(req: PayloadRequest, command: SendCommand): Promise<EventPreview> {
  return rehearseEvent(req.payload, { actor: await actorOfRequest(req), language: req.i18n.language === 'zh' ? 'zh' : 'en' }, command)
}

/** The same for who is not behind a request. */
export async function rehearseEvent(payload: Payload, { actor, language }: Pick<Reader, 'actor' | 'language'>, command: SendCommand): Promise<EventPreview> {
  try {
    await inTurn(`${command.entity}:${command.id}`, () => transact(payload, { actor }, async (context) => {
      throw new TakenBack(await rehearse({ context, command, reader: { platform: context.platform, store: context.store, actor, language } }))
    }))
  } catch (error) {
    if (error instanceof TakenBack) return error.preview
    throw error
  }
  throw new Error('A dry run has to be taken back.')
}

/** Ends the transaction of a dry run; carries what was seen in it. */
class TakenBack extends Error {
  override readonly name = 'TakenBack'
  readonly preview: EventPreview
  constructor(preview: EventPreview) {
    super('The dry run is taken back.')
    this.preview = preview
  }
}

type Rehearsal = { readonly context: CommandContext; readonly command: SendCommand; readonly reader: Reader }

async function rehearse({ context, command, reader }: Rehearsal): Promise<EventPreview> {
  const entity = context.entity(command.entity)
  const exponent = await exponentFor(context, entity)
  const before = await standing({ context, entity, command })
  await perform(context, { ...command, reason: command.reason?.trim() ? command.reason : 'Preview' })
  const after = await standing({ context, entity, command })
  if (!before.document || !after.document) fail('notFound', { entity: entity.label, id: command.id })

  const lineEntity = entity.lines && context.entity(entity.lines.entity)
  const fields = changesOf(reader, entity, { before: before.document, after: after.document, exponent })
  const describe = async (rows: readonly Row[]) => (lineEntity ? describedLines(reader, lineEntity, rows) : [])
  const lines = lineEntity ? lineChanges(reader, lineEntity, { before: await describe(before.lines), after: await describe(after.lines), exponent }) : []
  const references = referencesOf([...entity.fields, ...(lineEntity?.fields ?? [])].filter(({ type }) => type === 'relation'), [
    ...[...fields, ...lines.flatMap((line) => line.fields)].flatMap(({ field, before: old, after: now }) => [{ [field.name]: old }, { [field.name]: now }]),
  ])
  return {
    state: await stateChange(context, entity, { before: before.document, after: after.document }),
    fields, lines,
    figures: after.measured.figures.map((figure) => figureChange(figure, { before: before.measured.figures, exponent })),
    warnings: after.measured.warnings,
    documents: await othersOf({ context, reader, document: command.id, known: before.events }),
    titles: await loadTitles(reader, references),
  }
}

/** Everything that is compared, as it stands now in the transaction. */
async function standing({ context, entity, command }: Pick<Rehearsal, 'context' | 'command'> & { readonly entity: EntityDefinition }) {
  const document = (await context.store.get(entity.slug, command.id)) as Row | undefined
  const found = context.platform.consequences.find((one) => one.entity === entity.slug && one.event === command.event)
  const visible = document && can(context.actor, 'read', entity).allowed
  return {
    document,
    lines: document ? (await linesOf(context, entity, command.id)).map((line) => ({ ...line })) : [],
    measured: (visible && (await found?.measure(context, command.id))) || { figures: [], warnings: [] },
    events: new Set((await context.store.find('events', { where: { at: { equals: context.now } } })).map(({ id }) => id)),
  }
}

type Comparison = { readonly before: Row | undefined; readonly after: Row | undefined; readonly exponent: number }

/** The visible fields that differ; what programs need and nobody reads (JSON, ratios) is left out. */
function changesOf({ actor }: Reader, entity: EntityDefinition, { before, after, exponent }: Comparison): FieldChange[] {
  const hidden = hiddenFields(actor, entity)
  const [old, now] = [before, after].map((row): Readonly<Record<string, unknown>> => (row ? speakRow(entity, row, exponent) : {}))
  return entity.fields
    .filter((field) => field.type !== 'json' && !field.hidden && !field.advanced && !hidden.has(field.name) && field.name !== entity.parent?.field)
    .map((field) => ({ field, before: old?.[field.name] ?? null, after: now?.[field.name] ?? null }))
    .filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after))
}

function lineChanges(reader: Reader, entity: EntityDefinition, { before, after, exponent }: { readonly before: readonly Row[]; readonly after: readonly Row[]; readonly exponent: number }): LineChange[] {
  const old = new Map(before.map((line) => [line.id, line]))
  const kept = new Set(after.map(({ id }) => id))
  const rows = [...after.map((line) => ({ line, before: old.get(line.id), after: line })), ...before.filter(({ id }) => !kept.has(id)).map((line) => ({ line, before: line, after: undefined }))]
  return rows.map(({ line, ...pair }): LineChange => ({
    id: line.id, position: Number(line.position), title: String(line.description ?? ''),
    kind: !pair.before ? 'added' : pair.after ? 'changed' : 'removed',
    fields: changesOf(reader, entity, { ...pair, exponent }),
  })).filter(({ fields }) => fields.length > 0)
}

async function stateChange(context: CommandContext, entity: EntityDefinition, { before, after }: { readonly before: Row; readonly after: Row }): Promise<EventPreview['state']> {
  const [old, now] = [stateOf(before), stateOf(after)]
  if (old === now || old === undefined || now === undefined) return null
  const states = (await pinnedWorkflow(context.platform, context.store, entity.slug, after))?.definition.states
  const label = (state: string): Text => states?.[state.split('.')[0] ?? state]?.label ?? { en: state, zh: state }
  return { before: label(old), after: label(now) }
}

function figureChange(figure: ConsequenceFigure, { before, exponent }: { readonly before: readonly ConsequenceFigure[]; readonly exponent: number }): FigureChange {
  const old = before.find(({ name }) => name === figure.name)
  const { name, label } = figure
  if (figure.kind === 'text') return { name, label, kind: 'text', before: old?.kind === 'text' ? old.value : null, after: figure.value }
  const say = (value: number | null) => (value === null ? null : formatDecimal(value, exponent, { minDigits: exponent }))
  return { name, label, kind: 'money', before: old?.kind === 'money' ? say(old.value) : null, after: say(figure.value) }
}

/** Documents that left an event in the dry run, of those the actor may read. */
async function othersOf({ context, reader, document, known }: {
  readonly context: CommandContext
  readonly reader: Reader
  readonly document: string
  readonly known: ReadonlySet<string>
}): Promise<EventPreview['documents']> {
  const events = (await context.store.find('events', { where: { at: { equals: context.now } }, sort: 'id' })).filter((event) => !known.has(event.id) && event.documentId !== document)
  const created = new Set(events.filter(({ type, entity }) => type === `${entity}.created`).map(({ documentId }) => documentId))
  const touched = [...new Map(events.map(({ entity, documentId }) => [documentId, entity]))]
  return (await Promise.all(touched.map(async ([id, slug]) => {
    const definition = context.platform.entities.get(slug)
    const row = definition?.kind === 'document' ? ((await context.store.get<string>(slug, id)) as Row | undefined) : undefined
    if (!definition || !row || !can(context.actor, 'read', definition).allowed) return []
    return [{ entity: slug, label: definition.label, title: created.has(id) ? '' : titleOf(reader, slug, row).title, kind: created.has(id) ? 'created' as const : 'changed' as const }]
  }))).flat()
}
