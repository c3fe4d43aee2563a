import { owner } from '../running-front.ts'
import type { FaultWorld } from './world.ts'

/**
 * What a clerk has asked for and was told. `done`: acknowledged; `refused`: told that nothing was changed; `unknown`: neither
 * (the connection broke, or the answer says that nobody knows).
 */
export type Entry = {
  readonly entity: string
  readonly id: string
  /** Of the workflow; 'create' for the first. */
  readonly event: string
  readonly key: string | undefined
  readonly outcome: 'done' | 'refused' | 'unknown'
  /** Of the document after it. */
  readonly version?: number
  /** As many as of it were sent with the key. */
  readonly tries: number
}

export type Fault = { readonly what: string; readonly status: number | string; readonly text: string }

export type FaultClerks = {
  readonly journal: readonly Entry[]
  /** Answers that may not be, whatever is broken. */
  readonly faults: readonly Fault[]
  /** Answers by status or kind of breakage, for the report. */
  readonly answers: ReadonlyMap<string, number>
  readonly done: () => number
  /** Resolves after so many more acknowledged commands. */
  readonly until: (more: number, milliseconds?: number) => Promise<void>
  readonly stop: () => Promise<void>
}

type Answer = { readonly status: number | string; readonly text: string }
type Body = { readonly id?: string; readonly version?: number; readonly docs?: readonly { readonly id: string; readonly grandTotal?: string; readonly workflow?: { readonly state?: string } }[] }

/** Some answers may be waited for longer than the front lets a request wait. */
const patienceMilliseconds = 90_000

export async function signIn(url: string): Promise<Record<string, string>> {
  const answer = await fetch(`${url}/api/users/login`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(owner) })
  const { token = '' } = (await answer.json()) as { token?: string }
  return { authorization: `JWT ${token}`, 'content-type': 'application/json' }
}

/**
 * Clerks who take orders, deliver, invoice and get paid, one step after the other as fast as they are answered. Every second command
 * carries an idempotency key and is sent again with it until its outcome is known; of the others an unknown outcome stays so.
 */
export function faultClerks(url: string, { headers: first, world, clerks }: { headers: Record<string, string>; world: FaultWorld; clerks: number }): FaultClerks {
  let headers = first
  let running = true
  let done = 0
  let sent = 0
  const journal: Entry[] = []
  const faults: Fault[] = []
  const answers = new Map<string, number>()

  const ask = async (method: string, path: string, { body, key }: { body?: object; key?: string | undefined } = {}): Promise<Answer> => {
    const answer = await fetch(`${url}${path}`, {
      method, headers: { ...headers, ...(key !== undefined && { 'idempotency-key': key }) }, ...(body && { body: JSON.stringify(body) }), signal: AbortSignal.timeout(patienceMilliseconds),
    }).then(async (found) => ({ status: found.status, text: await found.text(), retryAfter: found.headers.get('retry-after') }), (error: Error) => ({ status: String((error.cause as { code?: string } | undefined)?.code ?? error.name), text: '', retryAfter: null }))
    const kind = typeof answer.status === 'number' && answer.status < 300 ? '2xx' : `${answer.status}${codeIn(answer.text)}`
    answers.set(kind, (answers.get(kind) ?? 0) + 1)
    if (answer.status === 500) faults.push({ what: `${method} ${path}`, ...answer })
    if (answer.status === 503 && answer.retryAfter === null) faults.push({ what: `${method} ${path} without Retry-After`, ...answer })
    return answer
  }

  /** @returns the answer to a command that was acknowledged; undefined when it was refused, or nobody knows. */
  const command = async (entry: Pick<Entry, 'entity' | 'id' | 'event'>, method: string, path: string, body: object): Promise<Body | undefined> => {
    const key = sent++ % 2 ? crypto.randomUUID() : undefined
    const until = Date.now() + patienceMilliseconds
    for (let tries = 1; ; tries++) {
      const answer = await ask(method, path, { body, key })
      const told = typeof answer.status === 'number' && answer.status < 300 ? JSON.parse(answer.text) as Body : undefined
      if (told) {
        done++
        journal.push({ ...entry, key, tries, outcome: 'done', version: Number(told.version) })
        return told
      }
      if (answer.status === 401 && tries < 5) {
        // The session is over: nothing was done.
        headers = await signIn(url)
        continue
      }
      const isUnknown = typeof answer.status === 'string' || answer.status === 502 || answer.status === 500
      const isLater = answer.status === 503 || answer.status === 507
      if (!isUnknown && !isLater) {
        // A command of a clerk alone is refused by no one.
        faults.push({ what: `${entry.event} ${entry.entity} ${entry.id}`, ...answer })
        journal.push({ ...entry, key, tries, outcome: 'refused' })
        return undefined
      }
      if (!running || Date.now() > until) {
        journal.push({ ...entry, key, tries, outcome: isUnknown || (key !== undefined && tries > 1) ? 'unknown' : 'refused' })
        return undefined
      }
      if (isUnknown && key === undefined) {
        journal.push({ ...entry, key, tries, outcome: 'unknown' })
        await pause(100)
        return undefined
      }
      await pause(150)
    }
  }
  const create = (entity: string, body: object) => {
    const id = crypto.randomUUID()
    return command({ entity, id, event: 'create' }, 'POST', `/api/${entity}`, { id, ...body }).then((told) => told && id)
  }
  const send = (entity: string, id: string, event: string) => command({ entity, id, event }, 'POST', `/api/${entity}/${id}/events/${event}`, {})
  const find = async (entity: string, field: string, id: string) => {
    const { status, text } = await ask('GET', `/api/${entity}?where[${field}][equals]=${id}&depth=0&limit=3`)
    return status === 200 ? (JSON.parse(text) as Body).docs ?? [] : []
  }

  const takeOrder = async (): Promise<string | undefined> => {
    const order = await create('sales-orders', { customer: world.customer, requestedDate: world.today, lines: [{ part: world.part, quantity: '1' }] })
    for (const event of ['submit', 'approve', 'deliver']) if (!order || !(await send('sales-orders', order, event))) return undefined
    const [delivery] = await find('deliveries', 'salesOrder', order ?? '')
    return delivery && (await send('deliveries', delivery.id, 'post')) ? order : undefined
  }
  const quote = async () => {
    const id = await create('quotes', { customer: world.customer, validUntil: '2099-12-31', lines: [{ part: world.part, quantity: '1' }] })
    if (id && (await send('quotes', id, 'send'))) await send('quotes', id, 'accept')
  }
  /** @returns false when the handler that drafts the invoice has not come to it yet. */
  const bePaid = async (order: string): Promise<boolean> => {
    const [invoice] = await find('invoices', 'salesOrder', order)
    if (!invoice) return false
    if (!(await send('invoices', invoice.id, 'post'))) return true
    const amount = invoice.grandTotal ?? '0'
    const payment = await create('payments', { direction: 'incoming', customer: world.customer, amount, paymentDate: world.today, lines: [{ invoice: invoice.id, amount }] })
    if (payment) await send('payments', payment, 'post')
    return true
  }

  const clerk = async (name: number) => {
    const delivered: string[] = []
    for (let turn = name; running; turn++) {
      if (turn % 3 === 0) await quote()
      const order = await takeOrder()
      if (order) delivered.push(order)
      const first = delivered[0]
      if (first && (await bePaid(first))) delivered.shift()
    }
  }
  const all = Array.from({ length: clerks }, (_, name) => clerk(name))
  return {
    journal, faults, answers, done: () => done,
    async until(more, milliseconds = 120_000) {
      const goal = done + more
      for (const deadline = Date.now() + milliseconds; done < goal;) {
        if (Date.now() > deadline) throw new Error(`${goal - done} of ${more} commands were not acknowledged within ${milliseconds / 1000} s; answers: ${JSON.stringify([...answers])}; ${JSON.stringify(faults.slice(-3))}`)
        await pause(20)
      }
    },
    async stop() {
      running = false
      await Promise.all(all)
    },
  }
}

const codeIn = (text: string) => ` ${/"name":"(\w+)"/.exec(text)?.[1] ?? ''}`.trimEnd()
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))
