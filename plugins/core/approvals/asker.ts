import type { Where } from 'payload'
import { systemActor } from '../access/actor.ts'
import type { CommandContext } from '../commands/context.ts'
import type { Row } from '../data/store.ts'

/** A person as approvals name who has asked. */
export type Asker = { readonly id: string; readonly name: string }

/**
 * `hand`: a person has taken the step. `consequence`: it follows from what a person did elsewhere (a decision, another document's step).
 * `platform`: nobody has (a deadline, a migration), whoever the command runs as.
 */
export type Initiative = 'hand' | 'consequence' | 'platform'

type Subject = { readonly entity: string; readonly document: Row; readonly initiative: Initiative }

/**
 * Who asks for an approval that begins: whoever takes the step by hand. What follows from a decision or from time asks on, in the name of
 * whoever asked before, so that nobody comes to decide on their own document by way of the platform.
 */
export async function askerOf(context: CommandContext, { entity, document, initiative }: Subject): Promise<Asker> {
  const { actor, store, now } = context
  const isPerson = actor.id !== systemActor.id && !actor.isAnyone
  if (isPerson && initiative === 'hand') return actor
  const ofDocument: Where[] = [{ entity: { equals: entity } }, { documentId: { equals: document.id } }]
  const asked = await store.findOnly('approvals', ['submitter', 'submitterName', 'status', 'endedAt'], { where: { and: ofDocument }, sort: '-at' })
  const askedOn = asked.find(({ endedAt }) => endedAt === now) ?? asked.find(({ status }) => status === 'waiting')
  // A person's other command asks anew, unless it has just decided or ended what was asked.
  if (isPerson && initiative === 'consequence' && !askedOn) return actor
  const before = askedOn ?? asked[0]
  if (before?.submitter) return { id: before.submitter, name: before.submitterName ?? '' }
  const owner = typeof document.owner === 'string' ? document.owner : undefined
  const byHand: Where = { and: [...ofDocument, { actor: { not_equals: systemActor.id } }, { action: { not_equals: 'migrate' } }] }
  const [step] = owner === undefined ? await store.find('history', { where: byHand, sort: '-documentVersion', limit: 1 }) : []
  const id = owner ?? step?.actor
  if (!id) return actor
  const [colleague] = (await store.byIds('users', [id])).values()
  return { id, name: String((colleague as { readonly name?: string } | undefined)?.name ?? step?.actorName ?? '') }
}
