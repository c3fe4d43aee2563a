import type { SlaDefinition, WorkflowDefinition } from '../../../../config/language/workflow.ts'
import type { EntityDefinition } from '../../../../config/language/entity.ts'
import type { Text } from '../../../../config/language/text.ts'
import type { CompiledWorkflow } from '../../../../workflows/engine/compile.ts'
import { timersOf, type Deadline, type Effects } from '../../../../workflows/engine/machine.ts'
import { stateNodes, withAncestors } from '../../../../workflows/engine/nodes.ts'
import type { Actor } from '../../access/actor.ts'
import { can, hiddenFields } from '../../access/can.ts'
import { seatsFor } from '../../approvals/approvers.ts'
import { conditionHolds } from '../../approvals/condition.ts'
import { ofRole, ofUser, openChain, type Assignee } from '../../approvals/engine/chain.ts'
import { staffOf } from '../../approvals/staff.ts'
import { calendarFor } from '../../calendars/load-calendar.ts'
import type { CommandContext } from '../../commands/context.ts'
import type { Row } from '../../data/store.ts'
import { addSpan, spanBefore } from '../../engine/working-time.ts'
import { allFields } from '../../entities/system-fields.ts'
import { fail } from '../../errors.ts'
import type { Platform } from '../../platform/platform.ts'
import { namesOf } from '../names.ts'
import type { SimulatedApproval, SimulatedDeadline } from './simulation.ts'

type At = { readonly document: Row; readonly now: string }

/** What begins with the states that a document stands in, as though it had entered them now. */
export function begunIn(compiled: CompiledWorkflow, state: string): Pick<Effects, 'timers' | 'deadlines' | 'approvals'> {
  const active = [...new Set(compiled.configuration(state)?.innermost.flatMap(withAncestors))]
  return {
    timers: { start: active.flatMap(timersOf), cancel: [] },
    deadlines: { start: active.flatMap(({ path, definition: { sla } }): Deadline[] => (sla ? [{ key: path, sla }] : [])), cancel: [] },
    approvals: { open: active.filter(({ definition }) => definition.approval).map(({ path }) => path), close: [] },
  }
}

/** When a state that is entered at this moment has to be left. */
export async function deadlineInTrial(context: CommandContext, compiled: CompiledWorkflow, { key, sla, document, now }: Deadline & At): Promise<SimulatedDeadline> {
  return { key, label: labelOf(compiled, key), event: sla.event ?? null, ...await momentsOf(context, sla, { document, now }) }
}

async function momentsOf(context: CommandContext, { calendar: name, within, warn }: SlaDefinition, { document, now }: At): Promise<Pick<SimulatedDeadline, 'due' | 'warn'>> {
  const found = await calendarFor(context, name, document.company as string | null)
  try {
    const due = addSpan(found?.calendar, now, within)
    return { due, warn: warn === undefined ? null : spanBefore(found?.calendar, { start: now, due }, warn) }
  } catch (error) {
    // A calendar on which nobody ever works.
    if (error instanceof RangeError) return { due: null, warn: null }
    throw error
  }
}

type Asked = { readonly entity: EntityDefinition; readonly path: string; readonly document: Row; readonly lines: readonly Row[]; readonly submitter: string }

/** Who would be asked, step by step, if nothing changed until it is their turn. */
export async function approvalInTrial(context: CommandContext, compiled: CompiledWorkflow, { entity, path, document, lines, submitter }: Asked): Promise<SimulatedApproval | undefined> {
  const definition = compiled.nodes.get(path)?.definition.approval
  if (!definition) return undefined
  const staff = staffOf(context.store)
  const asking = { entity, document, lines, submitter, ownToo: definition.ownToo === true }
  const steps = await Promise.all(openChain(definition.steps).steps.map(async (step) => {
    const isAsked = await conditionHolds(context, entity, { when: step.when, document })
    return { step, seats: isAsked ? await seatsFor(context, staff, { step, asking }) : undefined }
  }))
  const people = steps.flatMap(({ seats = [] }) => seats.flatMap(({ assignee }) => (isUser(assignee) ? [assignee.slice(ofUser('').length)] : [])))
  const personOf = await namesOf(context.store, people)
  const nameOf = (assignee: Assignee): Text => {
    if (isUser(assignee)) return { en: personOf(assignee.slice(ofUser('').length)), zh: personOf(assignee.slice(ofUser('').length)) }
    const role = assignee.slice(ofRole('').length)
    return compiled.registry.roles.get(role)?.label ?? { en: role, zh: role }
  }
  return {
    key: path, label: labelOf(compiled, path), approved: definition.approved,
    steps: steps.map(({ step: { name, label, mode }, seats }) => ({ name, label, mode, asked: seats ? seats.map(({ assignee, instead = false }) => ({ name: nameOf(assignee), instead })) : null })),
  }
}

const isUser = (assignee: Assignee) => assignee.startsWith(ofUser(''))

/**
 * Whoever tries an approval out learns where its paths lead: they have to see every record on the way.
 * @throws ProblemError 403
 */
export function requireWaySeen({ entities }: Platform, actor: Actor, { entity, definition }: { readonly entity: EntityDefinition; readonly definition: WorkflowDefinition }): void {
  const lines = entity.lines && entities.get(entity.lines.entity)
  const approvers = [...stateNodes(definition).values()].flatMap((node) => (node.definition.approval?.steps ?? []).flatMap((step) => step.approvers))
  const ways = approvers.flatMap((one) => ('field' in one ? [[entity, one.field] as const] : 'managerOf' in one ? [[entity, one.managerOf] as const] : 'lineOwner' in one && lines ? [[lines, one.lineOwner] as const] : []))
  for (const [from, path] of ways) {
    let at: EntityDefinition | undefined = from
    for (const name of path.split('.')) {
      if (!at) break
      const { allowed, own } = can(actor, 'read', at)
      if (!allowed || (own && at !== entity) || hiddenFields(actor, at).size > 0) fail('simulationHidden', { entity: at.labels })
      at = entities.get(allFields(at).find((field) => field.name === name)?.to ?? '')
    }
  }
}

const labelOf = ({ nodes }: CompiledWorkflow, path: string): Text => nodes.get(path)?.definition.label ?? { en: path, zh: path }
