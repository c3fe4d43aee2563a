import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { MongoClient } from 'mongodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { relation, text } from '../../config/language/fields.ts'
import { allParts, busyClerks, foundFirm } from '../support/busy-clerks.ts'
import { startFront, type RunningFront } from '../support/running-front.ts'

/** `TEST_BUDGET=full` publishes as often as the figures in docs/operations.md are of. */
const publishes = process.env.TEST_BUDGET === 'full' ? 20 : 3
const clerksAtWork = 10
const mongo = mongoUrl()

describe.each([
  ['SQLite', {}],
  ...(mongo ? [['MongoDB', { DATABASE_URL: mongo }] as const] : []),
] as const)('the platform on %s behind its front', (name, env: Record<string, string>) => {
  let front: RunningFront
  let firm: Awaited<ReturnType<typeof foundFirm>>
  let revision = 0
  const fields = Array.from({ length: publishes }, (_, index) => text(`note${index + 1}`, { en: `Note ${index + 1}`, zh: `备注 ${index + 1}` }))

  beforeAll(async () => {
    front = await startFront(env)
    firm = await foundFirm(front.url)
  })
  afterAll(async () => {
    expect(await front?.stop()).toBe(0)
    if (env.DATABASE_URL) await drop(env.DATABASE_URL)
  })

  it('says what its start and its memory cost', async () => {
    const { pid } = await front.status()
    console.log(`${name}: first start ${front.readyMs} ms; memory of front and application ${rss(front.pid) + rss(Number(pid))} MB`)
    expect(await front.status()).toMatchObject({ state: 'serving', revision: 0, crashed: 0 })
  })

  it(`a field is added to parts ${publishes} times under ${clerksAtWork} busy people: no request and no acknowledged write is lost`, { timeout: 60_000 + publishes * 40_000 }, async () => {
    const clerks = busyClerks([front.url], { clerks: clerksAtWork, ...firm })
    await clerks.until(200)
    const switches: { from: number; to: number; readyMs: number; gapMs: number }[] = []
    const begun = performance.now()
    let early = { descriptors: 0, rss: 0 }
    for (const [index, field] of fields.entries()) {
      const { readyMs, gapMs, revision: now } = await front.publish(revision, fields.slice(0, index + 1))
      const to = performance.now()
      switches.push({ from: to - gapMs, to, readyMs, gapMs })
      expect(now).toBe(++revision)
      clerks.use(field.name)
      await clerks.until(100)
      if (index === Math.min(2, publishes - 2)) early = { descriptors: front.descriptors(), rss: rss(front.pid) }
    }
    await clerks.stop()
    const late = { descriptors: front.descriptors(), rss: rss(front.pid) }
    const isIn = (sample: { from: number; to: number }, span: { from: number; to: number }) => sample.from < span.to && sample.to > span.from
    const quiet = clerks.samples.filter(({ to }) => to < begun)
    const switching = clerks.samples.filter((sample) => switches.some((span) => isIn(sample, span)))
    const booting = clerks.samples.filter((sample) => sample.to >= begun && !switches.some((span) => isIn(sample, span)))
    console.log([
      `${name}: ${clerks.samples.length} requests, ${clerks.acknowledged.size} parts, ${publishes} publishes`,
      `publish to ready ${range(switches.map(({ readyMs }) => readyMs))} ms, requests held ${range(switches.map(({ gapMs }) => gapMs))} ms`,
      `p99 quiet/boot/switch ${p99(quiet)}/${p99(booting)}/${p99(switching)} ms`,
      `front: descriptors ${early.descriptors} → ${late.descriptors}, memory ${early.rss} → ${late.rss} MB`,
    ].join('; '))
    expect(clerks.failures).toEqual([])
    const stored = await allParts(front.url, firm.headers)
    const lost = [...clerks.acknowledged].filter(([partNumber, values]) => Object.entries(values).some(([field, value]) => stored.get(partNumber)?.[field] !== value))
    expect(lost).toEqual([])
    expect([...clerks.acknowledged.values()].filter((values) => fields.some(({ name: field }) => field in values)).length).toBeGreaterThan(50)
    expect(late.descriptors).toBeLessThan(early.descriptors + 30)
    expect(late.rss).toBeLessThan(early.rss + 40)
  })

  it('a broken revision changes nothing', async () => {
    const { pid } = await front.status()
    const broken = relation('nowhere', { en: 'Nowhere', zh: '无处' }, { to: 'nothing' })
    const refused = await front.control('POST', '/publish', { base: revision, inputs: { fields: { parts: [...fields, broken] } } })
    expect(refused.status).toBe(422)
    expect(await refused.text()).toContain('refers to \\"nothing\\", which does not exist')
    const lossy = await front.control('POST', '/publish', { base: revision, inputs: { fields: { parts: fields.slice(1) } } })
    expect([lossy.status, await lossy.text()]).toEqual([422, expect.stringContaining('was published and may hold data')])
    const late = await front.control('POST', '/publish', { base: 0, inputs: { fields: {} } })
    expect(late.status).toBe(409)
    expect(await front.status()).toMatchObject({ pid, revision, state: 'serving' })
    const part = await fetch(`${front.url}/api/parts`, { method: 'POST', headers: firm.headers, body: JSON.stringify({ partNumber: 'after', name: 'After', unit: firm.unit, makeOrBuy: 'buy', tracking: 'none', note1: 'there' }) })
    expect(part.status).toBe(201)
  })

  it('the application is killed under load: only a write without a key may fail, and says so; acknowledged writes are there, and it is back', { timeout: 240_000 }, async () => {
    const clerks = busyClerks([front.url], { clerks: 4, ...firm })
    await clerks.until(40)
    const { pid, crashed } = await front.status()
    process.kill(Number(pid), 'SIGKILL')
    await clerks.until(60)
    await clerks.stop()
    const unknown = (what: string, isKeyed: boolean) => expect.objectContaining({ what, isKeyed, status: 502, text: expect.stringContaining('outcomeUnknown') as string }) as object
    for (const failure of clerks.failures) expect([unknown('create', false), unknown('edit', false)]).toContainEqual(failure)
    // Each clerk had one request on its way.
    expect(clerks.failures.length).toBeLessThanOrEqual(4)
    const stored = await allParts(front.url, firm.headers)
    for (const [partNumber, values] of clerks.acknowledged) expect(stored.get(partNumber)).toMatchObject({ name: expect.stringMatching(`^${String(values.name)}`) as string })
    expect(await front.status()).toMatchObject({ state: 'serving', crashed: crashed + 1, revision })
  })

  it('a body that is too large is refused before the application', async () => {
    const refused = await fetch(`${front.url}/api/parts`, { method: 'POST', headers: firm.headers, body: Buffer.alloc(11 * 1_048_576, 'x') })
    expect(refused.status).toBe(413)
    expect(await refused.text()).toContain('BODY_LIMIT_MB')
  })

  it.runIf(env.DATABASE_URL)('a second host follows what the first publishes, and its people lose nothing', { timeout: 180_000 }, async () => {
    const second = await startFront(env)
    try {
      expect((await second.status()).revision).toBe(revision)
      const clerks = busyClerks([front.url, second.url], { clerks: 4, ...firm })
      await clerks.until(40)
      const more = text('shared', { en: 'Shared', zh: '共享' })
      await front.publish(revision, [...fields, more])
      revision++
      clerks.use('shared')
      await expect.poll(async () => (await second.status()).revision, { timeout: 60_000 }).toBe(revision)
      await clerks.until(60)
      await clerks.stop()
      expect(clerks.failures.filter(({ text: why }) => !why.includes('unknownField'))).toEqual([])
      const stored = await allParts(second.url, firm.headers)
      const lost = [...clerks.acknowledged].filter(([partNumber, values]) => Object.entries(values).some(([field, value]) => stored.get(partNumber)?.[field] !== value))
      expect(lost).toEqual([])
    } finally {
      await second.stop()
    }
  })
})

function mongoUrl(): string | undefined {
  if (!process.env.MONGODB_URI) return undefined
  const url = new URL(process.env.MONGODB_URI)
  url.pathname = `/trellis-test-${randomBytes(6).toString('hex')}`
  return url.href
}

async function drop(url: string) {
  const client = new MongoClient(url, { serverSelectionTimeoutMS: 5000 })
  try {
    await client.db().dropDatabase()
  } finally {
    await client.close()
  }
}

const p99 = (samples: readonly { from: number; to: number }[]) => {
  const sorted = samples.map(({ from, to }) => to - from).sort((left, right) => left - right)
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.99))] ?? 0)
}
const range = (values: readonly number[]) => `${Math.min(...values)}–${Math.max(...values)}`

/** Resident memory of a process in MB; 0 where the system does not tell. */
function rss(pid: number): number {
  try {
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024)
  } catch {
    return 0
  }
}
