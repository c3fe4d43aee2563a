import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../../../config/root.ts'
import type { Bill } from '../../../plugins/mrp/engine/bill.ts'
import { billsAt } from '../../../plugins/mrp/engine/effective.ts'
import { explode, requirements } from '../../../plugins/mrp/engine/explode.ts'
import { rollUp } from '../../../plugins/mrp/engine/roll-up.ts'
import { cellsOf, micro, rounded, type Cells } from '../../support/csv-sums.ts'
import { million } from './bills.ts'

const folder = process.env.ADVENTUREWORKS_DIR ?? path.join(root, '../shared/data/adventureworks')
const isThere = existsSync(path.join(folder, 'BillOfMaterials.csv'))
if (!isThere) console.warn(`\n*** LEFT OUT: explosion of AdventureWorks. ${folder} has no BillOfMaterials.csv. ***\n`)

describe.skipIf(!isThere)('AdventureWorks, all assemblies', () => {
  const file = (name: string) => (isThere ? cellsOf(path.join(folder, `${name}.csv`)) : [])
  const rows = file('BillOfMaterials').filter(({ ProductAssemblyId }) => ProductAssemblyId !== '')
  const costs = new Map(file('Product').map(({ ProductId, StandardCost }) => [ProductId ?? '', micro(StandardCost)]))
  const rate = micro(file('Location').find(({ Name }) => Name === 'Subassembly')?.CostRate)
  const assemblies = [...new Set(rows.map(({ ProductAssemblyId }) => ProductAssemblyId ?? ''))]
  const bills = assemblies.map((part): Bill => ({
    id: part, part, outputQuantity: million,
    lines: rows.filter(({ ProductAssemblyId }) => ProductAssemblyId === part).map((row, index) => ({
      id: row.BillOfMaterialsId ?? '', position: index + 1, component: row.ComponentId ?? '', quantity: Number(row.PerAssemblyQty) * million,
      validFrom: row.StartDate ?? null, validTo: row.EndDate || null,
    })),
  }))

  describe.each(['2010-05-10', '2010-08-10', '2014-06-30'])('on %s', (date) => {
    // An independent reckoning: rows of the file that hold on the day, way by way.
    const holds = ({ StartDate = '', EndDate = '' }: Cells) => StartDate <= date && (EndDate === '' || date <= EndDate)
    const below = (part: string) => rows.filter((row) => row.ProductAssemblyId === part && holds(row))
    const needs = (part: string, count: bigint, sums = new Map<string, bigint>()): Map<string, bigint> => {
      for (const row of below(part)) {
        const drawn = count * BigInt(row.PerAssemblyQty ?? '0')
        sums.set(row.ComponentId ?? '', (sums.get(row.ComponentId ?? '') ?? 0n) + drawn)
        needs(row.ComponentId ?? '', drawn, sums)
      }
      return sums
    }
    // Twelve and a half minutes of work on each assembly, at the rate of Subassembly; half of it again is overhead.
    const work = rounded(rate * 125n, 600n)
    const overheads = rounded(rate * 125n, 1200n)
    const cost = (part: string): { material: bigint; labour: bigint; overhead: bigint } => {
      const sum = { material: 0n, labour: 0n, overhead: 0n }
      const lines = below(part)
      for (const row of lines) {
        const component = cost(row.ComponentId ?? '')
        for (const element of ['material', 'labour', 'overhead'] as const) sum[element] += component[element] * BigInt(row.PerAssemblyQty ?? '0')
      }
      return lines.length === 0 ? { material: costs.get(part) ?? 0n, labour: 0n, overhead: 0n } : { ...sum, labour: sum.labour + work, overhead: sum.overhead + overheads }
    }
    const ruling = new Map([...billsAt(bills, { date })].filter(([, { lines }]) => lines.length > 0))
    const checked = assemblies.filter((part) => below(part).length > 0)

    it('needs what the rows of the file add up to', () => {
      expect(checked.length).toBeGreaterThan(50)
      for (const part of checked) {
        const found = requirements({ bills: ruling, part, quantity: 7 * million })
        expect(new Map(found.map(({ part: each, quantity }) => [each, BigInt(quantity)])), part).toEqual(new Map([...needs(part, 7n)].map(([each, count]) => [each, count * 1_000_000n])))
      }
    })

    it('costs what the rows of the file add up to', () => {
      const operation = { setupMinutes: 0, runMinutes: 12.5 * million, labourRate: Number(rate), overheadRate: Number(rate) / 2 }
      const rolled = new Map(rollUp({
        tops: checked, bills: ruling, routings: new Map(checked.map((part) => [part, { batchQuantity: million, operations: [operation] }])),
        purchaseCost: (part) => Number(costs.get(part) ?? 0n),
      }).map((each) => [each.part, each]))
      for (const part of checked) {
        const { material, labour, overhead } = cost(part)
        expect(rolled.get(part), part).toMatchObject({ material: Number(material), labour: Number(labour), overhead: Number(overhead) })
      }
    })

    it('indents as many rows as there are ways', () => {
      const ways = (part: string): number => below(part).reduce((sum, row) => sum + 1 + ways(row.ComponentId ?? ''), 0)
      for (const part of checked) expect(explode({ bills: ruling, part, quantity: million }).nodes.length, part).toBe(ways(part) + 1)
    })
  })
})
