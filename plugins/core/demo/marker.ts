import { newId } from '../commands/context.ts'
import type { Store } from '../data/store.ts'

/** `begun`: loading was interrupted, or is under way. */
export type DemoState = 'none' | 'begun' | 'loaded'

/** Whether the data of this platform is the demo firm: only then may all of it be cleared. */
export async function demoState(store: Store): Promise<DemoState> {
  const marks = await store.find('external-keys', { where: { source: { equals: source } } })
  if (marks.some(({ externalId }) => externalId === 'loaded')) return 'loaded'
  return marks.length > 0 ? 'begun' : 'none'
}

export async function markDemo(store: Store, state: Exclude<DemoState, 'none'>): Promise<void> {
  await store.insert('external-keys', { id: newId(), source, entity: 'companies', externalId: state, documentId: source })
}

const source = 'demo-firm'
