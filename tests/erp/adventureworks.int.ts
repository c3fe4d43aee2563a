import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Payload } from 'payload'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../../config/root.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import type { Store } from '../../plugins/core/data/store.ts'
import { runImport, type ImportResult } from '../../plugins/core/import/run-import.ts'
import { platformOf } from '../../plugins/core/platform/platform.ts'
import { verify } from '../../plugins/core/verify/run-checks.ts'
import { adventureworks } from '../../plugins/erp/import/adventureworks/importer.ts'
import type { Booted } from '../support/boot-payload.ts'
import { cellsOf, cents, entriesOf, micro, rounded, sumsBy, total, type Cells } from '../support/csv-sums.ts'
import { bootPlatform } from '../support/test-platform.ts'

const folder = process.env.ADVENTUREWORKS_DIR ?? path.join(root, '../shared/data/adventureworks')
const missing = adventureworks.files.filter((file) => !existsSync(path.join(folder, file)))
const reason = `LEFT OUT: the import of AdventureWorks. ${folder} lacks ${missing.join(', ')}: put the files there (docs/import.md says which), or name their folder by ADVENTUREWORKS_DIR.`
if (missing.length > 0) console.warn(`\n*** ${reason} ***\n`)

describe.skipIf(missing.length > 0)(missing.length > 0 ? reason : 'AdventureWorks, all of it', () => {
  let booted: Booted
  let payload: Payload
  let store: Store
  let scratch: string
  let result: ImportResult
  const bring = () => runImport({ payload, importer: adventureworks, folder, reportFile: path.join(scratch, 'report.csv') })
  const file = (name: string) => cellsOf(path.join(folder, `${name}.csv`))

  let orders: Cells[]
  let lines: (Cells & { readonly order: Cells })[]
  let inventory: Cells[]
  const stocked = (line: Cells) => micro(line.ReceivedQty) - micro(line.RejectedQty)
  const received = (line: Cells) => cents(stocked(line), micro(line.UnitPrice))
  const keptSomething = (id: string | undefined) => lines.some((line) => line.PurchaseOrderId === id && stocked(line) > 0n)

  beforeAll(async () => {
    booted = await bootPlatform()
    payload = booted.payload
    store = openStore(payload)
    scratch = await mkdtemp(path.join(tmpdir(), 'trellis-import-'))
    orders = file('PurchaseOrderHeader')
    inventory = file('ProductInventory')
    const byId = new Map(orders.map((order) => [order.PurchaseOrderId, order]))
    lines = file('PurchaseOrderDetail').map((line) => ({ ...line, order: byId.get(line.PurchaseOrderId) ?? {} }) as Cells & { readonly order: Cells })
    result = await bring()
  }, 300_000)
  afterAll(async () => {
    await booted?.stop()
    if (scratch) await rm(scratch, { recursive: true, force: true })
  })

  it('applies every row, and warns of each line that was due before it was ordered', () => {
    expect(result.errors).toBe(0)
    expect(result.warnings).toBe(lines.filter((line) => String(line.DueDate) < String(line.order.OrderDate)).length)
    expect(result.steps.map(({ counts }) => counts.bad)).toEqual(result.steps.map(() => 0))
  })

  it('has as many documents as the files have rows', async () => {
    const imported = async (entity: string) => store.count('external-keys', { entity: { equals: entity } })
    expect(await imported('units')).toBe(file('UnitMeasure').length)
    expect(await imported('part-categories')).toBe(file('ProductCategory').length + file('ProductSubcategory').length)
    expect(await store.count('parts')).toBe(file('Product').length)
    expect(await store.count('suppliers')).toBe(file('Vendor').length)
    expect(await store.count('supplier-parts')).toBe(file('ProductVendor').length)
    expect(await imported('locations')).toBe(file('Location').length)
    expect(await store.count('customers')).toBe(file('Customer').length)
    expect(await store.count('prices')).toBe(file('ProductListPriceHistory').length)
    expect(await store.count('purchase-orders')).toBe(orders.length)
    expect(await store.count('purchase-order-lines')).toBe(lines.length)
    expect(await store.count('receipts')).toBe(new Set(lines.filter((line) => micro(line.ReceivedQty) > 0n).map((line) => line.PurchaseOrderId)).size)
    expect(await store.count('receipt-lines')).toBe(lines.filter((line) => micro(line.ReceivedQty) > 0n).length)
    expect(await store.count('stock-counts')).toBe(1)
  })

  it('received, rejected and stocked as much from each supplier as the files say', async () => {
    const numbers = new Map(file('Vendor').map((vendor) => [vendor.BusinessEntityId, String(vendor.AccountNumber)]))
    const expected = (column: string) => entriesOf(sumsBy(lines, (line) => numbers.get(line.order.VendorId) ?? '?', (line) => micro(line[column])))
    const suppliers = new Map((await store.find('suppliers')).map(({ id, number }) => [id, number]))
    const supplierOf = new Map((await store.find('receipts')).map(({ id, supplier }) => [id, suppliers.get(String(supplier)) ?? '?']))
    const sums = await store.sum('receipt-lines', { groupBy: ['receipt'], fields: ['receivedQuantity', 'rejectedQuantity'] })
    const found = (valueOf: (row: Record<string, unknown>) => number) =>
      entriesOf(sumsBy(sums, (row) => supplierOf.get(String(row.receipt)) ?? '?', (row) => BigInt(valueOf(row))))
    expect(found((row) => Number(row.receivedQuantity))).toEqual(expected('ReceivedQty'))
    expect(found((row) => Number(row.rejectedQuantity))).toEqual(expected('RejectedQty'))
    expect(found((row) => Number(row.receivedQuantity) - Number(row.rejectedQuantity))).toEqual(expected('StockedQty'))
  })

  it('leaves open what is pending or approved there, closes what is complete, cancels what was rejected whole', async () => {
    const numbersIn = async (state: string) => (await store.find('purchase-orders', { where: { 'workflow.state': { equals: state } } })).map(({ number }) => Number(number.slice(-5))).sort((a, b) => a - b)
    const idsOf = (holds: (order: Cells) => boolean) => orders.filter(holds).map((order) => Number(order.PurchaseOrderId)).sort((a, b) => a - b)
    const isOpen = ({ Status }: Cells) => Status === '1' || Status === '2'
    const isCancelled = ({ Status, PurchaseOrderId }: Cells) => Status === '3' && !keptSomething(PurchaseOrderId)
    expect(await numbersIn('approved')).toEqual(idsOf(isOpen))
    expect(await numbersIn('cancelled')).toEqual(idsOf(isCancelled))
    expect(await numbersIn('closed')).toEqual(idsOf((order) => !isOpen(order) && !isCancelled(order)))
  })

  it('holds the quantities of the inventory file, part by part and place by place', async () => {
    const partNumbers = new Map(file('Product').map((product) => [product.ProductId, product.ProductNumber]))
    const expected = sumsBy(inventory, (row) => `${partNumbers.get(row.ProductId)} @ ${row.LocationId}`, (row) => micro(row.Quantity))
    const parts = new Map((await store.find('parts')).map(({ id, partNumber }) => [id, partNumber]))
    const places = new Map((await store.find('locations')).map(({ id, code }) => [id, Number(code.replace('AW-', ''))]))
    const balances = await store.find('stock-balances')
    expect(entriesOf(sumsBy(balances, ({ part, location }) => `${parts.get(part)} @ ${places.get(location)}`, ({ onHand }) => BigInt(onHand)))).toEqual(entriesOf(expected))
    expect(balances.every(({ onHand, available, reserved }) => available === onHand && reserved === 0)).toBe(true)
  })

  it('values stock at the average of what was received, else at standard cost, and the books agree', async () => {
    const products = file('Product')
    const came = sumsBy(lines, ({ ProductId }) => String(ProductId), stocked)
    const cost = sumsBy(lines, ({ ProductId }) => String(ProductId), received)
    const counted = sumsBy(inventory, ({ ProductId }) => String(ProductId), ({ Quantity }) => micro(Quantity))
    const expected = new Map(products.map((product) => {
      const id = String(product.ProductId)
      const [quantity, value, held] = [came.get(id) ?? 0n, cost.get(id) ?? 0n, counted.get(id) ?? 0n]
      const difference = quantity === 0n ? cents(held, micro(product.StandardCost)) : rounded(value * (held - quantity), quantity)
      return [String(product.ProductNumber), quantity === 0n ? difference : value + difference]
    }))
    const parts = new Map((await store.find('parts')).map(({ id, partNumber }) => [id, partNumber]))
    const values = await store.find('stock-values')
    expect(entriesOf(sumsBy(values, ({ part }) => String(parts.get(part)), ({ value }) => BigInt(value)))).toEqual(entriesOf(expected))

    const stockValue = Number(total(expected.values()))
    expect(stockValue).toBeGreaterThan(0)
    const [entries] = await store.sum('stock-entries', { fields: ['value'] })
    expect(Number(entries?.value)).toBe(stockValue)
    expect(await balanceOf('inventory')).toBe(stockValue)
    expect(await balanceOf('inventoryAdjustment')).toBe(Number(total(lines.map(received))) - stockValue)
  })

  it('owes what was billed, and what was received and is not billed yet', async () => {
    const billed = orders.filter(({ Status, PurchaseOrderId }) => (Status === '3' || Status === '4') && keptSomething(PurchaseOrderId))
    const goods = sumsBy(lines, ({ PurchaseOrderId }) => String(PurchaseOrderId), received)
    const net = (order: Cells) => goods.get(String(order.PurchaseOrderId)) ?? 0n
    const freight = total(billed.map((order) => rounded(micro(order.Freight), 10_000n)))
    const tax = total(billed.map((order) => rounded(net(order) * 8n, 100n)))
    expect(await store.count('supplier-bills')).toBe(billed.length)
    expect(await balanceOf('freightExpense')).toBe(Number(freight))
    expect(await balanceOf('inputTax')).toBe(Number(tax))
    expect(await balanceOf('accountsPayable')).toBe(-Number(total(billed.map(net)) + freight + tax))
    expect(await balanceOf('grni')).toBe(-Number(total(orders.filter(({ Status }) => Status === '1' || Status === '2').map(net))))
    const [bills] = await store.sum('supplier-bills', { fields: ['openAmount', 'taxTotal'] })
    expect(bills).toMatchObject({ openAmount: Number(total(billed.map(net)) + freight + tax), taxTotal: Number(tax) })
  })

  it('dates everything in its time, closes the periods, and says in the journal what the data lack', async () => {
    const days = lines.flatMap((line) => [String(line.DueDate), String(line.order.ShipDate)]).sort()
    const entries = await store.find('journal-entries', { sort: 'entryDate' })
    expect(String(entries[0]?.entryDate) >= String(days[0])).toBe(true)
    expect(entries.filter(({ journalKind }) => journalKind === 'purchase').every(({ entryDate }) => entryDate <= String(days.at(-1)))).toBe(true)
    const last = entries.at(-1)
    expect(last).toMatchObject({ sourceEntity: 'stock-counts', sourceNumber: 'SC-AW-00001' })
    expect(last?.memo).toMatch(/sold .* not in the data/)
    const months = [...new Set(entries.map(({ entryDate }) => entryDate.slice(0, 7)))]
    const closed = (await store.find('periods', { where: { 'workflow.state': { equals: 'closed' } } })).map(({ name }) => name)
    expect(closed.sort()).toEqual(months)
  })

  it('leaves nothing for the runner and nothing that verify finds fault with', async () => {
    const verification = await verify(payload)
    expect(verification.checks.filter(({ ok }) => !ok)).toEqual([])
    expect(await store.count('work-items', { status: { equals: 'pending' } })).toBe(0)
  }, 180_000)

  it('a second run changes nothing and says so', async () => {
    const before = await countsOfAll()
    const again = await bring()
    expect(again).toMatchObject({ applied: 0, errors: 0, warnings: 0 })
    expect(again.report).toBeUndefined()
    expect(await countsOfAll()).toEqual(before)
    expect(again.steps.map(({ name, counts }) => [name, counts.known])).toEqual(result.steps.map(({ name, counts }) => [name, counts.applied + counts.adopted]))
  }, 180_000)

  /** Debit less credit of the account that the platform uses for this. */
  async function balanceOf(role: string): Promise<number> {
    const account = await store.findOne('ledger-accounts', { accountRole: { equals: role } })
    const [sums] = await store.sum('account-balances', { where: { account: { equals: account?.id } }, fields: ['debit', 'credit'] })
    return Number(sums?.debit ?? 0) - Number(sums?.credit ?? 0)
  }

  async function countsOfAll(): Promise<Record<string, number>> {
    const counts: Record<string, number> = {}
    for (const slug of platformOf(payload).entities.keys()) counts[slug] = await store.count(slug)
    return counts
  }
})
