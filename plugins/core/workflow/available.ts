import type { Payload } from 'payload'
import { availableEvents, requiredFacts, type AvailableEvent } from '../../../workflows/engine/available.ts'
import type { Actor } from '../access/actor.ts'
import { can } from '../access/can.ts'
import { placeOf } from '../commands/send.ts'
import { openStore } from '../data/open-store.ts'
import type { Row } from '../data/store.ts'
import { fail, failQuestion } from '../errors.ts'
import { platformOf } from '../platform/platform.ts'
import { loadFacts } from './facts.ts'
import { pinnedWorkflow, standing } from './pinned.ts'

const mostDocuments = 200

/**
 * What the actor may do with each document now, and why not: one query for the documents and a bounded number for the
 * facts, however many documents. Documents that are not there or may not be read are missing from the answer.
 */
export async function availableFor(
  payload: Payload, actor: Actor, slug: string, ids: readonly string[],
): Promise<ReadonlyMap<string, readonly AvailableEvent[]>> {
  const platform = platformOf(payload)
  const store = openStore(payload)
  const entity = platform.entities.get(slug) ?? fail('unknownEntity', { entity: slug })
  const { allowed, own } = can(actor, 'read', entity)
  if (!allowed) fail('forbidden', { action: { en: 'read', zh: '查看' }, entity: entity.labels })
  if (ids.length > mostDocuments) failQuestion('ids', { en: `Ask for at most ${mostDocuments} documents at once.`, zh: `一次最多查询 ${mostDocuments} 张单据。` })
  const found = [...(await store.byIds(slug, ids)).values()].filter((row) => !own || (row as Row).owner === actor.id) as Row[]

  const compiled = await Promise.all(found.map((document) => pinnedWorkflow(platform, store, slug, document)))
  const documents = found.map((document, index) => {
    const workflow = compiled[index]
    return workflow ? standing(document, workflow) : document
  })
  const names = documents.flatMap((document, index) => {
    const workflow = compiled[index]
    return workflow ? requiredFacts(workflow, placeOf(document)) : []
  })
  const facts = await loadFacts(platform, store, { entity: slug, documents, names })
  return new Map(documents.map((document, index) => {
    const workflow = compiled[index]
    const events = workflow ? availableEvents(workflow, { ...placeOf(document), document, facts: facts.get(document.id) ?? {}, roles: actor.roles }) : []
    return [document.id, events.filter(({ event }) => can(actor, 'send', entity, event).allowed)]
  }))
}
