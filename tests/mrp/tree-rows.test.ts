import { describe, expect, it } from 'vitest'
import { afterKey, parentsOf, shownRows, type TreeRow } from '../../admin/structure/tree-rows.ts'

const row = (partNumber: string, level: number, parent: number | null, nameZh = ''): TreeRow => ({ partNumber, name: partNumber.toLowerCase(), nameZh, level, parent })
const rows = [row('BIKE', 0, null), row('WHEEL', 1, 0, '车轮'), row('RIM', 2, 1), row('SPOKE', 2, 1), row('FRAME', 1, 0), row('TUBE', 2, 4)]
const parents = parentsOf(rows)

describe('the rows of a tree', () => {
  it('hide what hangs on something closed, on every level', () => {
    expect(shownRows(rows, { closed: new Set([1]), words: '' }).places).toEqual([0, 1, 4, 5])
    expect(shownRows(rows, { closed: new Set([0]), words: '' }).places).toEqual([0])
  })

  it('show what is searched for with all it hangs on, closed or not, in any language', () => {
    expect(shownRows(rows, { closed: new Set([0, 4]), words: ' tub ' })).toEqual({ places: [0, 4, 5], hits: new Set([5]) })
    expect(shownRows(rows, { closed: new Set(), words: '车轮' }).places).toEqual([0, 1])
    expect(shownRows(rows, { closed: new Set(), words: 'none' }).places).toEqual([])
  })

  it('are walked, opened and closed by keys', () => {
    const press = (key: string, at: number, closed: readonly number[] = []) =>
      afterKey(key, { rows, shown: shownRows(rows, { closed: new Set(closed), words: '' }).places, at, closed: new Set(closed), parents })
    expect([press('ArrowDown', 0)?.at, press('ArrowDown', 5)?.at, press('ArrowUp', 0)?.at, press('End', 0)?.at, press('Home', 3)?.at]).toEqual([1, 5, 0, 5, 0])
    expect(press('ArrowDown', 1, [1])?.at).toBe(4)
    expect([press('ArrowRight', 1, [1]), press('ArrowRight', 1), press('ArrowRight', 2)]).toEqual([{ at: 1, open: 1 }, { at: 2 }, undefined])
    expect([press('ArrowLeft', 1), press('ArrowLeft', 2), press('ArrowLeft', 1, [1])]).toEqual([{ at: 1, close: 1 }, { at: 1 }, { at: 0 }])
    expect(press('q', 0)).toBeUndefined()
  })

  it('answer within a frame when there are 20,000', () => {
    const many = Array.from({ length: 20_000 }, (_, place) => row(`P${place}`, place === 0 ? 0 : 1, place === 0 ? null : 0))
    const began = performance.now()
    expect(shownRows(many, { closed: new Set(), words: 'p19999' }).places).toEqual([0, 19_999])
    expect(performance.now() - began).toBeLessThan(200)
  })
})
