import type { ApprovalDefinition } from '../../config/language/approval.ts'
import type { Refusal } from '../../config/language/refusal.ts'
import type { EventDefinition } from '../../config/language/workflow.ts'
import type { CompiledWorkflow } from './compile.ts'
import type { Configuration } from './configuration.ts'
import { refusals } from './messages.ts'
import { withAncestors } from './nodes.ts'
import { ownerRole, systemRole } from './registry.ts'

/** Whether only the platform sends the event: people never see it as a button. */
export function isSystemOnly(event: EventDefinition): boolean {
  return event.roles !== undefined && event.roles.every((role) => role === systemRole)
}

/** The refusal for a sender without a fitting role. The owner may send all that people may send; the platform is no person. */
export function roleRefusal({ compiled, event, roles }: { readonly compiled: CompiledWorkflow; readonly event: EventDefinition; readonly roles: readonly string[] }): Refusal | undefined {
  if (event.roles === undefined || event.roles.some((role) => roles.includes(role))) return undefined
  if (isSystemOnly(event)) return refusals.systemOnly(event.label)
  if (roles.includes(ownerRole)) return undefined
  const people = event.roles.filter((role) => role !== systemRole)
  return refusals.roleMissing({ event: event.label, roles: people.map((role) => compiled.registry.roles.get(role)?.label ?? { en: role, zh: role }) })
}

/** Whether an approval that holds the document decides by this event: then only the platform sends it. */
export function isOutcome({ innermost }: Pick<Configuration, 'innermost'>, event: string): boolean {
  return innermost.flatMap(withAncestors).some(({ definition: { approval } }) => approval !== undefined && outcomesOf(approval).includes(event))
}

/** The events by which an approval moves the document on. */
export const outcomesOf = ({ approved, rejected, returned }: ApprovalDefinition): string[] => [approved, rejected, ...(returned === undefined ? [] : [returned])]
