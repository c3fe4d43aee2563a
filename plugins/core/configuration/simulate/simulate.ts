import type { PayloadRequest } from 'payload'
import type { WorkflowDefinition } from '../../../../config/language/workflow.ts'
import type { EntityDefinition } from '../../../../config/language/entity.ts'
import type { Refusal } from '../../../../config/language/refusal.ts'
import { availableEvents, requiredFacts } from '../../../../workflows/engine/available.ts'
import { checkDefinition } from '../../../../workflows/engine/check-definition.ts'
import { compileWorkflow, type CompiledWorkflow } from '../../../../workflows/engine/compile.ts'
import { dueAt } from '../../../../workflows/engine/delays.ts'
import { describeState } from '../../../../workflows/engine/describe.ts'
import type { Effects, Timer } from '../../../../workflows/engine/machine.ts'
import { withAncestors } from '../../../../workflows/engine/nodes.ts'
import { isOutcome, isSystemOnly } from '../../../../workflows/engine/permission.ts'
import type { Memory } from '../../../../workflows/engine/memory.ts'
import type { Place } from '../../../../workflows/engine/place.ts'
import { systemRole } from '../../../../workflows/engine/registry.ts'
import { eventDefinition, startWorkflow, transition, type TransitionResult } from '../../../../workflows/engine/transition.ts'
import { actorOf, systemActor, type Actor } from '../../access/actor.ts'
import { can } from '../../access/can.ts'
import type { CommandContext } from '../../commands/context.ts'
import { decodeInput } from '../../commands/input.ts'
import { openRehearsal } from '../../commands/rehearse.ts'
import { openStore } from '../../data/open-store.ts'
import type { Row } from '../../data/store.ts'
import { problem } from '../../../../config/errors.ts'
import { fail, failInput, failQuestion } from '../../errors.ts'
import { platformOf } from '../../platform/platform.ts'
import { firmView } from '../../views/firm-view.ts'
import { documentActions, isDocumentAction } from '../../workflow/document-actions.ts'
import { loadFacts } from '../../workflow/facts.ts'
import { isEmpty } from '../../workflow/operands.ts'
import { workflowOf } from '../../workflow/pinned.ts'
import { simulateRequest, type WantedStep } from './simulate-request.ts'
import type { SimulatedApproval, SimulatedDeadline, SimulatedPlace, SimulatedStep, SimulatedTimer, SimulatedWaits, Simulation } from './simulation.ts'
import { approvalInTrial, begunIn, deadlineInTrial, requireWaySeen } from './trial-waits.ts'
import { triedDocument } from './tried-document.ts'

/**
 * Tries a workflow out, as it is drawn: the steps one after the other, for the roles that were chosen, with the facts of a real
 * document or of data that were typed. Guards, order of actions, timers, deadlines, approvers and refusals are those of the platform; nothing is
 * written.
 * @throws ProblemError 422 where the definition has errors; 403 where the actor may not see what conditions look at
 */
export async function simulate(req: PayloadRequest, actor: Actor, { slug, body }: { readonly slug: string; readonly body: unknown }): Promise<Simulation> {
  const { payload } = req
  const request = simulateRequest(body)
  const platform = platformOf(payload)
  const entity = platform.entities.get(slug) ?? fail('unknownEntity', { entity: slug.slice(0, 60) })
  const errors = checkDefinition(request.definition, platform.registry).filter(({ severity }) => severity === 'error')
  if (errors.length > 0) failInput(errors)
  const compiled = compileWorkflow(request.definition as unknown as WorkflowDefinition, platform.registry)
  requireWaySeen(platform, actor, { entity, definition: compiled.definition })
  const store = openStore(payload)
  const { exponent } = await firmView(store)
  const tried = await triedDocument({ payload, platform, store, actor, entity, exponent }, request)
  const begun = startWorkflow(compiled)
  const person = await actorOf(payload, { id: actor.id, name: actor.name, roles: request.roles, language: req.i18n.language })
  const trial = new Trial({
    compiled, entity, context: openRehearsal(payload, person), document: { ...tried.document }, now: new Date().toISOString(), place: tried.state === undefined ? { state: begun.state, memory: begun.snapshot.memory } : { state: tried.state, memory: workflowOf(tried.document)?.snapshot?.memory },
    mayDo: (event) => can(person, 'send', entity, event).allowed,
    factsOf: async (names, { document, now }) => {
      const facts = (await loadFacts(platform, store, { entity: slug, documents: [document], names: [...names, 'core.company', 'core.today'], now })).get(document.id) ?? {}
      return { ...facts, ...(tried.lines ? { 'core.lines': tried.lines } : {}) }
    },
    inputOf: (step) => decoded(compiled, step, exponent),
  })
  const start = trial.place()
  // What runs for a document that is there was begun by the workflow that it follows.
  if (request.document === undefined || tried.state === undefined) await evaluated('definition', () => trial.follow(tried.state === undefined ? begun : begunIn(compiled, tried.state), actor.id))
  const steps: SimulatedStep[] = []
  for (const [index, step] of request.steps.entries()) steps.push(await evaluated(`steps.${index}`, () => trial.take(step, step.system ? systemActor.roles : person.roles)))
  return { start, steps, here: trial.place(), ...await evaluated('definition', () => trial.next(person.roles)), ...trial.running() }
}

/** Conditions take parameters that nobody has checked: what they cannot be asked about is told, with the question. */
async function evaluated<Answer>(path: string, ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask()
  } catch (error) {
    if (!(error instanceof TypeError) && !(error instanceof RangeError)) throw error
    failQuestion(path, { en: `A condition or action cannot be tried with these parameters: ${error.message}. Correct its parameters.`, zh: `条件或动作的参数有误，无法试运行：${error.message}。请更正参数。` })
  }
}

/** What was typed for an event, as it would be checked. */
function decoded(compiled: CompiledWorkflow, { event, input = {} }: WantedStep, exponent: number): Readonly<Record<string, unknown>> {
  const definition = eventDefinition(compiled, event)
  if (!definition) return {}
  const { values, findings } = decodeInput(definition.input ?? [], input, { exponent, label: definition.label })
  if (findings.length > 0) failInput(findings)
  return values
}

type Standing = { readonly state: string; readonly memory: Memory | undefined }

type TrialParts = {
  readonly compiled: CompiledWorkflow
  readonly entity: EntityDefinition
  /** Of whoever tries it out; it stores nothing. */
  readonly context: CommandContext
  readonly document: Row
  /** Where it stands, and what history states remember. */
  readonly place: Standing
  readonly now: string
  /** Whether the rights of the chosen roles let them send an event, beside what the workflow says. */
  readonly mayDo: (event: string) => boolean
  readonly factsOf: (names: readonly string[], at: { readonly document: Row; readonly now: string }) => Promise<Readonly<Record<string, unknown>>>
  readonly inputOf: (step: WantedStep) => Readonly<Record<string, unknown>>
}

/** A document on its way through a workflow that exists here alone. */
class Trial {
  private readonly parts: TrialParts
  private readonly document: Row
  private at: Standing
  private now: string
  private timers: SimulatedTimer[] = []
  private deadlines: SimulatedDeadline[] = []
  private approvals: SimulatedApproval[] = []

  constructor(parts: TrialParts) {
    this.parts = parts
    this.document = parts.document
    this.at = parts.place
    this.now = parts.now
    const { state } = parts.place
    if (!parts.compiled.configuration(state)) failQuestion('state', { en: `This workflow has no state “${state.slice(0, 60)}”. Begin in one of its states.`, zh: `该流程没有状态“${state.slice(0, 60)}”，请从已有状态开始。` })
  }

  place({ state } = this.at): SimulatedPlace {
    const { label, tone, done } = describeState(this.parts.compiled, state) ?? { label: { en: state, zh: state }, tone: 'neutral' as const, done: false }
    return { state, label, tone, done }
  }

  private standing(): Place {
    const { state, memory } = this.at
    return { state, ...(memory && { memory }) }
  }

  running(): Pick<Simulation, 'timers' | 'deadlines' | 'approvals'> {
    const { timers, deadlines, approvals } = this
    return { timers, deadlines, approvals }
  }

  /** Ends and begins what states bring with them. `submitter`: who would be the one that asks for an approval. */
  async follow({ timers, deadlines, approvals }: Pick<Effects, 'timers' | 'deadlines' | 'approvals'>, submitter: string): Promise<SimulatedWaits & Pick<SimulatedStep, 'started' | 'cancelled'>> {
    const { compiled, context, entity, factsOf } = this.parts
    const { document, now } = this
    const cancelled = this.timers.filter(({ key }) => timers.cancel.includes(key))
    this.timers = this.timers.filter((one) => !cancelled.includes(one))
    const started = await this.start(timers.start)
    const ended = this.deadlines.filter(({ key }) => deadlines.cancel.includes(key))
    const begun = await Promise.all(deadlines.start.map((one) => deadlineInTrial(context, compiled, { ...one, document, now })))
    this.deadlines = [...this.deadlines.filter((one) => !ended.includes(one)), ...begun]
    const closed = this.approvals.filter(({ key }) => approvals?.close.includes(key))
    const open = approvals?.open ?? []
    const lines = open.length > 0 ? ((await factsOf(['core.lines'], { document, now }))['core.lines'] ?? []) as readonly Row[] : []
    const opened = (await Promise.all(open.map((path) => approvalInTrial(context, compiled, { entity, path, document, lines, submitter })))).flatMap((one) => one ?? [])
    this.approvals = [...this.approvals.filter((one) => !closed.includes(one)), ...opened]
    return { started, cancelled, deadlines: { begun, ended }, approvals: { opened, closed } }
  }

  private async start(timers: readonly Timer[]): Promise<readonly SimulatedTimer[]> {
    if (timers.length === 0) return []
    const { 'core.company': company } = await this.parts.factsOf([], { document: this.document, now: this.now })
    const timeZone = String((company as Row | null)?.timeZone ?? 'UTC')
    const started = timers.map(({ key, delay, event }) => ({ key, delay, event, label: this.labelOf(event), due: this.dueOf(delay, timeZone) }))
    this.timers = [...this.timers.filter(({ key }) => !started.some((timer) => timer.key === key)), ...started]
    return started
  }

  async take(step: WantedStep, roles: readonly string[]): Promise<SimulatedStep> {
    const { compiled } = this.parts
    const { event, reason, system = false } = step
    const from = this.place()
    const timer = system ? this.timers.find((one) => one.event === event) : undefined
    const { due } = timer ?? (system ? this.deadlines.find((one) => one.event === event) : undefined) ?? { due: null }
    if (due && due > this.now) this.now = due
    const input = this.parts.inputOf(step)
    const facts = await this.parts.factsOf(requiredFacts(compiled, { state: this.at.state, event }), { document: this.document, now: this.now })
    const result = transition(compiled, { ...this.standing(), event, document: this.document, facts, roles, input: { ...input, lines: [], newLines: [] }, ...(reason === undefined ? {} : { reason }) })
    const refusals = [...this.withoutRight(event, system), ...(result.ok ? [] : result.refusals), ...(system ? [] : this.unfilled(event, input))]
    const told = { event, label: this.labelOf(event), from, at: this.now }
    if (!result.ok || refusals.length > 0) return { ...told, to: from, refusals, arrows: [], actions: [], started: [], cancelled: [], deadlines: { begun: [], ended: [] }, approvals: { opened: [], closed: [] } }
    const actions = this.tried(result, { input, facts, reason })
    this.at = { state: result.state, memory: result.snapshot.memory }
    const { id } = this.parts.context.actor
    const waits = await this.follow(result, system && typeof this.document.owner === 'string' ? this.document.owner : id)
    this.timers = this.timers.filter((one) => one !== timer)
    return { ...told, to: this.place(), refusals: [], arrows: result.transitions, actions, ...waits }
  }

  async next(roles: readonly string[]): Promise<Pick<Simulation, 'events' | 'automatic'>> {
    const { compiled, factsOf } = this.parts
    const facts = await factsOf(requiredFacts(compiled, { state: this.at.state }), { document: this.document, now: this.now })
    const events = availableEvents(compiled, { state: this.at.state, document: this.document, facts, roles }).map((event) => {
      const refusals = [...this.withoutRight(event.event, false), ...event.refusals]
      return { ...event, refusals, allowed: refusals.length === 0 }
    })
    const here = compiled.configuration(this.at.state)
    const states = here ? here.innermost.flatMap(withAncestors).map(({ definition }) => definition) : []
    // Timers, deadlines and approvals send what people could send too.
    const timed = new Set(states.flatMap(({ after = {}, sla }) => [...Object.values(after), sla?.event]))
    const automatic = Object.entries(compiled.definition.events).filter(([name, event]) => here?.candidates.has(name) && (isSystemOnly(event) || event.roles?.includes(systemRole) || timed.has(name) || isOutcome(here, name)))
    return { events, automatic: automatic.map(([event, { label }]) => ({ event, label })) }
  }

  private withoutRight(event: string, isSystem: boolean): readonly Refusal[] {
    if (isSystem || this.parts.mayDo(event)) return []
    const { code, message } = problem('simulationWithoutRight', { event: this.labelOf(event) })
    return [{ code, message }]
  }

  /** What the event asks for and was not given. */
  private unfilled(event: string, input: Readonly<Record<string, unknown>>): readonly Refusal[] {
    const asked = eventDefinition(this.parts.compiled, event)?.input ?? []
    return asked.filter(({ name, required }) => required && isEmpty(input[name])).map(({ name, label }): Refusal => ({
      code: 'fieldRequired', path: name, message: { en: `${label.en} is missing. Fill it in first.`, zh: `请先填写${label.zh}。` },
    }))
  }

  /** What changes nothing but the document is done to it; the rest is only named. */
  private tried(result: TransitionResult & { readonly ok: true }, { input, facts, reason }: { readonly input: Readonly<Record<string, unknown>>; readonly facts: Readonly<Record<string, unknown>>; readonly reason: string | undefined }): SimulatedStep['actions'] {
    const { registry } = this.parts.compiled
    return result.actions.map(({ type, params }) => {
      const tried = isDocumentAction(type)
      if (tried) documentActions[type]({ params: params ?? {}, document: this.document, input, reason, company: (facts['core.company'] as Row | null) ?? undefined, today: (facts['core.today'] as string | null) ?? undefined })
      return { type, label: registry.actions.get(type)?.label ?? { en: type, zh: type }, params: params ?? null, tried }
    })
  }

  /** A delay may go by a date that the document does not have. */
  private dueOf(delay: string, timeZone: string): string | null {
    try {
      return dueAt(this.parts.compiled, { delay, document: this.document, now: this.now, timeZone })
    } catch {
      return null
    }
  }

  private labelOf(event: string) {
    return eventDefinition(this.parts.compiled, event)?.label ?? { en: event, zh: event }
  }
}
