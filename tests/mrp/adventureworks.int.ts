import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Payload } from 'payload'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../../config/root.ts'
import { runCommand } from '../../plugins/core/commands/run-command.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import type { Store } from '../../plugins/core/data/store.ts'
import { runImport, type ImportResult } from '../../plugins/core/import/run-import.ts'
import { platformOf } from '../../plugins/core/platform/platform.ts'
import type { Booted } from '../support/boot-payload.ts'
import { cellsOf, micro, type Cells } from '../support/csv-sums.ts'
import { bootPlatform } from '../support/test-platform.ts'
import { manager } from './mrp-world.ts'

const folder = process.env.ADVENTUREWORKS_DIR ?? path.join(root, '../shared/data/adventureworks')
const isThere = existsSync(path.join(folder, 'BillOfMaterials.csv'))
if (!isThere) console.warn(`\n*** LEFT OUT: bills of AdventureWorks. ${folder} has no BillOfMaterials.csv. ***\n`)

/** What the import of masters and bills needs; orders and stock are tried where ERP is. */
const without = new Set(['purchase-orders', 'stock-counts', 'customers', 'prices', 'suppliers', 'supplier-parts', 'unit-conversions'])

describe.skipIf(!isThere)('bills of AdventureWorks', () => {
  let booted: Booted
  let payload: Payload
  let store: Store
  let scratch: string
  let result: ImportResult
  const file = (name: string) => (isThere ? cellsOf(path.join(folder, `${name}.csv`)) : [])
  const rows = file('BillOfMaterials')
  const bring = async () => {
    const importer = platformOf(payload).importers.find(({ slug }) => slug === 'adventureworks') ?? expect.fail()
    return runImport({ payload, importer: { ...importer, steps: importer.steps.filter(({ name }) => !without.has(name)) }, folder, reportFile: path.join(scratch, 'report.csv') })
  }
  beforeAll(async () => {
    booted = await bootPlatform()
    payload = booted.payload
    store = openStore(payload)
    scratch = await mkdtemp(path.join(tmpdir(), 'trellis-bills-'))
    result = await bring()
  }, 120_000)
  afterAll(async () => {
    await booted?.stop()
    if (scratch) await rm(scratch, { recursive: true, force: true })
  })

  it('come in with all their rows and dates, and once', async () => {
    expect(result.errors).toBe(0)
    expect(result.steps.find(({ name }) => name === 'bom-versions')?.counts).toMatchObject({ read: 2_679, applied: 2_679, bad: 0 })
    const lines = rows.filter(({ ProductAssemblyId }) => ProductAssemblyId !== '')
    expect(await store.count('bom-lines')).toBe(lines.length)
    expect(await store.count('bom-versions', { 'workflow.state': { equals: 'released' } })).toBe(new Set(lines.map(({ ProductAssemblyId }) => ProductAssemblyId)).size)
    const numbers = new Map(file('Product').map(({ ProductId, ProductNumber }) => [ProductId, ProductNumber]))
    const parts = new Map((await store.find('parts')).map(({ id, partNumber }) => [id, partNumber]))
    const makes = new Map((await store.find('bom-versions')).map(({ id, part }) => [id, parts.get(part)]))
    expect((await store.find('bom-lines')).map(({ bomVersion, part, quantity, validFrom, validTo }) => [makes.get(bomVersion), parts.get(part), quantity, validFrom, validTo ?? ''].join()).sort())
      .toEqual(lines.map((row) => [numbers.get(row.ProductAssemblyId), numbers.get(row.ComponentId), micro(row.PerAssemblyQty), row.StartDate, row.EndDate].join()).sort())
    expect(await store.count('work-centres')).toBe(file('Location').filter(({ CostRate }) => Number(CostRate) > 0).length)
    expect(await bring()).toMatchObject({ applied: 0, errors: 0 })
  })

  it.each(['2010-05-10', '2010-08-10', '2014-06-30'])('explode and cost on %s what the rows add up to', async (date) => {
    const products = new Map(file('Product').map((product) => [product.ProductId, product]))
    const below = (id: string) => rows.filter((row) => row.ProductAssemblyId === id && String(row.StartDate) <= date && (row.EndDate === '' || date <= String(row.EndDate)))
    const needs = (id: string, count: bigint, sums: Map<string, bigint>) => {
      for (const row of below(id)) {
        const number = products.get(row.ComponentId)?.ProductNumber ?? ''
        const drawn = count * BigInt(row.PerAssemblyQty ?? '')
        sums.set(number, (sums.get(number) ?? 0n) + drawn)
        needs(row.ComponentId ?? '', drawn, sums)
      }
      return sums
    }
    const material = (id: string): bigint => {
      const lines = below(id)
      return lines.length === 0 ? micro(products.get(id)?.StandardCost) : lines.reduce((sum, row) => sum + BigInt(row.PerAssemblyQty ?? '') * material(row.ComponentId ?? ''), 0n)
    }
    // Whole bicycles and what else goes into nothing, every twelfth of them; the engine is tried on all.
    const tops = rows.filter((row: Cells) => row.ProductAssemblyId === '').map(({ ComponentId }) => ComponentId ?? '').filter((_, index) => index % 12 === 0)
    const ids = new Map((await store.find('external-keys', { where: { entity: { equals: 'parts' } } })).map(({ externalId, documentId }) => [externalId, documentId]))
    for (const top of new Set(tops)) {
      const ask = async (operation: string, input: object) => (await runCommand(payload, manager, { action: 'operate', entity: 'bom-versions', operation, input: { part: ids.get(top), date, ...input } })).data
      const { totals } = await ask('explode', { quantity: '3' }) as unknown as { totals: readonly { partNumber: string; quantity: string }[] }
      expect(new Map(totals.map(({ partNumber, quantity }) => [partNumber, quantity])), top).toEqual(new Map([...needs(top, 3n, new Map())].map(([number, count]) => [number, String(count)])))
      const { rows: costs } = await ask('rollUpCost', {}) as unknown as { rows: readonly { material: string }[] }
      expect(micro(costs[0]?.material), top).toBe(material(top))
    }
  })
})
