import fc from 'fast-check'
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../../config/root.ts'
import { ProblemError } from '../../plugins/core/errors.ts'
import { runImport } from '../../plugins/core/import/run-import.ts'
import { verify } from '../../plugins/core/verify/run-checks.ts'
import { writeXlsx } from '../../plugins/core/xlsx/write-xlsx.ts'
import { adventureworks } from '../../plugins/erp/import/adventureworks/importer.ts'
import type { Booted } from '../support/boot-payload.ts'
import { hostileText, jsonText } from '../support/fuzz/hostile.ts'
import { anyFile } from '../support/fuzz/import-files.ts'
import { expectWhole, faultsOf } from '../support/fuzz/promises.ts'
import { fuzz, runsOf } from '../support/fuzz/run.ts'
import { openFuzzWorld, type FuzzWorld } from '../support/fuzz/world.ts'
import { doJobs, finishedUpload, type ImportView } from '../support/import-world.ts'
import type { Answer } from '../support/rest.ts'
import { bootPlatform } from '../support/test-platform.ts'

describe('the panel', () => {
  let world: FuzzWorld
  beforeAll(async () => { world = await openFuzzWorld() })
  afterAll(() => world?.close())

  it('takes any file, or tells what is wrong with it; no import stays half-way and nothing is half stored', async () => {
    const met = new Map<string, number>()
    const owner = world.personOf('owner')
    await fuzz({
      name: `import on ${world.booted.database.kind}`, runs: runsOf(60), arbitrary: anyFile(world.words, await workbook()),
      attempt: async ({ entity, name, content, change, steps }) => {
        const ask = async (method: string, address: string, body?: unknown): Promise<Answer> => {
          const raw = body === undefined ? undefined : jsonText(body)
          const answer = await owner.door(address, { method, ...(raw === undefined ? {} : { raw }) })
          await doJobs(world.booted)
          expect(faultsOf({ ...answer, sent: `${raw ?? ''} ${Buffer.from(content).toString()}`, world }), `${method} ${address}: ${answer.status} ${answer.text.slice(0, 600)}`).toEqual([])
          return answer
        }
        const opened = await ask('POST', '/imports', { entity, upload: await finishedUpload(world.booted, owner, { name, content }) })
        if (opened.status !== 201) return
        const address = `/imports/${(opened.body as { id: string }).id}`
        await ask('PATCH', address, change)
        for (const step of steps) {
          await ask('POST', `${address}/${step}`)
          await ask('GET', `${address}/problems`)
          await ask('GET', `${address}/bad-rows`)
        }
        const { status, error, counts } = (await ask('GET', address)).body as ImportView
        expect(['reading', 'checking', 'running', 'undoing']).not.toContain(status)
        // A file that cannot be read is told in words; a fault of ours is one.
        expect(error?.en ?? '').not.toContain('on our side')
        met.set(status, (met.get(status) ?? 0) + 1)
        met.set('created', (met.get('created') ?? 0) + (counts?.created ?? 0))
      },
      show: ({ entity, name, content, change, steps }) => `${entity} ${name} ${jsonText(change)} ${steps.join()}\n${Buffer.from(content).toString('base64')}`,
    })
    expect(met.get('created') ?? 0, JSON.stringify(Object.fromEntries(met))).toBeGreaterThan(0)
    await expectWhole(world)
  }, 1_800_000)
})

async function workbook(): Promise<Uint8Array> {
  const text = (said: string) => ({ kind: 'text' as const, text: said })
  const rows = [[text('X-1'), text('Bolt'), text('PCS'), { kind: 'number' as const, text: '12.5' }]]
  const parts: Uint8Array[] = []
  const head = ['Part number', 'Name', 'Unit', 'List price']
  for await (const part of writeXlsx({ sheet: 'S', moneyDigits: 2, columns: head.map((name) => ({ head: name, width: 10, kind: 'text' })), pages: (async function* () { yield rows })() })) parts.push(part)
  return Buffer.concat(parts)
}

describe('the command line', () => {
  const fixture = path.join(root, 'tests/fixtures/adventureworks-broken')
  let booted: Booted
  let scratch: string
  beforeAll(async () => {
    scratch = await mkdtemp(path.join(tmpdir(), 'trellis-fuzz-'))
    booted = await bootPlatform()
  })
  afterAll(async () => {
    await booted?.stop()
    await rm(scratch, { recursive: true, force: true })
  })

  it('takes any files of another system, reports what is wrong at its place, and the books agree', async () => {
    const files = (await readdir(fixture)).filter((name) => name.endsWith('.csv'))
    let run = 0
    let applied = 0
    await fuzz({
      name: `command-line import on ${booted.database.kind}`, runs: runsOf(15),
      arbitrary: fc.array(fc.record({ file: fc.constantFrom(...files), at: fc.nat(4_000), text: fc.oneof(hostileText.map((text) => text.slice(0, 20_000)), fc.constantFrom(',', '\n', '"', '')), cut: fc.nat(12) }), { minLength: 1, maxLength: 6 }),
      attempt: async (changes) => {
        const folder = path.join(scratch, String(++run))
        await cp(fixture, folder, { recursive: true })
        for (const { file, at, text, cut } of changes) {
          const content = await readFile(path.join(folder, file), 'utf8')
          const place = at % (content.length + 1)
          await writeFile(path.join(folder, file), content.slice(0, place) + text + content.slice(place + cut))
        }
        const problems: { row: number; message: { en: string; zh: string } }[] = []
        const result = await runImport({ payload: booted.payload, importer: adventureworks, folder, reportFile: path.join(folder, 'report', 'report.csv'), watch: { problem: (problem) => problems.push(problem) } })
          .catch((error: unknown) => { if (error instanceof ProblemError && error.problem.status < 500) return undefined; throw error })
        applied += result?.applied ?? 0
        for (const { row, message } of problems) expect([row > 0, message.en.length > 15, /[\u4e00-\u9fff]/.test(message.zh)], JSON.stringify(message)).toEqual([true, true, true])
      },
      show: (changes) => JSON.stringify(changes),
    })
    expect(applied).toBeGreaterThan(0)
    expect((await verify(booted.payload)).checks.filter(({ ok }) => !ok).map(({ name, failures }) => [name, failures.slice(0, 3)])).toEqual([])
  }, 1_800_000)
})
