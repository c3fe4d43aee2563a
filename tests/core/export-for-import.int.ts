import ExcelJS from '@protobi/exceljs'
import Papa from 'papaparse'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../plugins/core/commands/context.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import type { Booted } from '../support/boot-payload.ts'
import { signIn, type Answer, type Person } from '../support/rest.ts'
import { createSampleFirm, putDocument, type SampleFirm } from '../support/sample-firm.ts'
import { bootPlatform } from '../support/test-platform.ts'

let booted: Booted
let firm: SampleFirm
let owner: Person

beforeAll(async () => {
  booted = await bootPlatform()
  firm = await createSampleFirm(booted.payload)
  owner = await signIn(booted, ['owner'])
})
afterAll(() => booted?.stop())

type Sheet = Readonly<Record<string, string>>[]

/** Rows by the names of their columns. */
function records(answer: Answer): Sheet {
  expect(answer.status, answer.text.slice(0, 300)).toBe(200)
  const { data, errors } = Papa.parse<Record<string, string>>(answer.text.replace(/^\uFEFF/, ''), { header: true, skipEmptyLines: true, delimiter: ',' })
  expect(errors).toEqual([])
  return data
}

async function sheetOf(answer: Answer): Promise<ExcelJS.CellValue[][]> {
  expect(answer.status, answer.text.slice(0, 300)).toBe(200)
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(answer.bytes as never)
  const sheet = book.worksheets[0] ?? expect.fail('no sheet')
  return Array.from({ length: sheet.rowCount }, (_, row) => Array.from({ length: sheet.columnCount }, (__, column) => sheet.getRow(row + 1).getCell(column + 1).value))
}

describe('a file for an import', () => {
  it('has what people may write, the key first, and nothing that the platform keeps', async () => {
    const [part = {}] = records(await owner.door('/parts/export?for=import'))
    expect(Object.keys(part)).toEqual([
      'partNumber', 'name', 'nameZh', 'description', 'category', 'unit', 'makeOrBuy', 'stocked', 'sellable', 'purchasable', 'tracking', 'salesTaxCode', 'purchaseTaxCode',
      'listPrice', 'standardCost', 'safetyStock', 'reorderPoint', 'reorderQuantity', 'leadTimeDays', 'preferredSupplier', 'barcode', 'status',
    ])
    const [contact = {}] = [records(await owner.door('/contacts/export?for=import'))[0] ?? (await contactOf())]
    expect(Object.keys(contact).slice(0, 2), 'nothing names a contact but its id').toEqual(['id', 'name'])
  })

  it('writes raw values, keys of relations, and what is empty although a new record would get a value', async () => {
    const id = newId()
    await openStore(booted.payload).insertMany('parts', [{
      id, version: 1, partNumber: '007', name: "=cmd|' /C calc'!A0", nameZh: "'s", description: '一 "二"\r\n三', unit: firm.unit, makeOrBuy: 'make', tracking: 'none', status: 'active',
      preferredSupplier: firm.supplier, stocked: false, sellable: null, listPrice: 1_234_567_890_123_456, safetyStock: null, reorderPoint: null, barcode: '(empty)',
    }])
    const answer = await owner.door(`/parts/export?for=import&where[id][equals]=${id}`)
    expect(records(answer)[0]).toMatchObject({
      partNumber: '007', name: "'=cmd|' /C calc'!A0", nameZh: "'s", description: '一 "二"\r\n三', unit: 'pcs', makeOrBuy: 'make', preferredSupplier: 'S-2001', stocked: 'false', sellable: '(empty)',
      listPrice: '1234567890.123456', safetyStock: '(empty)', reorderPoint: '', barcode: "'(empty)", status: 'active',
    })
    const [head = [], row = []] = await sheetOf(await owner.door(`/parts/export?for=import&format=xlsx&where[id][equals]=${id}`))
    const at = (name: string) => row[head.indexOf(name)]
    expect([at('partNumber'), at('name'), at('stocked'), at('listPrice'), at('reorderPoint')]).toEqual(['007', "'=cmd|' /C calc'!A0", false, '1234567890.123456', null])
    await openStore(booted.payload).remove('parts', { id: { equals: id } })
  })

  it('gives a document its lines, one row a line, and one row without any', async () => {
    const values = { number: 'SO-2026-00001', customer: firm.customer, site: firm.site, requestedDate: '2026-12-01', note: '加急' }
    await putDocument(booted.payload, firm, { entity: 'sales-orders', lineEntity: 'sales-order-lines', parentField: 'salesOrder', state: 'draft', values, lines: [{ part: 0, quantity: 3, price: 10, discount: 5, description: 'First' }, { part: 1, quantity: 1, price: 5 }] })
    await putDocument(booted.payload, firm, { entity: 'sales-orders', lineEntity: 'sales-order-lines', parentField: 'salesOrder', state: 'draft', values: { ...values, number: 'SO-2026-00002' }, lines: [] })
    const rows = records(await owner.door('/sales-orders/export?for=import'))
    expect(rows).toHaveLength(3)
    expect(rows[0]).toMatchObject({
      number: 'SO-2026-00001', company: 'T', customer: 'C-1001', site: 'SH', requestedDate: '2026-12-01', note: '加急',
      'lines.part': 'CB-7-ALU-M', 'lines.description': 'First', 'lines.quantity': '3', 'lines.unit': 'pcs', 'lines.unitPrice': '10', 'lines.discountPercent': '5', 'lines.taxCode': 'VAT13',
    })
    expect(Object.keys(rows[0] ?? {})).not.toContain('grandTotal')
    expect(Object.keys(rows[0] ?? {})).not.toContain('lines.netAmount')
    expect(rows.map((row) => [row.number, row['lines.part']])).toEqual([['SO-2026-00001', 'CB-7-ALU-M'], ['SO-2026-00001', 'LGT-FRONT'], ['SO-2026-00002', '']])
  })

  it('names by its id what its code does not tell apart, and what the reader may not see', async () => {
    const [second, otherCompany] = [newId(), newId()]
    await openStore(booted.payload).insertMany('companies', [{ id: otherCompany, version: 1, code: 'U', name: 'Another', currency: 'CNY', timeZone: 'Asia/Shanghai', country: 'CN', language: 'zh', priceTolerancePercent: 0, purchaseApprovalLimit: 0, status: 'active' }])
    await openStore(booted.payload).insertMany('sites', [{ id: second, version: 1, code: 'SH', name: 'Another SH', company: otherCompany, status: 'inactive' }])
    expect(records(await owner.door('/sales-orders/export?for=import'))[0]?.site).toBe(firm.site)
    await openStore(booted.payload).remove('sites', { id: { equals: second } })
    await openStore(booted.payload).remove('companies', { id: { equals: otherCompany } })
    const seller = await signIn(booted, ['salesRep'])
    await openStore(booted.payload).update('customers', firm.customer, { owner: owner.id })
    expect(records(await seller.door('/customers/export?for=import'))[0]?.owner).toBe(owner.id)
    expect(records(await owner.door('/customers/export?for=import'))[0]?.owner).toBe(owner.email)
  })

  it('goes through a long list once, in the order in which its records were made', async () => {
    const ids = Array.from({ length: 1_203 }, () => newId())
    await openStore(booted.payload).insertMany('parts', ids.map((id, index) => ({
      id, version: 1, partNumber: `LONG-${index}`, name: `Part ${index}`, unit: firm.unit, makeOrBuy: 'buy', tracking: 'none', status: 'active',
    })))
    const rows = records(await owner.door('/parts/export?for=import&columns=partNumber&where[partNumber][like]=LONG-'))
    expect(rows.map(({ partNumber }) => partNumber)).toEqual(ids.map((_, index) => `LONG-${index}`))
  })
})

describe('a spreadsheet for people', () => {
  it('has labels, titles, figures to calculate with, and times by the firm’s clock', async () => {
    const store = openStore(booted.payload)
    await store.insertMany('activities', [{
      id: newId(), version: 1, company: firm.company, traceId: null, subject: '=1+1', activityType: 'call', dueDate: '2026-11-22', customer: firm.customer, owner: owner.id,
      workflow: { state: 'planned', snapshot: null, definitionHash: 'none', since: '2026-11-21T08:00:00.000Z' },
    }])
    const answer = await owner.door('/activities/export?format=xlsx&language=zh&columns=subject,customer,activityType,dueDate')
    expect(answer.headers.get('content-type')).toBe('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
    expect(answer.headers.get('content-disposition')).toMatch(/filename\*=UTF-8''.+\.xlsx$/)
    expect((await sheetOf(answer))[1]).toEqual(['=1+1', '荷兰自行车批发公司', '电话', new Date('2026-11-22T00:00:00Z')])
    const orders = await sheetOf(await owner.door('/sales-orders/export?format=xlsx&columns=number,requestedDate,grandTotal&sort=number'))
    expect(orders[1]).toEqual(['SO-2026-00001', new Date('2026-12-01T00:00:00Z'), 37.86])
    const [{ at } = { at: '' }] = records(await owner.door('/sign-ins/export?headers=names&columns=at'))
    const [, [shown] = []] = await sheetOf(await owner.door('/sign-ins/export?format=xlsx&columns=at'))
    const inShanghai = Date.parse(at ?? '') + 8 * 3_600_000
    expect(Math.abs((shown as Date).getTime() - inShanghai)).toBeLessThan(1_000)
  })
})

async function contactOf(): Promise<Record<string, string>> {
  await openStore(booted.payload).insertMany('contacts', [{ id: newId(), version: 1, name: 'Ann', customer: firm.customer, status: 'active' }])
  return records(await owner.door('/contacts/export?for=import'))[0] ?? {}
}
