import { describe, expect, it } from 'vitest'
import { readArguments } from './arguments.ts'
import { below, beside, tableOf, told } from './measures.ts'
import { byTurns, median, rateOf } from './rounds.ts'

describe('what `npm run bench` is asked for', () => {
  it('is everything, one area, less of it, or JSON', () => {
    expect(readArguments([])).toEqual({ areas: ['core', 'forms', 'import', 'workflows'], quick: false, json: false })
    expect(readArguments(['--only', 'import', '--quick', '--json'])).toEqual({ areas: ['import'], quick: true, json: true })
    expect(readArguments(['--only=import,core'])).toMatchObject({ areas: ['core', 'import'] })
  })

  it.each([['--only', 'books'], ['--only'], ['--fast'], ['core']])('says what it takes instead of %s %s', (...argv) => {
    expect(readArguments(argv)).toContain('npm run bench -- [--only core|forms|import|workflows] [--quick] [--json]')
  })
})

describe('a figure', () => {
  const named = { area: 'core', name: 'reads', unit: 'reads/s', value: 90 }
  const keys = ['area', 'baseline', 'name', 'ok', 'ratio', 'target', 'unit', 'value']

  it('has the same keys whatever it is held to', () => {
    for (const measure of [beside({ ...named, baseline: 100, atLeast: 0.9 }), below({ ...named, limit: 300 }), told(named)]) expect(Object.keys(measure).sort()).toEqual(keys)
  })

  it('is held to a share of what it is measured beside, or to a limit', () => {
    expect(beside({ ...named, baseline: 100, atLeast: 0.9 })).toMatchObject({ ratio: 0.9, target: 0.9, ok: true })
    expect(beside({ ...named, baseline: 120, atLeast: 0.9 })).toMatchObject({ ratio: 0.75, ok: false })
    expect(beside({ ...named, baseline: 0, atLeast: 0.9 })).toMatchObject({ ratio: 0, ok: false })
    expect(beside({ ...named, baseline: 900 })).toMatchObject({ ratio: 0.1, target: null, ok: true })
    expect(below({ ...named, limit: 91 })).toMatchObject({ target: 91, ratio: null, baseline: null, ok: true })
    expect(below({ ...named, limit: 90 })).toMatchObject({ ok: false })
    expect(told(named)).toMatchObject({ target: null, ok: true })
  })

  it('stands in a line that says whether its target is met', () => {
    const [met, missed, only] = tableOf([beside({ ...named, baseline: 100, atLeast: 0.9 }), below({ ...named, limit: 9 }), told(named)]).split('\n')
    expect(met).toMatch(/^✓ .*reads\s+90 reads\/s\s+beside 100\s+0\.90\s+≥ 0\.9$/)
    expect(missed).toMatch(/^✗ .*< 9$/)
    expect(only).toMatch(/^ {2}.*90 reads\/s$/)
  })
})

describe('a measurement', () => {
  it('goes by turns, each first as often as the other', async () => {
    const order: string[] = []
    const turn = (name: string, figures: number[]) => () => {
      order.push(name)
      return Promise.resolve(figures.shift() ?? 0)
    }
    expect(await byTurns(4, { a: turn('a', [9, 1, 3, 5]), b: turn('b', [2, 2, 2, 100]) })).toEqual({ a: 4, b: 2 })
    expect(order.join('')).toBe('abbaabba')
  })

  it('takes the middle of its figures', () => {
    expect([median([3, 1, 2]), median([4, 1, 2, 3]), median([7])]).toEqual([2, 2.5, 7])
  })

  it('lets as many at it as are asked for', async () => {
    const seen = new Set<number>()
    expect(await rateOf({ clients: 3, milliseconds: 5 }, async (client) => {
      seen.add(client)
      await new Promise((resolve) => setTimeout(resolve, 1))
    })).toBeGreaterThan(0)
    expect([...seen].sort()).toEqual([0, 1, 2])
  })
})
