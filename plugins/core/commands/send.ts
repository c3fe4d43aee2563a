import type { EntityDefinition } from '../../../config/language/entity.ts'
import type { Refusal } from '../../../config/language/refusal.ts'
import { requiredFacts } from '../../../workflows/engine/available.ts'
import type { CompiledWorkflow } from '../../../workflows/engine/compile.ts'
import type { Effects } from '../../../workflows/engine/machine.ts'
import type { Place } from '../../../workflows/engine/place.ts'
import { startWorkflow, transition } from '../../../workflows/engine/transition.ts'
import { systemActor } from '../access/actor.ts'
import { followChange, followState } from '../approvals/follow-state.ts'
import type { Row } from '../data/store.ts'
import { fail, failInput, failRefused } from '../errors.ts'
import { applyForm } from '../forms/apply-form.ts'
import type { ActionHandler, Step } from '../platform/plugin.ts'
import { loadFacts } from '../workflow/facts.ts'
import { pinnedWorkflow, standing, stateOf, workflowOf } from '../workflow/pinned.ts'
import { deadlinesAfter, scheduleDeadlines } from '../workflow/deadlines.ts'
import { scheduleTimers } from '../workflow/timers.ts'
import { linesDiffer } from './changed-fields.ts'
import type { CommandContext } from './context.ts'
import { linesOf, requireVersion, storeDocument } from './edit.ts'
import { appendEvent, appendHistory, differences, type DocumentRef } from './record.ts'
import { applyStepRules } from './step-rules.ts'

export type EventMessage = {
  /** Decoded (scaled) values. */
  readonly input?: Readonly<Record<string, unknown>>
  readonly lineInput?: Step['lineInput']
  readonly newLines?: Step['newLines']
  readonly reason?: string
  readonly expectedVersion?: number
}

/** `platform`: derived from a step that was allowed; roles are not asked again, guards are. */
type AuthorisedMessage = EventMessage & { readonly event: string; readonly authority: 'actor' | 'platform' }

/**
 * Takes a document one step along its life: guards over facts of this transaction, the actions in order, then state,
 * history, timers and event. Refusals come back all at once.
 */
export async function sendToDocument(context: CommandContext, to: DocumentRef, message: AuthorisedMessage): Promise<Row> {
  const result = await tryToSend(context, to, message)
  return 'refusals' in result ? failRefused(result.refusals) : result.document
}

/** Like `sendToDocument`, but refusals are an answer; they are found before anything is written. */
export async function tryToSend(
  context: CommandContext, { entity: slug, id }: DocumentRef, message: AuthorisedMessage,
): Promise<{ readonly document: Row } | { readonly refusals: readonly Refusal[] }> {
  const { event } = message
  const entity = context.entity(slug)
  const previous = (await context.store.require(slug, id)) as Row
  requireVersion(entity, previous, message.expectedVersion)
  const compiled = await pinnedWorkflow(context.platform, context.store, slug, previous)
  if (!compiled) fail('badRequest', { reason: { en: `${entity.labels.en} have no workflow.`, zh: `${entity.labels.zh}没有流程。` } })

  const standingThere = standing(previous, compiled)
  const place = placeOf(standingThere)
  const facts = await loadFacts(context.platform, context.store, {
    entity: slug, documents: [previous], names: requiredFacts(compiled, { ...place, event }), now: context.now,
  })
  const result = transition(compiled, {
    ...place, event, document: previous, facts: facts.get(id) ?? {},
    roles: message.authority === 'platform' ? systemActor.roles : context.actor.roles,
    input: { ...message.input, lines: message.lineInput ?? [], newLines: message.newLines ?? [] },
    ...(message.reason === undefined ? {} : { reason: message.reason }),
  })
  if (!result.ok) return { refusals: result.refusals }
  if (message.authority === 'actor' && leavesTheDesk(compiled, stateOf(standingThere), result.state)) await requireForm(context, entity, previous)

  const document: Row = structuredClone(previous)
  const lines = await linesOf(context, entity, id)
  const previousLines = structuredClone(lines)
  await context.platform.behaviours.get(slug)?.sending?.(context, { entity: slug, event, document, lines, input: message.input ?? {} })
  const actions = result.actions.map(({ type, params }) => ({ action: actionOf(context, type), params: params ?? {} }))
  const run = async (when: 'before' | 'after') => {
    for (const { action, params } of actions) {
      if ((action.when ?? 'before') !== when) continue
      await action.run(context, {
        entity: slug, event, params, document, lines,
        input: message.input ?? {}, lineInput: message.lineInput ?? [], newLines: message.newLines ?? [],
        ...(message.reason === undefined ? {} : { reason: message.reason }),
      })
    }
  }
  await run('before')
  const { input = {}, lineInput = [], newLines = [] } = message
  const wrong = await applyStepRules(context, entity, { document, previous, lines, previousLines, input, lineInput, newLines, isEntered: message.authority === 'actor' })
  if (wrong.length > 0) failInput(wrong)
  const stateBefore = workflowOf(standingThere)?.state
  // Of a document from before there was a workflow, what begins with its first state has not begun yet.
  const begun = standingThere === previous ? undefined : startWorkflow(compiled)
  const deadlines = begun ? joined(begun.deadlines, result.deadlines) : result.deadlines
  document.version = Number(previous.version) + 1
  document.workflow = {
    state: result.state, snapshot: result.snapshot, definitionHash: compiled.hash,
    since: result.state === stateBefore ? workflowOf(standingThere)?.since ?? context.now : context.now,
    ...await deadlinesAfter(context, document, { before: workflowOf(previous)?.deadlines, deadlines }),
  }
  await storeDocument(context, slug, { document, previous, linesDiffer: () => entity.lines !== undefined && linesDiffer(context, context.entity(entity.lines.entity), lines, previousLines) })
  await appendHistory(context, {
    entity: slug, document, action: 'send', event, stateAfter: result.state, definitionHash: compiled.hash,
    guards: result.guards, changes: differences(previous, document),
    ...(stateBefore === undefined ? {} : { stateBefore }),
    ...(message.reason === undefined ? {} : { reason: message.reason }),
  })
  if (begun) await scheduleTimers(context, compiled, { entity: slug, document: previous, timers: begun.timers })
  await scheduleTimers(context, compiled, { entity: slug, document, timers: result.timers })
  await scheduleDeadlines(context, { entity: slug, document, deadlines })
  await appendEvent(context, {
    type: `${slug}.${eventTypeOf(compiled, event)}`, entity: slug, document,
    data: { event, stateBefore: stateBefore ?? null, stateAfter: result.state },
  })
  const outcomes = await followState(context, compiled, { entity: slug, document, lines, approvals: result.approvals, initiative: message.authority === 'actor' ? 'hand' : 'consequence' })
  await followChange(context, entity, { document, isEntered: false })
  await run('after')
  if (outcomes.length === 0) return { document }
  for (const outcome of outcomes) await context.send(slug, id, outcome)
  return { document: (await context.store.require(slug, id)) as Row }
}

/** What has begun and was not ended by the step, and what the step began. */
function joined(begun: Effects['deadlines'], step: Effects['deadlines']): Effects['deadlines'] {
  return { start: [...begun.start.filter(({ key }) => !step.cancel.includes(key)), ...step.start], cancel: step.cancel }
}

/** From where it can be edited to where it cannot, and goes on: what its form asks for is asked now, or never. */
function leavesTheDesk({ definition }: CompiledWorkflow, from: string | undefined, to: string): boolean {
  const leafOf = (state = '') => definition.states[state.split('.')[0] ?? '']
  return leafOf(from)?.editable === true && leafOf(to)?.editable !== true && leafOf(to)?.type !== 'final'
}

/** A document that the platform has made, or that was there before its form had rules, may lack what they ask for. */
async function requireForm(context: CommandContext, entity: EntityDefinition, document: Row): Promise<void> {
  const entered = new Set<string>()
  const head = { ...document }
  const findings = [...await applyForm(context, { entity, row: head, previous: document, entered })]
  const lineEntity = entity.lines && context.entity(entity.lines.entity)
  if (lineEntity && context.platform.forms.has(lineEntity.slug)) {
    for (const [index, line] of (await linesOf(context, entity, document.id)).entries()) {
      const wrong = await applyForm(context, { entity: lineEntity, row: { ...line }, head, previous: line, entered })
      findings.push(...wrong.map((one) => ({ ...one, path: `lines.${index}.${one.path}` })))
    }
  }
  if (findings.length > 0) failInput(findings)
}

function actionOf({ platform }: CommandContext, type: string): ActionHandler {
  const action = platform.actions.get(type)
  if (!action) throw new Error(`No plugin brings the action "${type}".`)
  return action
}

/** Where a stored document stands, for the engine. */
export function placeOf(document: Row): Place {
  const workflow = workflowOf(document)
  if (workflow?.snapshot) return { snapshot: workflow.snapshot }
  return { state: workflow?.state ?? '', ...(workflow ? { definitionHash: workflow.definitionHash } : {}) }
}

/** The past participle of the event (`accept` → `accepted`), as the definition names it. */
function eventTypeOf(compiled: CompiledWorkflow, event: string): string {
  return compiled.definition.events[event]?.past ?? event
}
