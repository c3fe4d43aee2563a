import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { builtPlugins } from '../../config/plugins.ts'
import type { Desk } from '../../plugins/core/workflow/walks/desk.ts'
import { openScratch } from '../../plugins/core/workflow/walks/scratch.ts'
import { walkWorkflow } from '../../plugins/core/workflow/walks/walk-workflow.ts'
import { verify } from '../../plugins/core/verify/run-checks.ts'
import type { Booted } from '../support/boot-payload.ts'
import { bootPlatform } from '../support/test-platform.ts'

const shipped = builtPlugins.flatMap(({ workflows = [] }) => workflows).map(({ entity }) => entity)

// A scratch database is a SQLite file, whatever the firm's is.
describe.runIf(process.env.TEST_DATABASE === 'sqlite')('every shipped workflow, tried out by real commands', () => {
  let booted: Booted
  let desk: Desk
  beforeAll(async () => {
    booted = await bootPlatform()
    desk = await openScratch(booted.payload)
  })
  afterAll(() => booted?.stop())

  it.each(shipped)('takes each of its arrows: %s', async (entity) => {
    const { total, taken, transitions } = await walkWorkflow(booted.payload, desk, entity)
    expect(transitions.filter((one) => !one.taken)).toEqual([])
    expect(taken).toBe(total)
    expect(total).toBeGreaterThan(0)
  })

  it('and leaves books that hold', async () => {
    expect((await verify(booted.payload)).checks.filter(({ ok }) => !ok).map(({ name, failures }) => [name, failures])).toEqual([])
  })
})
