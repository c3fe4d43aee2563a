import { approvalOf } from '../approvals/approval-row.ts'
import { openSeats } from '../approvals/engine/chain.ts'
import type { Row, Store } from '../data/store.ts'
import type { CheckResult } from '../platform/plugin.ts'
import { stateOf } from '../workflow/pinned.ts'
import { openResult } from './check-result.ts'
import { inPages } from './pages.ts'

/** Every approval that waits asks exactly those who are to decide, and its document stands where it is asked for. */
export async function approvalsAsk(store: Store): Promise<CheckResult> {
  const { fail, count, result } = openResult()
  for await (const page of inPages(store.stream('approvals', { status: { equals: 'waiting' } }), 200)) {
    const tasks = await store.find('approval-tasks', { where: { and: [{ approval: { in: page.map(({ id }) => id) } }, { status: { equals: 'waiting' } }] } })
    const documents = new Map<string, Row>()
    for (const entity of new Set(page.map((row) => row.entity))) for (const [id, row] of await store.byIds<string>(entity, page.filter((one) => one.entity === entity).map(({ documentId }) => documentId))) documents.set(id, row)
    for (const approval of page.map(approvalOf)) {
      count()
      const asked = tasks.filter((task) => task.approval === approval.id).map(({ seat, assignee }) => `${seat} ${assignee}`).sort()
      const wanted = openSeats(approval.chain).map(({ id, assignee }) => `${id} ${assignee}`).sort()
      if (wanted.length === 0 || wanted.join() !== asked.join()) fail(`${approval.entity} ${approval.documentId}: its approval waits for ${wanted.join(', ') || 'nobody'}, and ${asked.join(', ') || 'nobody'} is asked.`)
      const state = stateOf(documents.get(approval.documentId) ?? {})
      if (!state?.split('|').some((leaf) => leaf === approval.state || leaf.startsWith(`${approval.state}.`))) fail(`${approval.entity} ${approval.documentId}: an approval waits for its state ${approval.state}, and it stands in ${state ?? 'none'}.`)
    }
  }
  return result()
}
