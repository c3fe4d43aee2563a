import type { ApproverDefinition } from '../../../config/language/approval.ts'
import type { EntityDefinition } from '../../../config/language/entity.ts'
import type { CommandContext } from '../commands/context.ts'
import type { Row } from '../data/store.ts'
import { allFields } from '../entities/system-fields.ts'
import { ofRole, ofUser, type ChainStep, type Seat } from './engine/chain.ts'
import type { Staff } from './staff.ts'

export type Asking = {
  readonly entity: EntityDefinition
  readonly document: Row
  readonly lines: readonly Row[]
  /** Who has asked for the approval. */
  readonly submitter: string
  readonly ownToo: boolean
}

type NewSeat = Pick<Seat, 'assignee' | 'instead'>

/**
 * Who sits at a step. Whoever is named and cannot decide (blocked, gone, without the right to read, the one who asks) is
 * replaced by those it escalates to, so that no approval becomes easier by someone's absence.
 */
export async function seatsFor(context: CommandContext, staff: Staff, { step, asking }: { readonly step: ChainStep; readonly asking: Asking }): Promise<NewSeat[]> {
  const named = (await Promise.all(step.approvers.map((approver) => namedBy(context, staff, { approver, asking, isRoleOpen: step.mode === 'any' })))).flat()
  const replaced = { assignee: ofRole(step.escalate?.to ?? 'owner'), instead: true as const }
  if (named.length === 0) return [replaced]
  const people = await staff.byIds(named.flatMap((one) => (one.user === undefined ? [] : [one.user])))
  const seats = await Promise.all(named.map(async ({ user, role }): Promise<NewSeat> => {
    if (role !== undefined) return (await anyoneElse(staff, role, asking)) ? { assignee: ofRole(role) } : replaced
    const colleague = people.get(user)
    const isAble = colleague && !colleague.blocked && (asking.ownToo || user !== asking.submitter) && (await staff.mayRead(colleague, asking.entity, asking.document))
    return isAble ? { assignee: ofUser(user) } : replaced
  }))
  // The first of several decides: those who can are enough.
  const able = seats.filter(({ instead }) => !instead)
  return step.mode === 'any' && able.length > 0 ? able : seats
}

/** Whether someone holds the role who can decide. */
async function anyoneElse(staff: Staff, role: string, { entity, document, submitter, ownToo }: Asking): Promise<boolean> {
  for (const holder of await staff.holders(role)) {
    if ((ownToo || holder.id !== submitter) && (await staff.mayRead(holder, entity, document))) return true
  }
  return false
}

type Named = { readonly user: string; readonly role?: undefined } | { readonly role: string; readonly user?: undefined }

/** `isRoleOpen`: whoever holds the role when it is decided; otherwise everyone who holds it now is asked. */
async function namedBy(context: CommandContext, staff: Staff, { approver, asking, isRoleOpen }: { readonly approver: ApproverDefinition; readonly asking: Asking; readonly isRoleOpen: boolean }): Promise<Named[]> {
  const { entity, document, lines, submitter, ownToo } = asking
  if ('users' in approver) return approver.users.map((user) => ({ user }))
  if ('role' in approver) {
    if (isRoleOpen) return [{ role: approver.role }]
    // Whoever asks has no vote of their own, and is not replaced either.
    const holders = (await staff.holders(approver.role)).filter(({ id }) => ownToo || id !== submitter)
    return holders.length > 0 ? holders.map(({ id }) => ({ user: id })) : [{ role: approver.role }]
  }
  if ('field' in approver) return named(await usersAt(context, entity, { rows: [document], path: approver.field }))
  if ('lineOwner' in approver) {
    const lineEntity = entity.lines && context.entity(entity.lines.entity)
    return lineEntity ? named(await usersAt(context, lineEntity, { rows: lines, path: approver.lineOwner })) : []
  }
  const [of] = approver.managerOf === 'submitter' ? [submitter] : await usersAt(context, entity, { rows: [document], path: approver.managerOf })
  // A place at the table for each that is named, also where nobody is found: it then falls to others.
  return [{ user: (of && (await staff.byIds([of])).get(of)?.manager) || nobody }]
}

const named = (users: readonly (string | null)[]): Named[] => [...new Set(users)].map((user) => ({ user: user ?? nobody }))

/** No account has it. */
const nobody = ''

/** The users that a path of references leads to, one for each row; null where it ends before. One query a reference. */
async function usersAt(context: CommandContext, entity: EntityDefinition, { rows, path }: { readonly rows: readonly Row[]; readonly path: string }): Promise<(string | null)[]> {
  const [name = '', ...rest] = path.split('.')
  const to = allFields(entity).find((field) => field.name === name)?.to
  const ids = rows.map((row) => (typeof row[name] === 'string' ? row[name] : null))
  if (rest.length === 0 || to === undefined || to === 'users') return ids
  const next = await context.store.byIds<string>(to, ids)
  const found = await usersAt(context, context.entity(to), { rows: [...next.values()], path: rest.join('.') })
  const byId = new Map([...next.keys()].map((id, index) => [id, found[index] ?? null]))
  return ids.map((id) => (id === null ? null : byId.get(id) ?? null))
}

/** Whether such a path leads to a user; for the check of definitions. */
export function leadsToUser(entities: ReadonlyMap<string, EntityDefinition>, entity: EntityDefinition, path: string): boolean {
  const [name, ...rest] = path.split('.')
  const field = allFields(entity).find((one) => one.name === name)
  if (field?.type !== 'relation' || field.many || field.to === undefined) return false
  if (field.to === 'users') return rest.length === 0
  const next = entities.get(field.to)
  return next !== undefined && rest.length > 0 && leadsToUser(entities, next, rest.join('.'))
}
