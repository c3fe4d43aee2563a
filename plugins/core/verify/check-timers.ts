import { dueAt } from '../../../workflows/engine/delays.ts'
import type { Row, Store } from '../data/store.ts'
import type { Platform } from '../platform/platform.ts'
import type { CheckResult } from '../platform/plugin.ts'
import { timerHandler } from '../workflow/timers.ts'
import { workflowOf } from '../workflow/pinned.ts'
import { title } from './check-history.ts'
import { definitionsByHash, type Definitions } from './check-states.ts'
import { openResult } from './check-result.ts'
import { inPages } from './pages.ts'

/**
 * A document that waits in a state with a delayed event has the timer that will send it. One whose time has come may have
 * sent it already, and its work item may be cleared away by now: only timers that are still to come are proved.
 */
export async function timersSet(store: Store, platform: Platform, { now }: { readonly now: string }): Promise<CheckResult> {
  const { fail, count, result } = openResult()
  const definitions = definitionsByHash(store, platform)
  const timeZones = new Map((await store.find('companies')).map(({ id, timeZone }) => [id, timeZone]))
  for (const entity of platform.entities.values()) {
    const current = platform.workflows.get(entity.slug)
    if (!current || !Object.values(current.definition.states).some(({ after }) => after)) continue
    for await (const page of inPages(store.stream<string>(entity.slug), 500)) {
      const items = await store.find('work-items', {
        where: { and: [{ handler: { equals: timerHandler } }, { documentId: { in: page.map(({ id }) => id) } }, { status: { not_equals: 'cancelled' } }] },
      })
      const known = new Set(items.map(({ documentId, data }) => `${documentId} ${String((data as { readonly key?: string } | null)?.key)}`))
      for (const document of page) {
        for (const { key, due } of await awaited({ document, now, timeZones, definitions })) {
          count()
          if (due > now && !known.has(`${document.id} ${key}`)) fail(`${entity.slug} ${title(document)}: no timer is set for ${key}, which is due at ${due}.`)
        }
      }
    }
  }
  return result()
}

type Awaiting = { readonly document: Row; readonly now: string; readonly timeZones: ReadonlyMap<string, string>; readonly definitions: Definitions }

/** What a document waits for by the definition it runs under. */
async function awaited({ document, now, timeZones, definitions }: Awaiting): Promise<{ readonly key: string; readonly due: string }[]> {
  const { state, definitionHash, since } = workflowOf(document) ?? {}
  const compiled = state && definitionHash ? await definitions(definitionHash) : undefined
  if (!state || !compiled) return []
  const timeZone = timeZones.get(String(document.company))
  return Object.keys(compiled.definition.states[state]?.after ?? {}).map((delay) => ({
    key: `${state}:${delay}`, due: dueAt(compiled, { delay, document, now: since ?? now, ...(timeZone ? { timeZone } : {}) }),
  }))
}
