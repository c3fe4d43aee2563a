import type { CollectionAfterChangeHook, CollectionAfterDeleteHook, PayloadRequest } from 'payload'
import { newId } from '../commands/context.ts'
import { storeOfRequest } from '../sign-ins/note-sign-in.ts'
import { ofUser } from './engine/chain.ts'
import { approvalHandler, type ApprovalWork } from './timers.ts'

/** Whoever is blocked decides nothing any more: what waits for them falls to others. */
export const replaceBlocked: CollectionAfterChangeHook = async ({ doc, previousDoc, req }) => {
  const [after, before] = [doc, previousDoc] as readonly { readonly id: string; readonly blocked?: boolean | null }[]
  if (after?.blocked && !before?.blocked) await leaveApprovals(req, after.id)
  return doc as unknown
}

export const replaceDeleted: CollectionAfterDeleteHook = async ({ id, req }) => leaveApprovals(req, String(id))

/** The runner does it: in the transaction that changes an account nobody waits for the documents of others. */
async function leaveApprovals(req: PayloadRequest, user: string): Promise<void> {
  const store = await storeOfRequest(req)
  const id = newId()
  const waiting = await store.count('approval-tasks', { and: [{ status: { equals: 'waiting' } }, { assignee: { equals: ofUser(user) } }] })
  if (waiting === 0) return
  await store.insert('work-items', {
    id, key: `vacate:${id}`, kind: 'timer', handler: approvalHandler, entity: 'users', documentId: user, documentVersion: 0, dueAt: new Date().toISOString(), attempts: 0, status: 'pending',
    data: { what: 'vacate', user } satisfies ApprovalWork,
  })
}
