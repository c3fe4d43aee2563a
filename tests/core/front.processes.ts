import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { MongoClient } from 'mongodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { integer, relation, table, text } from '../../config/language/fields.ts'
import type { RevisionInputs } from '../../config/language/revision.ts'
import { allRecords, busyClerks, foundFirm, lostRecords, partsDesk, type Desk } from '../support/busy-clerks.ts'
import { configurationAfter, uploadReport, visitsDesk } from '../support/form-configurations.ts'
import { startFront, type RunningFront } from '../support/running-front.ts'

/** `TEST_BUDGET=full` publishes as often as the figures in docs/operations.md are of. */
const publishes = process.env.TEST_BUDGET === 'full' ? 20 : 3
const clerksAtWork = 10
/** They leave the two cores to what is begun meanwhile, but with the full budget. */
const restMilliseconds = process.env.TEST_BUDGET === 'full' ? 0 : 50
const mongo = mongoUrl()

describe.each([
  ['SQLite', {}],
  ...(mongo ? [['MongoDB', { DATABASE_URL: mongo }] as const] : []),
] as const)('the platform on %s behind its front', (name, env: Record<string, string>) => {
  let front: RunningFront
  let firm: Awaited<ReturnType<typeof foundFirm>>
  let parts: Desk
  let revision = 0
  const configuration = configurationAfter(publishes)

  beforeAll(async () => {
    front = await startFront(env)
    firm = await foundFirm(front.url)
    parts = partsDesk(firm.unit)
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

  it(`fields, rules and an entity with a table and a file are published in ${publishes} steps under ${clerksAtWork} busy people: no request and no acknowledged write is lost`, { timeout: 60_000 + publishes * 40_000 }, async () => {
    const { headers } = firm
    const report = 'It turns.'
    const visits = visitsDesk(await uploadReport(front.url, headers, report), report.length)
    const atParts = busyClerks([front.url], { clerks: clerksAtWork / 2, headers, restMilliseconds, desk: parts })
    await atParts.until(100)
    // There is nothing to visit before it is published.
    let atVisits: typeof atParts | undefined
    const switches: { from: number; to: number; readyMs: number; gapMs: number }[] = []
    const begun = performance.now()
    let early = { descriptors: 0, rss: 0 }
    for (let step = 1; step <= publishes; step++) {
      // As the panel says while someone prepares it.
      if (step % 2 === 0) expect((await front.control('POST', '/expect')).status).toBe(202)
      const { spare } = await front.status()
      const { readyMs, gapMs, revision: now } = await front.publish(revision, configurationAfter(step))
      expect(spare === null ? step % 2 : (await front.status()).pid).toBe(spare ?? 1)
      const to = performance.now()
      switches.push({ from: to - gapMs, to, readyMs, gapMs })
      expect(now).toBe(++revision)
      atVisits ??= busyClerks([front.url], { clerks: clerksAtWork / 2, headers, restMilliseconds, desk: visits })
      for (const clerks of [atParts, atVisits]) clerks.use(`note${step}`)
      await Promise.all([atParts.until(50), atVisits.until(50)])
      if (step === Math.min(3, publishes - 1)) early = { descriptors: front.descriptors(), rss: rss(front.pid) }
    }
    const both = [atParts, atVisits ?? expect.fail('nothing was published')]
    for (const clerks of both) await clerks.stop()
    const late = { descriptors: front.descriptors(), rss: rss(front.pid) }
    const samples = both.flatMap((clerks) => clerks.samples)
    const isIn = (sample: { from: number; to: number }, span: { from: number; to: number }) => sample.from < span.to && sample.to > span.from
    const quiet = samples.filter(({ to }) => to < begun)
    const switching = samples.filter((sample) => switches.some((span) => isIn(sample, span)))
    const booting = samples.filter((sample) => sample.to >= begun && !switches.some((span) => isIn(sample, span)))
    console.log([
      `${name}: ${samples.length} requests, ${atParts.acknowledged.size} parts, ${both[1]?.acknowledged.size ?? 0} visits, ${publishes} publishes`,
      `publish to ready ${range(switches.map(({ readyMs }) => readyMs))} ms, requests held ${range(switches.map(({ gapMs }) => gapMs))} ms`,
      `p99 quiet/boot/switch ${p99(quiet)}/${p99(booting)}/${p99(switching)} ms`,
      `front: descriptors ${early.descriptors} → ${late.descriptors}, memory ${early.rss} → ${late.rss} MB`,
    ].join('; '))
    for (const [index, clerks] of both.entries()) {
      expect(clerks.failures).toEqual([])
      expect(await lostRecords(clerks, front.url, headers, index === 0 ? parts : visits)).toEqual([])
      expect([...clerks.acknowledged.values()].filter((values) => Object.keys(values).some((field) => field.startsWith('note'))).length).toBeGreaterThan(20)
    }
    expect(late.descriptors).toBeLessThan(early.descriptors + 30)
    expect(late.rss).toBeLessThan(early.rss + 40)
  })

  it('a broken revision changes nothing', async () => {
    const { pid } = await front.status()
    const broken = relation('nowhere', { en: 'Nowhere', zh: '无处' }, { to: 'nothing' })
    const refused = await front.control('POST', '/publish', { base: revision, inputs: withParts(broken) })
    expect(refused.status).toBe(422)
    expect(await refused.text()).toContain('refers to \\"nothing\\", which does not exist')
    const lossy = await front.control('POST', '/publish', { base: revision, inputs: { ...configuration, forms: {}, fields: { ...configuration.fields, parts: configuration.fields.parts.slice(1) } } })
    expect([lossy.status, await lossy.text()]).toEqual([422, expect.stringContaining('was published and may hold data')])
    const late = await front.control('POST', '/publish', { base: 0, inputs: { fields: {} } })
    expect(late.status).toBe(409)
    expect(await front.status()).toMatchObject({ pid, revision, state: 'serving' })
    const part = await fetch(`${front.url}/api/parts`, { method: 'POST', headers: firm.headers, body: JSON.stringify({ partNumber: 'after', name: 'After', unit: firm.unit, makeOrBuy: 'buy', tracking: 'none', note1: 'there' }) })
    expect(part.status).toBe(201)
  })

  it('the application is killed under load: only a write without a key may fail, and says so; acknowledged writes are there, and it is back', { timeout: 240_000 }, async () => {
    const clerks = busyClerks([front.url], { clerks: 4, headers: firm.headers, restMilliseconds, desk: parts })
    await clerks.until(40)
    const { pid, crashed } = await front.status()
    process.kill(Number(pid), 'SIGKILL')
    await clerks.until(60)
    await clerks.stop()
    const unknown = (what: string, isKeyed: boolean) => expect.objectContaining({ what, isKeyed, status: 502, text: expect.stringContaining('outcomeUnknown') as string }) as object
    for (const failure of clerks.failures) expect([unknown('create', false), unknown('edit', false)]).toContainEqual(failure)
    // Each clerk had one request on its way.
    expect(clerks.failures.length).toBeLessThanOrEqual(4)
    const stored = await allRecords(front.url, firm.headers, parts)
    for (const [partNumber, values] of clerks.acknowledged) expect(stored.get(partNumber)).toMatchObject({ name: expect.stringMatching(`^${String(values.name)}`) as string })
    expect(await front.status()).toMatchObject({ state: 'serving', crashed: crashed + 1, revision })
  })

  it('a body that is too large is refused before the application', async () => {
    const refused = await fetch(`${front.url}/api/parts`, { method: 'POST', headers: firm.headers, body: Buffer.alloc(11 * 1_048_576, 'x') })
    expect(refused.status).toBe(413)
    expect(await refused.text()).toContain('BODY_LIMIT_MB')
  })

  describe.runIf(env.DATABASE_URL)('a second host', () => {
    let second: RunningFront
    const shared = text('shared', { en: 'Shared', zh: '共享' })
    beforeAll(async () => { second = await startFront(env) })
    afterAll(() => second?.stop())

    it('follows what the first publishes, and its people lose nothing', { timeout: 180_000 }, async () => {
      expect((await second.status()).revision).toBe(revision)
      const clerks = busyClerks([front.url, second.url], { clerks: 4, headers: firm.headers, restMilliseconds, desk: parts })
      await clerks.until(40)
      await front.publish(revision, withParts(shared))
      revision++
      clerks.use('shared')
      await expect.poll(async () => (await second.status()).revision, { timeout: 60_000 }).toBe(revision)
      await clerks.until(60)
      await clerks.stop()
      expect(clerks.failures).toEqual([])
      expect(await lostRecords(clerks, second.url, firm.headers, parts)).toEqual([])
    })

    it('lets nobody write by what was in force before the first has published: fields, rules and entities', { timeout: 180_000 }, async () => {
      const ask = (to: RunningFront, path: string, body: object) => fetch(`${to.url}/api/${path}`, { method: 'POST', headers: firm.headers, body: JSON.stringify(body) })
      const part = (partNumber: string, more: object = {}) => ({ ...parts.create(0), partNumber, name: 'Part', ...more })
      const why = { en: 'Say where it comes from.', zh: '请填写产地。' }
      const base = withParts(shared, text('origin', { en: 'Origin', zh: '产地' }))
      const inputs: RevisionInputs = {
        ...base,
        entities: { ...base.entities, 'own-checks': { label: { en: 'Check', zh: '检查' }, labels: { en: 'Checks', zh: '检查' }, prefix: 'CH' } },
        fields: { ...base.fields, 'own-checks': [table('readings', { en: 'Readings', zh: '读数' }, { columns: [text('what', { en: 'What', zh: '内容' }), integer('value', { en: 'Value', zh: '数值' })] })] },
        forms: { ...base.forms, parts: { rules: { ...base.forms?.parts?.rules, origin: { required: { when: 'true', message: why } } } } },
      }
      const answers: { readonly partNumber: string; readonly from: number; readonly status: number; readonly text: string }[] = []
      let isWriting = true
      const writers = Array.from({ length: 4 }, async (_, writer) => {
        for (let turn = 0; isWriting; turn++) {
          const partNumber = `W-${writer}-${turn}`
          const from = performance.now()
          const answer = await ask(second, 'parts', part(partNumber))
          answers.push({ partNumber, from, status: answer.status, text: await answer.text() })
          await new Promise((resolve) => setTimeout(resolve, restMilliseconds))
        }
      })
      await expect.poll(() => answers.length, { timeout: 60_000 }).toBeGreaterThan(20)
      await front.publish(revision++, inputs)
      const published = performance.now()
      // Sent to the second at once: it waits for its next process, which knows what has been published.
      const early = await ask(second, 'parts', part('early', { origin: 'DE' }))
      expect([early.status, await early.text()]).toEqual([201, expect.any(String)])
      const late = () => answers.filter(({ from }) => from > published)
      await expect.poll(() => late().length, { timeout: 60_000 }).toBeGreaterThan(20)
      isWriting = false
      await Promise.all(writers)

      const refused = answers.filter(({ status }) => status !== 201)
      expect(refused.filter(({ status, text: said }) => status !== 422 || !said.includes('"path":"origin"') || !said.includes(why.zh))).toEqual([])
      expect(late().filter(({ status }) => status !== 422)).toEqual([])
      const stored = await allRecords(front.url, firm.headers, parts)
      const written = (of: typeof answers) => of.filter(({ partNumber }) => stored.has(partNumber)).length
      expect([written(refused), written(answers)]).toEqual([0, answers.length - refused.length])
      expect(stored.get('early')).toMatchObject({ origin: 'DE' })

      expect((await second.status()).revision).toBe(revision)
      const made = await ask(second, 'own-checks', { name: 'By REST', readings: [{ what: 'x', value: 1 }] })
      expect([made.status, await made.text()]).toEqual([201, expect.any(String)])
      const graphql = async (query: string) => (await (await ask(second, 'graphql', { query })).json()) as { data?: unknown; errors?: { message: string }[] }
      expect(await graphql('mutation { createOwnCheck(data: { name: "By GraphQL", readings: [{ what: "y", value: 2 }] }) { id } }')).not.toHaveProperty('errors')
      expect(await graphql('{ OwnChecks(sort: "number") { docs { name readings { what value } } } }')).toEqual({ data: { OwnChecks: { docs: [{ name: 'By REST', readings: [{ what: 'x', value: 1 }] }, { name: 'By GraphQL', readings: [{ what: 'y', value: 2 }] }] } } })
      const { errors } = await graphql(`mutation { createPart(data: { partNumber: "g", name: "G", unit: "${firm.unit}", makeOrBuy: buy, tracking: none }) { id } }`)
      expect(errors?.[0]?.message).toContain(why.en)
    })
  })

  /** What is published in the end, with more fields of parts. */
  function withParts(...more: RevisionInputs['fields'][string][number][]): RevisionInputs {
    return { ...configuration, fields: { ...configuration.fields, parts: [...configuration.fields.parts, ...more] } }
  }
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
