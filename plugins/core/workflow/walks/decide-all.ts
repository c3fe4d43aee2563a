import type { Configuration } from '../../../../workflows/engine/configuration.ts'
import { withAncestors } from '../../../../workflows/engine/nodes.ts'
import { decideApproval } from '../../approvals/decide.ts'
import { waitingFor } from '../../approvals/waiting.ts'
import type { Walking } from './bring-about.ts'

/** More seats than a chain has. */
const mostDecisions = 100

/** Has everyone who is asked about a document decide so that the approval ends with this event, as colleagues of their roles. */
export async function decideAll({ desk, compiled }: Walking, { id, event, innermost }: { readonly id: string; readonly event: string; readonly innermost: Configuration['innermost'] }): Promise<void> {
  const terms = innermost.flatMap(withAncestors).flatMap(({ definition: { approval } }) => (approval ? [approval] : []))
  const decision = terms.some(({ approved }) => approved === event) ? 'approve' : terms.some(({ rejected }) => rejected === event) ? 'reject' : 'return'
  const people = ['owner', ...compiled.registry.roles.keys()].filter((role, index, all) => role !== 'system' && all.indexOf(role) === index)
  for (let made = 0; made < mostDecisions; made++) {
    let isDecided = false
    for (const [role, isColleague] of people.flatMap((one) => [[one, false], [one, true]] as const)) {
      const actor = await desk.person(role, isColleague)
      const { rows } = await waitingFor(desk.payload, { actor, language: 'en' })
      const row = rows.find(({ documentId }) => documentId === id)
      if (!row) continue
      await decideApproval(desk.payload, actor, { approval: row.approval, seat: row.seat, hash: row.hash, decision, comment: 'Tried out' }, { now: desk.now().toISOString() })
      isDecided = true
      break
    }
    if (!isDecided) return
  }
}
