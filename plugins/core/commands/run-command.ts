import type { Payload } from 'payload'
import { hashOf } from '../../../workflows/engine/canonical.ts'
import type { EntityDefinition } from '../../../config/language/entity.ts'
import type { Text } from '../../../config/language/text.ts'
import type { Actor } from '../access/actor.ts'
import { forgetRoles } from '../access/actor.ts'
import { hiddenFields, requireRight } from '../access/can.ts'
import { mayOperate } from '../access/key-scope.ts'
import { forgetFirm } from '../access/collection-hooks.ts'
import type { Row } from '../data/store.ts'
import { fail, failInput, failQuestion, RetryCommand } from '../errors.ts'
import { allFields } from '../entities/system-fields.ts'
import { nudgeRunner } from '../events/nudge.ts'
import { watchCommand } from '../operations/watch-command.ts'
import type { OperationResult } from '../platform/plugin.ts'
import { pinnedWorkflow, stateOf } from '../workflow/pinned.ts'
import { newId, type CommandContext } from './context.ts'
import { createDocument, exponentFor } from './create.ts'
import { discardDocument } from './discard.ts'
import { editDocument, linesOf } from './edit.ts'
import { inTurn } from './in-turn.ts'
import { decodeInput, unstorable } from './input.ts'
import { decodeLineInput, listOfLines, missing } from './line-input.ts'
import { decodeNewLines } from './new-lines.ts'
import { sendToDocument } from './send.ts'
import { transact } from './transact.ts'
import { requireOwnValues } from './written-values.ts'

/** A change someone asks for, in spoken values (decimals as texts). */
export type Command =
  | { readonly action: 'create'; readonly entity: string; readonly data: unknown; readonly lines?: unknown; readonly reason?: string }
  | { readonly action: 'edit'; readonly entity: string; readonly id: string; readonly data?: unknown; readonly lines?: unknown; readonly expectedVersion?: number; readonly reason?: string }
  | { readonly action: 'discard'; readonly entity: string; readonly id: string; readonly expectedVersion?: number; readonly reason?: string }
  | { readonly action: 'send'; readonly entity: string; readonly id: string; readonly event: string; readonly input?: unknown; readonly lines?: unknown; readonly newLines?: unknown; readonly reason?: string; readonly expectedVersion?: number }
  | { readonly action: 'operate'; readonly entity: string; readonly operation: string; readonly input?: unknown }

export type CommandResult = {
  readonly id: string | null
  readonly version: number | null
  readonly number: string | null
  readonly state: string | null
  readonly message?: { readonly en: string; readonly zh: string }
  readonly documents?: readonly { entity: string; id: string }[]
  readonly data?: OperationResult['data']
  readonly once?: OperationResult['once']
}

/**
 * The only door to business state. Checks rights, input and version, runs in one transaction and answers with where
 * the document stands. With an idempotency key the same request again gives the same answer and changes nothing. `now`:
 * the moment it counts as done, for history that is loaded later. `accepted`: keys of the warnings that whoever sends it has read.
 */
export async function runCommand(
  payload: Payload, actor: Actor, command: Command, options: { idempotencyKey?: string; now?: string; accepted?: readonly string[] } = {},
): Promise<CommandResult> {
  requireStorable(command, options.idempotencyKey)
  const work = () => transact(payload, { actor, accepted: options.accepted ?? [], ...(options.now === undefined ? {} : { now: options.now }) }, (context) =>
    options.idempotencyKey === undefined || isQuestion(context, command) ? perform(context, command) : performOnce(context, command, options.idempotencyKey),
  )
  const result = await watchCommand(payload, command, () => ('id' in command ? inTurn(`${command.entity}:${command.id}`, work) : work()))
  if (command.entity === 'roles') forgetRoles(payload)
  if (command.entity === 'companies') forgetFirm(payload)
  nudgeRunner(payload)
  return result
}

export const longestReason = 2_000
export const longestKey = 200

const isQuestion = ({ platform }: CommandContext, command: Command): boolean =>
  command.action === 'operate' && platform.operations.some(({ entity, name, reads }) => reads && entity === command.entity && name === command.operation)

/** What is kept beside the document's own fields is text of a length that people read, too. */
function requireStorable(command: Command, key = ''): void {
  const reason = ('reason' in command && command.reason) || ''
  if (reason.length > longestReason || unstorable.test(reason)) failQuestion('reason', { en: `A reason has at most ${longestReason} characters and none that are broken.`, zh: `原因不超过 ${longestReason} 个字符，且不得含损坏字符。` })
  if (key.length > longestKey || unstorable.test(key)) failQuestion('idempotencyKey', { en: `An idempotency key has at most ${longestKey} characters and none that are broken.`, zh: `幂等键不超过 ${longestKey} 个字符，且不得含损坏字符。` })
}

async function performOnce(context: CommandContext, command: Command, givenKey: string): Promise<CommandResult> {
  const key = `${context.actor.key?.id ?? context.actor.id}:${givenKey}`
  const requestHash = hashOf(JSON.parse(JSON.stringify(command)))
  const known = await context.store.findOne('idempotency-keys', { key: { equals: key } })
  if (known) {
    if (known.requestHash !== requestHash) fail('idempotencyMismatch', { key: givenKey })
    return known.result as CommandResult
  }
  const result = await perform(context, command)
  try {
    const { once: _, ...kept } = result
    await context.store.insert('idempotency-keys', { id: newId(), key, requestHash, result: kept, at: context.now })
  } catch (error) {
    // The same key at the same moment: run again and find the other's answer.
    throw new RetryCommand('The idempotency key was used at the same moment.', { cause: error })
  }
  return result
}

/** The command itself, in a transaction that its caller ends: what a dry run takes back. */
export async function perform(context: CommandContext, command: Command): Promise<CommandResult> {
  const entity = context.entity(command.entity)
  if (entity.kind === 'line' || entity.kind === 'ledger' || entity.kind === 'record') fail('commandsOnly', { entity: entity.labels })
  switch (command.action) {
    case 'create': return create(context, entity, command)
    case 'edit': return edit(context, entity, command)
    case 'discard': {
      requireRight(context.actor, 'discard', entity, { document: await readable(context, entity, command.id) })
      await discardDocument(context, entity.slug, command.id, command)
      return { id: command.id, version: null, number: null, state: null }
    }
    case 'send': return send(context, entity, command)
    case 'operate': return operate(context, entity, command)
  }
}

async function create(context: CommandContext, entity: EntityDefinition, command: Command & { action: 'create' }): Promise<CommandResult> {
  requireRight(context.actor, 'create', entity)
  const { values, lines } = await decode(context, entity, command)
  await requireOwnValues(context, entity, { written: { values, ...(lines ? { lines } : {}) } })
  if (entity.fields.some(({ name }) => name === 'owner') && context.actor.id !== 'system' && !context.actor.isAnyone) values.owner ??= context.actor.id
  const id = await createDocument(context, entity.slug, { values, isEntered: true, ...(lines ? { lines } : {}), ...(command.reason === undefined ? {} : { reason: command.reason }) })
  return answer(context, entity, id)
}

async function edit(context: CommandContext, entity: EntityDefinition, command: Command & { action: 'edit' }): Promise<CommandResult> {
  const document = await readable(context, entity, command.id)
  requireRight(context.actor, 'edit', entity, { document })
  const { values, lines } = await decode(context, entity, command, document)
  await requireOwnValues(context, entity, { id: command.id, written: { values, ...(lines ? { lines } : {}) } })
  await editDocument(context, entity.slug, command.id, { ...command, values, isEntered: true, ...(lines ? { lines } : { lines: undefined }) })
  return answer(context, entity, command.id)
}

async function send(context: CommandContext, entity: EntityDefinition, command: Command & { action: 'send' }): Promise<CommandResult> {
  const document = await readable(context, entity, command.id)
  requireRight(context.actor, 'send', entity, { document, event: command.event })
  const definition = (await pinnedWorkflow(context.platform, context.store, entity.slug, document))?.definition.events
  const event = definition && Object.hasOwn(definition, command.event) ? definition[command.event] : undefined
  const exponent = await exponentFor(context, entity)
  const label = event?.label ?? entity.label
  const head = decodeInput(event?.input ?? [], command.input ?? {}, { exponent, label })
  const lines = decodeLineInput({ fields: event?.lineInput ?? [], lines: command.lines, exponent, label })
  // An event that is not known takes no input either; that it is not known is what its sender is told.
  const added = decodeNewLines({ fields: event?.newLines ?? [], lines: command.newLines, exponent, label })
  const findings = event ? [...head.findings, ...missing(event.input ?? [], head.values), ...lines.findings, ...added.findings] : []
  if (findings.length > 0) failInput(findings)
  const sent = await sendToDocument(context, { entity: entity.slug, id: command.id }, {
    event: command.event, authority: 'actor', input: head.values, lineInput: lines.rows, newLines: added.rows,
    ...(command.reason === undefined ? {} : { reason: command.reason }),
    ...(command.expectedVersion === undefined ? {} : { expectedVersion: command.expectedVersion }),
  })
  return resultOf(sent)
}

function noOperation({ platform }: CommandContext, { slug, labels }: EntityDefinition, asked: string): Text {
  const known = platform.operations.filter(({ entity }) => entity === slug).map(({ name }) => name)
  const [en, zh] = known.length > 0 ? [`Known: ${known.join(', ')}.`, `可用：${known.join('、')}。`] : ['There is none.', '没有可用操作。']
  return { en: `${labels.en} have no operation "${asked.slice(0, 60)}". ${en}`, zh: `${labels.zh}没有操作“${asked.slice(0, 60)}”。${zh}` }
}

async function operate(context: CommandContext, entity: EntityDefinition, command: Command & { action: 'operate' }): Promise<CommandResult> {
  const operation = context.platform.operations.find(({ entity: slug, name }) => slug === entity.slug && name === command.operation)
  if (!operation) failQuestion('operation', noOperation(context, entity, command.operation))
  if (!context.actor.roles.includes('owner') && !operation.roles.some((role) => context.actor.roles.includes(role)) || (context.actor.key && !mayOperate(context.actor.key, entity.slug))) {
    fail('forbidden', { action: operation.label, entity: entity.labels })
  }
  const { values, findings } = decodeInput(operation.input ?? [], command.input ?? {}, { exponent: await exponentFor(context, entity), label: operation.label })
  const wrong = [...findings, ...missing(operation.input ?? [], values), ...(operation.check?.(values) ?? [])]
  if (wrong.length > 0) failInput(wrong)
  return { id: null, version: null, number: null, state: null, ...(await operation.run(context, values)) }
}

/** `document`: of a record that is there, as it is stored; what it holds may stay, though limits have become stricter. */
async function decode(context: CommandContext, entity: EntityDefinition, command: { data?: unknown; lines?: unknown }, document?: Row) {
  const exponent = await exponentFor(context, entity)
  const id = { name: 'id', type: 'text', label: { en: 'Id', zh: 'ID' }, maxLength: 64 } as const
  const head = decodeInput([...(document ? [] : [id]), ...allFields(entity)], command.data ?? {}, { exponent, label: entity.label, stood: document && seenOf(context, entity, document) })
  if (head.values.id === null) delete head.values.id
  if (command.lines === undefined || command.lines === null) {
    if (head.findings.length > 0) failInput(head.findings)
    return { values: head.values }
  }
  if (!entity.lines) failInput([...head.findings, { code: 'unknownField', path: 'lines', severity: 'error', message: { en: `${entity.label.en} has no lines.`, zh: `${entity.label.zh}没有明细行。` } }])
  const lineEntity = context.entity(entity.lines.entity)
  const parentField = entity.lines.parentField
  const lineFields = [id, ...allFields(lineEntity).filter(({ name }) => name !== parentField)]
  const list = listOfLines(command.lines)
  if ('finding' in list) failInput([...head.findings, list.finding])
  const decodeLines = (stood: ReadonlyMap<unknown, StoredValues>) => list.rows.map((row, index) =>
    decodeInput(lineFields, row, { exponent, label: entity.lines?.label ?? lineEntity.label, path: `lines.${index}.`, stood: stood.get((row as { readonly id?: unknown } | null)?.id) }))
  const read = decodeLines(new Map())
  // Most are within the limits: what stood there is asked for only where one is not.
  const rows = document && read.some(({ findings: wrong }) => wrong.length > 0)
    ? decodeLines(new Map((await linesOf(context, entity, document.id)).map((line) => [line.id, seenOf(context, lineEntity, line)]))) : read
  const findings = [...head.findings, ...rows.flatMap((row) => row.findings)]
  if (findings.length > 0) failInput(findings)
  return { values: head.values, lines: rows.map((row) => row.values) }
}

type StoredValues = Readonly<Record<string, unknown>>

/** Without what the actor may not see: nobody finds out by guessing what stands there. */
function seenOf({ actor }: CommandContext, entity: EntityDefinition, row: Row): StoredValues {
  const hidden = hiddenFields(actor, entity)
  return Object.fromEntries(Object.entries(row).filter(([name]) => !hidden.has(name)))
}

/** The document, for someone who may read it; otherwise it does not exist. */
async function readable(context: CommandContext, entity: EntityDefinition, id: string): Promise<Row> {
  const document = (await context.store.get(entity.slug, String(id))) as Row | undefined
  if (!document) fail('notFound', { entity: entity.label, id: String(id) })
  requireRight(context.actor, 'read', entity, { document })
  return document
}

async function answer(context: CommandContext, entity: EntityDefinition, id: string): Promise<CommandResult> {
  return resultOf((await context.store.require(entity.slug, id)) as Row)
}

function resultOf(document: Row): CommandResult {
  return {
    id: document.id, version: Number(document.version ?? 0) || null,
    number: typeof document.number === 'string' ? document.number : null, state: stateOf(document) ?? null,
  }
}
