import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Papa from 'papaparse'
import type { Payload } from 'payload'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../../config/root.ts'
import { readSettings } from '../../config/settings.ts'
import { actorOf, systemActor } from '../../plugins/core/access/actor.ts'
import { runCommandLine } from '../../plugins/core/cli/main.ts'
import { transact } from '../../plugins/core/commands/transact.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import { ProblemError } from '../../plugins/core/errors.ts'
import type { Importer, RowProblem } from '../../plugins/core/import/importer.ts'
import { runImport, type ImportOptions, type ImportResult } from '../../plugins/core/import/run-import.ts'
import { verify } from '../../plugins/core/verify/run-checks.ts'
import { adventureworks } from '../../plugins/erp/import/adventureworks/importer.ts'
import { setUpCompany } from '../../plugins/erp/setup/set-up-company.ts'
import { internationalTemplate } from '../../plugins/erp/setup/templates/international.ts'
import type { Booted } from '../support/boot-payload.ts'
import { bootPlatform } from '../support/test-platform.ts'

/** A few rows of each file, most of them wrong in a way of their own. */
const broken = path.join(root, 'tests/fixtures/adventureworks-broken')

/** File, row, column, value: every mistake that was put into the fixture. */
const mistakes = [
  ['UnitMeasure.csv', 5, 'UnitMeasureCode', 'EA'],
  ['UnitMeasure.csv', 4, 'UnitMeasureCode', ''],
  ['ProductCategory.csv', 3, '', '2'],
  ['ProductSubcategory.csv', 3, 'ProductCategoryId', '9'],
  ['Product.csv', 3, 'StandardCost', 'abc'],
  ['Product.csv', 4, 'MakeFlag', '2'],
  ['Product.csv', 6, 'ListPrice', '-5'],
  ['Product.csv', 7, 'DaysToManufacture', '1.5'],
  ['Product.csv', 9, 'ProductSubcategoryId', '99'],
  ['Product.csv', 10, 'Name', ''],
  ['Product.csv', 5, 'ProductNumber', 'AR-5381'],
  ['Vendor.csv', 3, 'ActiveFlag', 'X'],
  ['ProductVendor.csv', 6, 'BusinessEntityId', '1496'],
  ['ProductVendor.csv', 3, 'StandardPrice', 'nothing'],
  ['ProductVendor.csv', 4, 'BusinessEntityId', '1494'],
  ['ProductVendor.csv', 5, 'UnitMeasureCode', 'BOX'],
  ['Location.csv', 3, 'Name', ''],
  ['Store.csv', 3, '', '936,Clamps, Brackets and a quote that never ends,276'],
  ['Store.csv', 5, '', '940,The next with a quote that never ends,277'],
  ['Customer.csv', 7, '', '6,20,,1,AW00000006,surplus'],
  ['Customer.csv', 3, 'StoreId', '936'],
  ['Customer.csv', 5, 'TerritoryId', '12'],
  ['Customer.csv', 6, 'AccountNumber', 'AW00000003'],
  ['ProductListPriceHistory.csv', 3, 'EndDate', '31.12.2013'],
  ['ProductListPriceHistory.csv', 4, 'ProductId', '99'],
  ['PurchaseOrderHeader.csv', 9, 'PurchaseOrderId', '3'],
  ['PurchaseOrderDetail.csv', 13, 'PurchaseOrderId', '99'],
  ['PurchaseOrderDetail.csv', 3, 'StockedQty', '9'],
  ['PurchaseOrderHeader.csv', 3, 'PurchaseOrderId', '2'],
  ['PurchaseOrderHeader.csv', 4, 'Status', '7'],
  ['PurchaseOrderHeader.csv', 5, 'SubTotal', '30'],
  ['PurchaseOrderHeader.csv', 7, 'PurchaseOrderId', '6'],
  ['PurchaseOrderDetail.csv', 8, 'DueDate', '2011-04-31'],
  ['PurchaseOrderHeader.csv', 10, 'PurchaseOrderId', '8'],
  ['PurchaseOrderHeader.csv', 6, 'VendorId', '1494'],
  ['ProductInventory.csv', 6, 'Quantity', '-3'],
  ['ProductInventory.csv', 7, 'ProductId', '99'],
  ['ProductInventory.csv', 8, 'LocationId', '2'],
] as const
/** Applied all the same. */
const warnings = [
  ['PurchaseOrderHeader.csv', 8, 'TaxAmt', '2.25'],
  ['PurchaseOrderDetail.csv', 7, 'DueDate', '2011-05-01'],
] as const

const sorted = (places: readonly (readonly (string | number)[])[]) => places.map((place) => place.join(' | ')).sort()
const placesOf = (problems: readonly RowProblem[], severity: RowProblem['severity']) =>
  sorted(problems.filter((problem) => problem.severity === severity).map(({ file, row, column, value }) => [file, row, column, value]))

async function bring(payload: Payload, options: Partial<ImportOptions> & { readonly reportFile: string }): Promise<ImportResult & { problems: RowProblem[]; told: string[] }> {
  const problems: RowProblem[] = []
  const told: string[] = []
  const result = await runImport({ payload, importer: adventureworks, folder: broken, watch: { problem: (problem) => problems.push(problem), tell: ({ en }) => told.push(en) }, ...options })
  return { ...result, problems, told }
}

async function sentenceOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(() => undefined, (reason: unknown) => reason)
  expect(error).toBeInstanceOf(ProblemError)
  const { message } = (error as ProblemError).problem
  expect(message.zh).toMatch(/[\u4e00-\u9fff]/)
  return message.en
}

describe('bad rows', () => {
  let booted: Booted
  let payload: Payload
  let scratch: string
  let reportFile: string
  let result: Awaited<ReturnType<typeof bring>>

  beforeAll(async () => {
    scratch = await mkdtemp(path.join(tmpdir(), 'trellis-import-'))
    reportFile = path.join(scratch, 'reports', 'report.csv')
    booted = await bootPlatform()
    payload = booted.payload
    // First without its end, as if the power had gone: the next run goes on from there.
    const interrupted: Importer = { ...adventureworks, steps: adventureworks.steps.slice(0, -2) }
    await bring(payload, { importer: interrupted, reportFile: path.join(scratch, 'first.csv') })
    expect(await openStore(payload).count('stock-counts')).toBe(0)
    result = await bring(payload, { reportFile })
  })
  afterAll(async () => {
    await booted?.stop()
    await rm(scratch, { recursive: true, force: true })
  })

  it('are all reported, each with its place and with a remedy in both languages', () => {
    expect(placesOf(result.problems, 'error')).toEqual(sorted(mistakes))
    expect(result.errors).toBe(mistakes.length)
    for (const { message } of result.problems) {
      expect(message.en.length).toBeGreaterThan(20)
      expect(message.zh).toMatch(/[\u4e00-\u9fff]/)
    }
  })

  it('stand in the CSV report too', async () => {
    expect(result.report).toBe(reportFile)
    const { data } = Papa.parse<Record<string, string>>((await readFile(reportFile, 'utf8')).replace(/^\uFEFF/, '').trim(), { header: true })
    // A value that a spreadsheet would take for a formula is written with an apostrophe.
    expect(sorted(data.map(({ file = '', row = '', column = '', value = '' }) => [file, row, column, value.replace(/^'/, '')]))).toEqual(sorted(mistakes))
    expect(data.every(({ message, message_zh: zh }) => message && zh)).toBe(true)
  })

  it('keep no good row out', async () => {
    const store = openStore(payload)
    const names = async (entity: string, field: string) => (await store.find<string>(entity)).map((row) => row[field]).sort()
    expect(await names('parts', 'partNumber')).toEqual(['AR-5381', 'BK-0007', 'CR-0010'])
    expect(await names('suppliers', 'number')).toEqual(['ADVANCED0001', 'AUSTRALI0001'])
    expect(await names('customers', 'number')).toEqual(['AW00000001', 'AW00000003'])
    expect(await names('purchase-orders', 'number')).toEqual(['PO-AW-00001', 'PO-AW-00007', 'PO-AW-00009', 'PO-AW-00010'])
    const states = Object.fromEntries((await store.find('purchase-orders')).map(({ number, workflow }) => [number, workflow.state]))
    expect(states).toEqual({ 'PO-AW-00001': 'closed', 'PO-AW-00007': 'approved', 'PO-AW-00009': 'closed', 'PO-AW-00010': 'cancelled' })
    const part = await store.findOne('parts', { partNumber: { equals: 'BK-0007' } })
    expect(part).toMatchObject({ name: 'Good Bike, large', makeOrBuy: 'make', listPrice: 20_250_000, leadTimeDays: 4, description: 'Color Red; size 62; weight 15.4 LB' })
  })

  it('are reported again by the next run, which applies nothing', async () => {
    const again = await bring(payload, { reportFile: path.join(scratch, 'again.csv') })
    expect(again.applied).toBe(0)
    expect(placesOf(again.problems, 'error')).toEqual(sorted(mistakes))
    expect(placesOf(again.problems, 'warning')).toEqual([])
  })

  it('of orders or the inventory keep the count from being posted and the periods from being closed, which is told with the remedy', async () => {
    const store = openStore(payload)
    expect(await store.count('stock-counts')).toBe(0)
    expect((await store.find('periods')).map(({ workflow }) => workflow.state)).not.toContain('closed')
    expect(result.told).toEqual([expect.stringMatching(/count is not posted and the periods stay open.*Correct the reported rows and run the import again/)])
    expect((await verify(payload)).checks.filter(({ ok }) => !ok)).toEqual([])
  })

  it('come in once they are corrected, and the run completes with count and closed periods; what comes after that is refused with the reason', async () => {
    const folder = path.join(scratch, 'corrected')
    await cp(broken, folder, { recursive: true })
    const change = async (file: string, work: (text: string) => string) => {
      const text = await readFile(path.join(folder, file), 'utf8')
      const changed = work(text)
      expect(changed).not.toBe(text)
      await writeFile(path.join(folder, file), changed)
    }
    const correct = (file: string, from: string, to: string) => change(file, (text) => text.replace(from, to))
    const without = (file: string, wrong: RegExp) => change(file, (text) => text.split('\n').filter((line) => !wrong.test(line)).join('\n'))
    await correct('Vendor.csv', '2,1,X,', '2,1,1,')
    await correct('Location.csv', '2,,0,0', '2,Paint Shop,0,0')
    // Corrected: a received quantity, a status, a subtotal. Left out for now: order 5; for good: what is wrong beyond correcting.
    await correct('PurchaseOrderDetail.csv', '2.5,25,10,2,9', '2.5,25,10,2,8')
    await correct('PurchaseOrderHeader.csv', '3,4,7,', '3,4,4,')
    await correct('PurchaseOrderHeader.csv', ',30,2.4,0.75,33.15', ',25,2,0.625,27.625')
    const header = await readFile(path.join(folder, 'PurchaseOrderHeader.csv'), 'utf8')
    await change('PurchaseOrderHeader.csv', (text) => text.split('\n').filter((line, index) => !/^[568],/.test(line) && index !== 8).join('\n'))
    const details = await readFile(path.join(folder, 'PurchaseOrderDetail.csv'), 'utf8')
    await without('PurchaseOrderDetail.csv', /^(5|8|99),/)
    await without('ProductInventory.csv', /-3$|^99,|^1,2,/)
    const corrected = await bring(payload, { folder, reportFile: path.join(scratch, 'corrected.csv') })
    const applied = Object.fromEntries(corrected.steps.map(({ name, counts }) => [name, counts.applied]).filter(([, count]) => count !== 0))
    expect(applied).toEqual({ suppliers: 1, 'supplier-parts': 1, locations: 1, 'purchase-orders': 3, 'stock-counts': 4, periods: 3 })
    expect(corrected.told).toEqual([])
    expect(corrected.problems.filter(({ file }) => /^PurchaseOrder|^ProductInventory/.test(file))).toEqual([])
    expect((await verify(payload)).checks.filter(({ ok }) => !ok)).toEqual([])

    const restored = (text: string, lines: string) => text.replace(/^7,/m, `${lines}\n7,`)
    const lineOf = (text: string, id: number) => text.split('\n').find((line) => line.startsWith(`${id},`)) ?? ''
    await change('PurchaseOrderHeader.csv', (text) => restored(text, lineOf(header, 5)))
    await change('PurchaseOrderDetail.csv', (text) => restored(text, lineOf(details, 5)))
    await change('ProductInventory.csv', (text) => `${text.trimEnd()}\n1,2,A,1,3\n`)
    const late = await bring(payload, { folder, reportFile: path.join(scratch, 'late.csv') })
    const sentence = (file: string) => late.problems.find((problem) => problem.file === file)?.message.en
    expect(late.applied).toBe(0)
    expect(sentence('PurchaseOrderHeader.csv')).toMatch(/^Period 2011-04 is closed/)
    expect(sentence('ProductInventory.csv')).toMatch(/posted already/)
    expect((await verify(payload)).checks.filter(({ ok }) => !ok)).toEqual([])
  })

  it('had, as warnings, what was applied all the same', async () => {
    const fresh = await bootPlatform()
    try {
      const first = await bring(fresh.payload, { reportFile: path.join(scratch, 'fresh.csv') })
      expect(placesOf(first.problems, 'warning')).toEqual(sorted(warnings))
      const order = await openStore(fresh.payload).findOne('receipts', { number: { equals: 'GR-AW-00007' } })
      expect(order?.receiptDate).toBe('2011-05-25')
    } finally {
      await fresh.stop()
    }
  })
})

describe('a file that is no table', () => {
  it('is one problem of that file, with what is missing; the rest of the folder comes in', async () => {
    const scratch = await mkdtemp(path.join(tmpdir(), 'trellis-import-'))
    const booted = await bootPlatform()
    try {
      const folder = path.join(scratch, 'folder')
      await cp(broken, folder, { recursive: true })
      await writeFile(path.join(folder, 'ProductInventory.csv'), '')
      await writeFile(path.join(folder, 'Vendor.csv'), 'BusinessEntityId;AccountNumber\n1492;AUSTRALI0001\n')
      const { problems } = await bring(booted.payload, { folder, reportFile: path.join(scratch, 'report.csv') })
      const told = (name: string) => problems.filter(({ file }) => file === name).map(({ row, message }) => [row, message.en])
      expect(told('ProductInventory.csv')).toEqual([[1, expect.stringMatching(/^The file is empty.*ProductId, LocationId, Quantity/)]])
      expect(told('Vendor.csv')).toEqual([[1, expect.stringMatching(/^The header line lacks .*BusinessEntityId, .*first line/)]])
      expect(await openStore(booted.payload).count('parts')).toBe(3)
      expect(await openStore(booted.payload).count('stock-counts')).toBe(0)
    } finally {
      await booted.stop()
      await rm(scratch, { recursive: true, force: true })
    }
  })
})

describe('the door of the import', () => {
  let booted: Booted
  let payload: Payload
  let scratch: string
  const settings = () => readSettings({ DATA_DIR: scratch })

  beforeAll(async () => {
    scratch = await mkdtemp(path.join(tmpdir(), 'trellis-import-'))
    booted = await bootPlatform()
    payload = booted.payload
    const user = (email: string, roles: string[]) => payload.create({ collection: 'users', data: { email, password: 'a password of the tests', name: email, roles } as never })
    await user('owner@firm.example', ['owner'])
    await user('buyer@firm.example', ['buyer'])
  })
  afterAll(async () => {
    await booted?.stop()
    await rm(scratch, { recursive: true, force: true })
  })

  async function command(...argv: string[]): Promise<{ status: number; output: string }> {
    const written: string[] = []
    const status = await runCommandLine({ argv: ['import', ...argv], settings: settings(), boot: () => Promise.resolve(payload), write: (line) => written.push(line) })
    return { status, output: written.join('\n') }
  }

  it('refuses a person without the right, with what is lacking, and leaves nothing', async () => {
    const buyer = await actorOf(payload, { id: 'b', name: 'Bea', roles: ['buyer'] })
    const sentence = await sentenceOf(bring(payload, { actor: buyer, reportFile: path.join(scratch, 'no.csv') }))
    expect(sentence).toMatch(/^Bea may not import .*customers.*Ask the owner/)
    expect(sentence).not.toMatch(/purchase orders/)
    expect(await openStore(payload).count('companies')).toBe(0)
    const answer = await command(broken, '--as', 'buyer@firm.example')
    expect(answer.status).toBe(2)
    expect(answer.output).toMatch(/may not import .*没有以下数据的导入权限/)
  })

  it.each([
    [['/nowhere/at/all'], /There is no folder/],
    [[], /Give the folder/],
    [[broken, 'another'], /Give the folder/],
    [[broken, '--as'], /--as needs a value/],
    [[broken, '--force'], /does not know "--force"/],
    [[broken, '--as', 'nobody@firm.example'], /There is no user nobody@firm.example/],
    [[path.join(root, 'docs')], /it lacks UnitMeasure.csv/],
  ])('%j ends with one sentence and status 2', async (argv, sentence) => {
    const { status, output } = await command(...argv)
    expect(status).toBe(2)
    expect(output).toMatch(sentence)
    expect(await openStore(payload).count('companies')).toBe(0)
  })

  it('refuses a company with books in another currency, and says what to do', async () => {
    await transact(payload, { actor: systemActor }, (context) => setUpCompany(context, {
      company: { code: 'EU', name: 'Rad GmbH', currency: 'EUR', timeZone: 'Europe/Berlin', country: 'DE', language: 'en' },
      site: { code: 'MAIN', name: 'Main' }, template: internationalTemplate, firstMonth: '2026-01', months: 12,
    }))
    const refused = (company?: string) => sentenceOf(bring(payload, { reportFile: path.join(scratch, 'no.csv'), ...(company ? { company } : {}) }))
    expect(await refused()).toMatch(/kept by Rad GmbH in EUR.*DATA_DIR=data\/bikes npm run import/)
    expect(await refused('XX')).toMatch(/There is no company "XX". Choose one of EU \(EUR\)/)
    expect(await openStore(payload).count('parts')).toBe(0)
  })

  it('brings the rows into a named company in dollars, in the name of the person, beside what is there', async () => {
    const other = await transact(payload, { actor: systemActor }, (context) => setUpCompany(context, {
      company: { code: 'US', name: 'Wheels Inc.', currency: 'USD', timeZone: 'America/New_York', country: 'US', language: 'en' },
      site: { code: 'NY', name: 'New York' }, template: internationalTemplate, firstMonth: '2026-01', months: 12,
    }))
    const { status, output } = await command(broken, '--company', 'US', '--as', 'owner@firm.example')
    expect(status).toBe(1)
    expect(output).toMatch(/Product\.csv, row 3, StandardCost "abc": Standard cost: Not a plain decimal number/)
    expect(output).toMatch(/Bills of material · 物料清单: .*1 bad/)
    expect(output).toMatch(/applied in \d+ s, 39 errors, 2 warnings/)
    const store = openStore(payload)
    expect((await store.find('purchase-orders')).every(({ company }) => company === other.company)).toBe(true)
    const owner = await store.findOne<string>('users', { email: { equals: 'owner@firm.example' } })
    expect(await store.count('history', { action: { equals: 'import' }, actor: { equals: owner?.id } })).toBeGreaterThan(20)
    expect(await readdir(path.join(scratch, 'imports'))).toHaveLength(1)
    expect((await verify(payload)).checks.filter(({ ok }) => !ok)).toEqual([])

    const second = await command(broken, '--company', 'EU')
    expect(second.status).toBe(2)
    expect(second.output).toMatch(/was imported into the company US/)
  })
})
