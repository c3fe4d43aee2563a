import fc from 'fast-check'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RowProblem } from '../../plugins/core/import/importer.ts'
import { headerFile, lineFile, readOrders } from '../../plugins/erp/import/adventureworks/order-rows.ts'

let folder: string
beforeAll(async () => { folder = await mkdtemp(path.join(tmpdir(), 'trellis-orders-')) })
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Orders 1 to 40 with one to three lines; no two have the same total, so that a line in the wrong order shows. */
const orders = Array.from({ length: 40 }, (_, index) => ({ id: index + 1, amounts: Array.from({ length: (index % 3) + 1 }, (__, line) => 1000 + 100 * index + 10_000 * line) }))
const headers = orders.map(({ id, amounts }) => {
  const total = amounts.reduce((sum, amount) => sum + amount, 0)
  return { id: String(id), order: id, rest: `4,4,258,1492,3,2011-04-16,2011-04-25,${total},${(total * 8) / 100},0,${(total * 108) / 100}` }
})
const lines = orders.flatMap(({ id, amounts }) => amounts.map((amount) => ({ id: String(id), order: id, rest: `1,2011-04-30,1,1,${amount},${amount},1,0,1` })))
type Row = (typeof lines)[number]

const allIds = orders.map(({ id }) => id)
const without = (...ids: number[]) => allIds.filter((id) => !ids.includes(id))

async function read(headerRows: readonly Row[], lineRows: readonly Row[], inMemory?: number) {
  const text = (columns: string, rows: readonly Row[]) => [columns, ...rows.map(({ id, rest }) => `${id},${rest}`)].join('\n')
  await writeFile(path.join(folder, headerFile), text('PurchaseOrderId,RevisionNumber,Status,EmployeeId,VendorId,ShipMethodId,OrderDate,ShipDate,SubTotal,TaxAmt,Freight,TotalDue', headerRows))
  await writeFile(path.join(folder, lineFile), text('PurchaseOrderId,PurchaseOrderDetailId,DueDate,OrderQty,ProductId,UnitPrice,LineTotal,ReceivedQty,RejectedQty,StockedQty', lineRows))
  const reported: RowProblem[] = []
  const good: number[] = []
  for await (const { order, problems } of readOrders({ folder }, (problem) => reported.push(problem), inMemory)) {
    reported.push(...problems)
    if (order) good.push(order.id)
  }
  return { good, places: reported.map(({ file, row, value }) => `${file} ${row} ${value}`).sort(), sentences: reported.map(({ message }) => message.en) }
}
const spoilt = (rows: readonly Row[], index: number, id: string) => rows.map((row, at) => (at === index ? { ...row, id } : row))

describe('a wrong PurchaseOrderId', () => {
  const lineOf12 = lines.findIndex(({ order }) => order === 12)

  it.each(['99999', '0', 'x', ''])('%j on a line keeps out its own order only', async (id) => {
    const { good, places } = await read(headers, spoilt(lines, lineOf12, id))
    expect(good).toEqual(without(12))
    expect(places).toEqual([`${lineFile} ${lineOf12 + 2} ${id}`, `${headerFile} 13 ${headers[11]?.rest.split(',')[7]}`])
  })

  it.each(['99999', '0'])('%j on an order keeps out that order only, with each of its lines', async (id) => {
    const { good, sentences } = await read(spoilt(headers, 11, id), lines)
    expect(good).toEqual(without(12))
    expect(sentences.filter((sentence) => sentence.startsWith('The line has no order'))).toHaveLength(3)
    expect(sentences).toHaveLength(4)
  })

  it('on an order that is another order’s leaves the other one as it is', async () => {
    const { good, sentences } = await read(spoilt(headers, 11, '30'), lines)
    expect(good).toEqual(without(12))
    expect(sentences.filter((sentence) => sentence.startsWith('Another row has the same PurchaseOrderId'))).toHaveLength(1)
    expect(sentences).toHaveLength(4)
  })

  it('harms, whatever is wrong and in whatever order the rows stand, no order but those it belongs to or is given to', async () => {
    const ids = fc.oneof(fc.integer({ min: 1, max: 60 }).map(String), fc.constantFrom('99999', '0', '', 'x', '-3', '1e3'))
    const spoils = fc.array(fc.record({ isHeader: fc.boolean(), at: fc.nat(headers.length - 1), id: ids }), { maxLength: 6 })
    const shuffled = (rows: readonly Row[]) => fc.oneof(fc.constant([...rows]), fc.shuffledSubarray([...rows], { minLength: rows.length }))
    await fc.assert(fc.asyncProperty(spoils, shuffled(headers), shuffled(lines), fc.constantFrom(7, undefined), async (wrong, ofHeaders, ofLines, inMemory) => {
      const rows = { headers: ofHeaders, lines: ofLines }
      const touched = new Set<number>()
      for (const { isHeader, at, id } of wrong) {
        const which = isHeader ? 'headers' : 'lines'
        const row = rows[which][at]
        if (!row || row.id !== String(row.order) || row.id === id) continue
        touched.add(row.order)
        // A line joins the order it names; a row that claims to be another order does not fit its lines.
        if (!isHeader && allIds.includes(Number(id))) touched.add(Number(id))
        rows[which] = spoilt(rows[which], at, id)
      }
      const { good, places } = await read(rows.headers, rows.lines, inMemory)
      expect(good).toEqual(without(...touched))
      expect(places.length > 0).toBe(touched.size > 0)
      const reachable = new Set([
        ...rows.headers.flatMap(({ id, order }, at) => (touched.has(order) || touched.has(Number(id)) ? [`${headerFile} ${at + 2}`] : [])),
        ...rows.lines.flatMap(({ id, order }, at) => (touched.has(order) || touched.has(Number(id)) ? [`${lineFile} ${at + 2}`] : [])),
      ])
      expect(places.filter((place) => !reachable.has(place.split(' ', 2).join(' ')))).toEqual([])
    }), { numRuns: 150, seed: 20_110_416 })
  })

  it('leaves no temporary file, in an import that breaks off either', async () => {
    const pieces = async () => (await readdir(tmpdir())).filter((name) => name.startsWith('trellis-sort-'))
    const before = await pieces()
    await read([...headers].reverse(), [...lines].reverse(), 5)
    for await (const { id } of readOrders({ folder }, () => undefined, 5)) if (id === 3) break
    expect(await pieces()).toEqual(before)
  })
})
