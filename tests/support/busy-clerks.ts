import { isDeepStrictEqual } from 'node:util'
import { owner } from './running-front.ts'

type Sample = { readonly from: number; readonly to: number }
type Values = Readonly<Record<string, unknown>>
/** `isKeyed`: it carried an idempotency key. */
export type Failure = { readonly what: string; readonly isKeyed: boolean; readonly status: number | string; readonly text: string }

/** What clerks work on. `question`: what GraphQL calls its list. */
export type Desk = {
  readonly entity: string
  readonly question: string
  /** The field that tells one record from another. */
  readonly key: string
  /** What they create, beside the key and the name; `turn` grows. */
  readonly create: (turn: number) => Values
  /** What must stand in a record that was created so. */
  readonly stands: (turn: number) => Values
}

export type Clerks = {
  readonly failures: readonly Failure[]
  readonly samples: readonly Sample[]
  /** Key of a record → what must stand in it, by what was acknowledged. */
  readonly acknowledged: ReadonlyMap<string, Values>
  /** From now on they also write this field. */
  readonly use: (field: string) => void
  readonly until: (more: number) => Promise<void>
  readonly stop: () => Promise<void>
}

/** Signs the owner in and founds a firm with one unit of measure. @returns headers of the session and the unit's id */
export async function foundFirm(url: string, account: { readonly email: string; readonly password: string } = owner): Promise<{ headers: Record<string, string>; unit: string }> {
  const signedIn = await fetch(`${url}/api/users/login`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(account) })
  const { token } = (await signedIn.json()) as { token: string }
  const headers = { authorization: `JWT ${token}`, 'content-type': 'application/json' }
  const create = async (entity: string, body: object) => {
    const answer = await fetch(`${url}/api/${entity}`, { method: 'POST', headers, body: JSON.stringify(body) })
    if (answer.status !== 201) throw new Error(`${entity}: ${answer.status} ${await answer.text()}`)
    return ((await answer.json()) as { id: string }).id
  }
  await create('companies', { code: 'F', name: 'Firm', country: 'DE', currency: 'EUR', timeZone: 'Europe/Berlin' })
  return { headers, unit: await create('units', { code: 'pc', name: 'Piece', decimals: 0 }) }
}

/** Parts, as they are shipped. */
export const partsDesk = (unit: string): Desk => ({
  entity: 'parts', question: 'Parts', key: 'partNumber', create: () => ({ unit, makeOrBuy: 'buy', tracking: 'none' }), stands: () => ({}),
})

type Inputs = {
  readonly clerks: number
  readonly headers: Record<string, string>
  readonly desk: Desk
  /** How long each rests between two records; absent: not at all. */
  readonly restMilliseconds?: number
}

/**
 * People who each create records, change them, list, ask GraphQL and open a page, as fast as they are answered or with a rest in between.
 * Every second write carries no idempotency key. What is acknowledged is remembered.
 */
export function busyClerks(urls: readonly string[], { clerks, headers, desk, restMilliseconds = 0 }: Inputs): Clerks {
  let running = true
  let field: string | undefined
  const { entity, question, key, stands } = desk
  const shift = crypto.randomUUID().slice(0, 6)
  const failures: Failure[] = []
  const samples: Sample[] = []
  const acknowledged = new Map<string, Values>()

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
      if (restMilliseconds > 0 && turn > 0) await new Promise((resolve) => setTimeout(resolve, restMilliseconds))
      const url = urls[turn % urls.length] ?? ''
      const keyed = (): Record<string, string> => (turn % 2 ? { 'idempotency-key': crypto.randomUUID() } : {})
      const named = `P-${shift}-${name}-${turn}`
      const created = (await ask('create', `${url}/api/${entity}`, {
        method: 'POST', headers: { ...headers, ...keyed() }, body: JSON.stringify({ ...desk.create(turn), name: 'Part', [key]: named }),
      })) as { id: string } | undefined
      if (!created) continue
      acknowledged.set(named, { ...stands(turn), ...(key !== 'name' && { name: 'Part' }) })
      const used = field
      // Where the name is the key, it stays.
      const change = { ...(key !== 'name' && { name: `Part ${turn}` }), ...(used && { [used]: `${name} ${turn}` }) }
      const changed = await ask('edit', `${url}/api/${entity}/${created.id}`, { method: 'PATCH', headers: { ...headers, ...keyed() }, body: JSON.stringify(change) })
      if (changed) acknowledged.set(named, { ...stands(turn), ...change })
      if (turn % 3 === 0) await ask('list', `${url}/api/${entity}?limit=10&depth=0`, { headers })
      if (turn % 3 === 1) await ask('graphql', `${url}/api/graphql`, { method: 'POST', headers, body: JSON.stringify({ query: `{ ${question}(limit: 5) { docs { ${key} } } }` }) })
      if (turn % 7 === 2) await ask('page', `${url}/admin/login`, {})
    }
  }
  const all = Array.from({ length: clerks }, (_, name) => clerk(name))
  return {
    failures, samples, acknowledged,
    use: (next) => { field = next },
    until: async (more) => {
      const goal = samples.length + more
      const deadline = performance.now() + 120_000
      while (samples.length <= goal) {
        if (performance.now() > deadline) throw new Error(`${goal - samples.length} answers are still awaited: ${JSON.stringify(failures.slice(-3))}`)
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    },
    stop: async () => {
      running = false
      await Promise.all(all)
    },
  }
}

/** Every record as it is stored, by its key. */
export async function allRecords(url: string, headers: Record<string, string>, { entity, key }: Pick<Desk, 'entity' | 'key'>): Promise<Map<string, Values>> {
  const found = new Map<string, Values>()
  for (let page = 1; ; page++) {
    const answer = await fetch(`${url}/api/${entity}?limit=500&depth=0&sort=id&page=${page}`, { headers })
    const { docs, hasNextPage } = (await answer.json()) as { docs: Values[]; hasNextPage: boolean }
    for (const record of docs) found.set(String(record[key]), record)
    if (!hasNextPage) return found
  }
}

/** Keys of acknowledged records that do not stand there as they must. */
export async function lostRecords({ acknowledged }: Pick<Clerks, 'acknowledged'>, url: string, headers: Record<string, string>, desk: Desk): Promise<readonly string[]> {
  const stored = await allRecords(url, headers, desk)
  return [...acknowledged].filter(([key, values]) => Object.entries(values).some(([field, value]) => !isDeepStrictEqual(stored.get(key)?.[field], value))).map(([key]) => key)
}
