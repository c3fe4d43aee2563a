import { expect } from 'vitest'
import { owner } from './running-front.ts'

type Sample = { readonly from: number; readonly to: number }
/** `isKeyed`: it carried an idempotency key. */
export type Failure = { readonly what: string; readonly isKeyed: boolean; readonly status: number | string; readonly text: string }

export type Clerks = {
  readonly failures: readonly Failure[]
  readonly samples: readonly Sample[]
  /** Part number → what must stand in it, by what was acknowledged. */
  readonly acknowledged: ReadonlyMap<string, Readonly<Record<string, unknown>>>
  /** From now on they also write this field. */
  readonly use: (field: string) => void
  readonly until: (more: number) => Promise<void>
  readonly stop: () => Promise<void>
}

/** Signs the owner in and founds a firm with one unit of measure. @returns headers of the session and the unit's id */
export async function foundFirm(url: string): Promise<{ headers: Record<string, string>; unit: string }> {
  const signedIn = await fetch(`${url}/api/users/login`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(owner) })
  const { token } = (await signedIn.json()) as { token: string }
  const headers = { authorization: `JWT ${token}`, 'content-type': 'application/json' }
  const create = async (entity: string, body: object) => {
    const answer = await fetch(`${url}/api/${entity}`, { method: 'POST', headers, body: JSON.stringify(body) })
    expect([answer.status, entity]).toEqual([201, entity])
    return ((await answer.json()) as { id: string }).id
  }
  await create('companies', { code: 'F', name: 'Firm', country: 'DE', currency: 'EUR', timeZone: 'Europe/Berlin' })
  return { headers, unit: await create('units', { code: 'pc', name: 'Piece', decimals: 0 }) }
}

/**
 * People who each create parts, change them, list, ask GraphQL and open a page, as fast as they are answered. Every second
 * write carries no idempotency key. What is acknowledged is remembered.
 */
export function busyClerks(urls: readonly string[], { clerks, headers, unit }: { clerks: number; headers: Record<string, string>; unit: string }): Clerks {
  let running = true
  let field: string | undefined
  const shift = crypto.randomUUID().slice(0, 6)
  const failures: Failure[] = []
  const samples: Sample[] = []
  const acknowledged = new Map<string, Record<string, unknown>>()

  const ask = async (what: string, url: string, init: { headers?: Record<string, string>; method?: string; body?: string }): Promise<unknown> => {
    const isKeyed = init.headers?.['idempotency-key'] !== undefined
    const from = performance.now()
    try {
      const answer = await fetch(url, { ...init, redirect: 'manual' })
      const text = await answer.text()
      samples.push({ from, to: performance.now() })
      if (answer.status < 400 && !text.includes('"errors"')) return text.startsWith('{') ? JSON.parse(text) : text
      failures.push({ what, isKeyed, status: answer.status, text: text.slice(0, 200) })
    } catch (error) {
      failures.push({ what, isKeyed, status: String((error as Error).cause ?? error), text: '' })
    }
    return undefined
  }

  const clerk = async (name: number) => {
    for (let turn = 0; running; turn++) {
      const url = urls[turn % urls.length] ?? ''
      const keyed = (): Record<string, string> => (turn % 2 ? { 'idempotency-key': crypto.randomUUID() } : {})
      const partNumber = `P-${shift}-${name}-${turn}`
      const created = (await ask('create', `${url}/api/parts`, {
        method: 'POST', headers: { ...headers, ...keyed() }, body: JSON.stringify({ partNumber, name: 'Part', unit, makeOrBuy: 'buy', tracking: 'none' }),
      })) as { id: string } | undefined
      if (!created) continue
      acknowledged.set(partNumber, { name: 'Part' })
      const used = field
      const change = { name: `Part ${turn}`, ...(used && { [used]: `${name} ${turn}` }) }
      if (await ask('edit', `${url}/api/parts/${created.id}`, { method: 'PATCH', headers: { ...headers, ...keyed() }, body: JSON.stringify(change) })) acknowledged.set(partNumber, change)
      if (turn % 3 === 0) await ask('list', `${url}/api/parts?limit=10&depth=0`, { headers })
      if (turn % 3 === 1) await ask('graphql', `${url}/api/graphql`, { method: 'POST', headers, body: JSON.stringify({ query: '{ Parts(limit: 5) { docs { partNumber } } }' }) })
      if (turn % 7 === 2) await ask('page', `${url}/admin/login`, {})
    }
  }
  const all = Array.from({ length: clerks }, (_, name) => clerk(name))
  return {
    failures, samples, acknowledged,
    use: (next) => { field = next },
    until: async (more) => {
      const goal = samples.length + more
      await expect.poll(() => samples.length, { timeout: 120_000, interval: 20 }).toBeGreaterThan(goal)
    },
    stop: async () => {
      running = false
      await Promise.all(all)
    },
  }
}

/** Every part as it is stored, by part number. */
export async function allParts(url: string, headers: Record<string, string>): Promise<Map<string, Record<string, unknown>>> {
  const found = new Map<string, Record<string, unknown>>()
  for (let page = 1; ; page++) {
    const answer = await fetch(`${url}/api/parts?limit=500&depth=0&sort=id&page=${page}`, { headers })
    const { docs, hasNextPage } = (await answer.json()) as { docs: Record<string, unknown>[]; hasNextPage: boolean }
    for (const part of docs) found.set(String(part.partNumber), part)
    if (!hasNextPage) return found
  }
}
