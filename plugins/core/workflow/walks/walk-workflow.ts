import type { Payload } from 'payload'
import type { History } from '../../../../config/generated/entities.ts'
import type { Text } from '../../../../config/language/text.ts'
import type { CompiledWorkflow } from '../../../../workflows/engine/compile.ts'
import type { Verdicts } from '../../../../workflows/engine/machine.ts'
import type { Memory } from '../../../../workflows/engine/memory.ts'
import { transitionCoverage, transitionKeys } from '../../../../workflows/engine/paths.ts'
import { isOutcome } from '../../../../workflows/engine/permission.ts'
import { take, type Step } from '../../../../workflows/engine/transition.ts'
import { coverWorkflow, type Walk } from '../../../../workflows/engine/verify/cover.ts'
import { systemActor } from '../../access/actor.ts'
import type { Row } from '../../data/store.ts'
import { ProblemError } from '../../errors.ts'
import { platformOf } from '../../platform/platform.ts'
import { workflowOf } from '../pinned.ts'
import { timerHandler } from '../timers.ts'
import type { WalkStep } from './arranger.ts'
import { bringAbout, entryFor, makeDocument, standsIn, type Walking } from './bring-about.ts'
import { decideAll } from './decide-all.ts'
import { senderOf, type Desk } from './desk.ts'
import { WalkError } from './walk-error.ts'
import type { WalkProgress, WalkReport } from './walk-report.ts'

type Options = { readonly told?: (progress: WalkProgress) => void }

/**
 * Goes the shortest ways over every arrow of an entity's workflow by real commands, each with a document of its own, as people whose
 * roles may. Only for a scratch database: what it makes stays there. An arrow counts as taken when the history says so.
 * @throws Error when the entity has no workflow
 */
export async function walkWorkflow(payload: Payload, desk: Desk, slug: string, { told }: Options = {}): Promise<WalkReport> {
  const platform = platformOf(payload)
  const [compiled, entity] = [platform.workflows.get(slug), platform.entities.get(slug)]
  if (!compiled || !entity) throw new Error(`"${slug.slice(0, 60)}" has no workflow.`)
  const walking: Walking = { platform, compiled, entity, desk }
  const began = Date.now()
  const { walks } = coverWorkflow(compiled)
  const why = new Map<string, Text>()
  for (const [index, walk] of walks.entries()) {
    desk.setClock(new Date())
    const stopped = await goWalk(walking, walk)
    for (const key of stopped ? walk.transitions.slice(stopped.step) : []) if (stopped && !why.has(key)) why.set(key, stopped.why)
    told?.({ done: index + 1, walks: walks.length })
  }
  const taken = await transitionsTaken(desk, slug, compiled)
  const { covered, missing } = transitionCoverage(compiled, taken)
  return {
    entity: slug, hash: compiled.hash, at: new Date().toISOString(), seconds: Math.round((Date.now() - began) / 1000), walks: walks.length,
    total: covered.length + missing.length, taken: covered.length,
    transitions: transitionKeys(compiled).map((transition) => (taken.has(transition) ? { transition, taken: true } : { transition, taken: false, why: why.get(transition) ?? noWay })),
  }
}

const noWay: Text = { en: 'No sequence of events leads there.', zh: '没有任何事件序列可以到达。' }

/** @returns at which step it ended early, and why */
async function goWalk(walking: Walking, { steps }: Walk): Promise<{ readonly step: number; readonly why: Text } | undefined> {
  const { desk, entity, platform } = walking
  let step = 0
  try {
    const arranger = platform.arrangers.get(entity.slug)
    const id = arranger?.make ? await arranger.make(desk, steps) : await makeDocument(walking, steps)
    for (; step < steps.length; step++) await goStep(walking, id, steps.slice(step))
    return undefined
  } catch (error) {
    if (!(error instanceof ProblemError) && !(error instanceof WalkError)) throw error
    return { step, why: sentenceOf(error) }
  }
}

function sentenceOf(error: ProblemError | WalkError): Text {
  if (error instanceof WalkError) return error.sentence
  const { message, findings = [] } = error.problem
  const told = [message, ...findings.map((finding) => finding.message)].filter(({ en }, index, all) => all.findIndex((other) => other.en === en) === index)
  return { en: told.map(({ en }) => en).join(' '), zh: told.map(({ zh }) => zh).join('') }
}

async function goStep(walking: Walking, id: string, steps: readonly WalkStep[]): Promise<void> {
  const { desk, entity, platform, compiled } = walking
  const [step, ...ahead] = steps
  if (!step) return
  const before = (await desk.store.require<string>(entity.slug, id)) as Row
  const definition = compiled.definition.events[step.event]
  const as = await senderOf(desk, entity, { event: step.event, roles: definition?.roles })
  const due = as === systemActor ? await dueOf(walking, id, step.event) : undefined
  // What guards ask is asked when the timer is due: what is brought about is brought about for then.
  if (due) desk.setClock(new Date(due.getTime() - 1))
  const arrange = platform.arrangers.get(entity.slug)?.before?.[step.event]
  const entered = (await arrange?.(desk, { id, document: before, step, ahead })) ?? {}
  await bringAbout(walking, id, steps)
  await desk.drain()
  const has = () => hasHappened(desk, { entity: entity.slug, id, event: step.event, after: Number(before.version) })
  if (await has()) return
  const configuration = compiled.configuration(String(workflowOf(before)?.state))
  if (configuration && isOutcome(configuration, step.event)) await decideAll(walking, { id, event: step.event, innermost: configuration.innermost })
  if (await has()) return
  if (due) await desk.drain(due)
  if (await has()) return
  await desk.send(entity.slug, id, step.event, { ...await entryFor(walking, id, step), ...entered, as })
  await desk.drain()
  // What follows by itself may have led it on already: then the next step finds it done, or is refused.
  if (ahead.length === 0 && await standsIn(walking, id) === undefined) throw new WalkError({ en: 'The document has no state any more.', zh: '单据已无状态。' })
}

/** When a timer or a deadline of the document sends the event. */
async function dueOf({ desk, entity }: Walking, id: string, event: string): Promise<Date | undefined> {
  const timers = await desk.store.find('work-items', { where: { and: [{ handler: { equals: timerHandler } }, { documentId: { equals: id } }, { status: { equals: 'pending' } }] }, sort: 'dueAt' })
  const timer = timers.find(({ data }) => (data as { readonly event?: string } | null)?.event === event)
  const workflow = workflowOf((await desk.store.require<string>(entity.slug, id)) as Row)
  const deadline = Object.values(workflow?.deadlines ?? {}).find(({ sla }) => sla.event === event)
  const due = timer?.dueAt ?? deadline?.due
  return due === undefined ? undefined : new Date(Date.parse(due) + 1_000)
}

async function hasHappened({ store }: Desk, { entity, id, event, after }: { readonly entity: string; readonly id: string; readonly event: string; readonly after: number }): Promise<boolean> {
  return (await store.count('history', { and: [{ entity: { equals: entity } }, { documentId: { equals: id } }, { event: { equals: event } }, { documentVersion: { greater_than: after } }] })) > 0
}

const stepFields = ['documentId', 'event', 'guards', 'stateBefore', 'definitionHash'] as const satisfies readonly (keyof History)[]

/** The arrows that documents took, by what their history says. */
async function transitionsTaken({ store }: Desk, entity: string, compiled: CompiledWorkflow): Promise<ReadonlySet<string>> {
  const { configuration: begin, effects } = compiled.initial
  const taken = new Set<string>(effects.transitions)
  const memories = new Map<string, Memory | undefined>()
  const steps = new Map<string, Step>()
  for (const { documentId, event, guards, stateBefore } of await store.findOnly('history', stepFields, { where: { and: [{ entity: { equals: entity } }, { definitionHash: { equals: compiled.hash } }] }, sort: 'documentVersion' })) {
    const memory = memories.has(documentId) ? memories.get(documentId) : begin.memory
    const configuration = stateBefore ? compiled.configuration(stateBefore, memory) : undefined
    if (!event || !configuration?.candidates.has(event)) continue
    const key = JSON.stringify([event, guards, stateBefore, memory])
    const step = steps.get(key) ?? take(compiled, { configuration, event, verdicts: (guards ?? {}) as Verdicts })
    steps.set(key, step)
    memories.set(documentId, step.snapshot.memory)
    for (const transition of step.transitions) taken.add(transition)
  }
  return taken
}
