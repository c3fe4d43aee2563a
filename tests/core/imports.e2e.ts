import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Papa from 'papaparse'
import type { Download, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoLogins } from '../../plugins/core/demo/logins.ts'
import { faultsOf } from '../support/axe.ts'
import { openBrowser } from '../support/chromium.ts'
import { startBuiltApp, type RunningApp } from '../support/running-app.ts'

/* Someone brings lists in and out by clicking only. */
let app: RunningApp
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'trellis-imports-'))
  app = await startBuiltApp()
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await app?.stop()
})

/** A busy machine takes its time. */
const slow = { timeout: 60_000 }

type View = Parameters<typeof openBrowser>[0]

async function asOwner(view: View, work: (page: Page) => Promise<void>) {
  const browser = await openBrowser(view)
  try {
    const page = await browser.context.newPage()
    const faults: string[] = []
    page.on('pageerror', ({ message }) => faults.push(message))
    const login = demoLogins().find(({ role }) => role === 'owner')
    const answer = await page.request.post(`${app.url}/api/users/login`, { data: { email: login?.email, password: login?.password }, headers: { Origin: app.url } })
    expect(answer.status()).toBe(200)
    await work(page)
    expect(faults).toEqual([])
  } finally {
    await browser.close()
  }
}

type Row = Record<string, string>

/** A downloaded CSV file by the names of its columns. */
async function rowsOf(download: Download): Promise<Row[]> {
  const text = await readFile(await download.path(), 'utf8')
  return Papa.parse<Row>(text.replace(/^\uFEFF/, ''), { header: true, skipEmptyLines: true, delimiter: ',' }).data
}

function save(name: string, rows: readonly Row[]): string {
  const file = path.join(folder, name)
  writeFileSync(file, `\uFEFF${Papa.unparse(rows as Row[], { newline: '\r\n' })}\r\n`)
  return file
}

async function choose(page: Page, file: string) {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: 'Choose a file' }).click()])
  await chooser.setFiles(file)
  await page.getByRole('heading', { name: 'Which column is which field?' }).waitFor()
}

/** The figure under a name. */
const figure = (page: Page, name: string) => page.getByRole('main').locator('dl > div').filter({ has: page.getByText(name, { exact: true }) }).locator('dd').innerText()

describe('importing and exporting in the panel', () => {
  it('exports parts, changes them in the file, imports them with a mapping, mends the bad rows, imports these, and undoes that', () => asOwner({ width: 1280 }, async (page) => {
    await page.goto(`${app.url}/admin/collections/parts`, { waitUntil: 'networkidle' })
    await page.getByRole('button', { name: 'Export' }).click()
    const [exported] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'CSV', exact: true }).click()])
    const parts = await rowsOf(exported)
    const [first] = parts
    if (!first) expect.fail('nothing was exported')

    const renamed = (row: Row): Row => Object.fromEntries(Object.entries(row).map(([name, value]) => [name === 'listPrice' ? 'Preis ab 2027' : name, value]))
    const changed = { ...first, name: 'Tamper, "58 mm"; 压粉锤', listPrice: '1234.567891' }
    const fresh = (partNumber: string, more: Row = {}): Row => ({ ...first, partNumber, name: `New ${partNumber}`, barcode: '', ...more })
    const file = save('parts.csv', [changed, ...parts.slice(1), fresh('IMP-1'), fresh('IMP-2', { unit: 'BARREL' }), fresh('IMP-3', { listPrice: 'cheap' })].map(renamed))

    await page.getByRole('link', { name: 'Import', exact: true }).click()
    await page.getByRole('heading', { name: 'Import parts' }).waitFor()
    expect(await faultsOf(page)).toEqual([])
    await choose(page, file)
    const price = page.getByRole('button', { name: /Field for the column “Preis ab 2027”/ })
    expect(await price.textContent()).toMatch(/Not imported$/)
    await price.press('Enter')
    await page.keyboard.type('list pr')
    await page.keyboard.press('Enter')
    await expect.poll(() => price.textContent(), slow).toMatch(/: List price$/)
    await page.getByRole('radio', { name: /Change them/ }).check()
    expect(await faultsOf(page)).toEqual([])

    await page.getByRole('button', { name: 'Check every row' }).click()
    await page.getByRole('button', { name: /^Import \d+ rows$/ }).waitFor()
    expect([await figure(page, 'Rows'), await figure(page, 'With problems'), await figure(page, 'New')]).toEqual([String(parts.length + 3), '2', '1'])
    await page.getByRole('row', { name: /unit BARREL/ }).waitFor()
    await page.getByRole('button', { name: /^Preis ab 2027/ }).click()
    await page.getByRole('row', { name: /cheap/ }).waitFor()
    await expect.poll(() => page.getByRole('row', { name: /unit BARREL/ }).count(), slow).toBe(0)
    expect(await faultsOf(page)).toEqual([])
    await page.getByRole('button', { name: /^Import \d+ rows$/ }).click()
    await page.getByRole('heading', { name: 'The import is done' }).waitFor(slow)
    expect([await figure(page, 'New'), await figure(page, 'With problems')]).toEqual(['1', '2'])
    expect(await faultsOf(page)).toEqual([])

    await page.getByRole('button', { name: 'Download the bad rows' }).click()
    const [bad] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'CSV', exact: true }).click()])
    const badRows = await rowsOf(bad)
    expect(badRows.map((row) => row.partNumber)).toEqual(['IMP-2', 'IMP-3'])
    expect(badRows.every((row) => row.Problem)).toBe(true)
    const mended = save('mended.csv', badRows.map((row) => ({ ...row, unit: first.unit ?? '', 'Preis ab 2027': '7' })))

    await page.getByRole('link', { name: 'Import another file' }).click()
    await choose(page, mended)
    await page.getByText('As you did it last time with a file of these columns.').waitFor()
    await page.getByRole('button', { name: 'Check every row' }).click()
    await page.getByRole('button', { name: 'Import all 2 rows' }).click()
    await page.getByRole('heading', { name: 'The import is done' }).waitFor(slow)

    await page.getByRole('link', { name: 'Open the list' }).click()
    await page.getByRole('link', { name: 'IMP-2', exact: true }).waitFor()
    await page.getByRole('row', { name: /压粉锤/ }).waitFor()
    await page.goBack()
    await page.getByRole('button', { name: 'Undo the import' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Undo the import' }).click()
    await page.getByRole('heading', { name: 'The import was undone' }).waitFor(slow)
    expect(await faultsOf(page)).toEqual([])
    await page.goto(`${app.url}/admin/collections/parts?q=IMP-`, { waitUntil: 'networkidle' })
    expect(await page.getByRole('link', { name: /^IMP-/ }).allInnerTexts()).toEqual(['IMP-1'])
    await page.goto(`${app.url}/admin/imports`, { waitUntil: 'networkidle' })
    await page.getByRole('row', { name: /mended\.csv.*Undone/ }).waitFor()
    expect(await faultsOf(page)).toEqual([])
  }))

  it('speaks Chinese, on a phone, in the dark: a file of Excel in GBK with semicolons', () => asOwner({ width: 390, locale: 'zh-CN', colorScheme: 'dark' }, async (page) => {
    // 客户编号;名称;国家;信用额度 / GB-001;杭州西湖自行车行;CN;1.234,50 / GB-002;;德国;abc in GB18030.
    const gbk = Buffer.from('bfcdbba7b1e0bac53bc3fbb3c63bb9fabcd23bd0c5d3c3b6eeb6c80a47422d3030313bbabcd6ddcef7bafed7d4d0d0b3b5d0d03b434e3b312e3233342c35300a47422d3030323b3bb5c2b9fa3b6162630a', 'hex')
    const file = path.join(folder, '客户.csv')
    writeFileSync(file, gbk)
    await page.goto(`${app.url}/admin/collections/customers`, { waitUntil: 'networkidle' })
    await page.getByRole('link', { name: '导入', exact: true }).click()
    await page.getByRole('heading', { name: '导入客户' }).waitFor()
    expect(await faultsOf(page)).toEqual([])
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: '选择文件' }).click()])
    await chooser.setFiles(file)
    await page.getByRole('heading', { name: '每一列对应哪个字段？' }).waitFor()
    expect(await page.getByRole('button', { name: /列“信用额度”对应的字段/ }).textContent()).toMatch(/: 信用额度$/)
    expect([await page.getByLabel('分隔符').inputValue(), await page.getByLabel('编码').inputValue(), await page.getByLabel('小数写法').inputValue()]).toEqual([';', 'gb18030', ','])
    expect(await faultsOf(page)).toEqual([])
    await page.getByRole('button', { name: '检查所有行' }).click()
    await page.getByRole('button', { name: '导入 1 行' }).waitFor()
    expect(await faultsOf(page)).toEqual([])
    await page.getByRole('button', { name: '导入 1 行' }).click()
    await page.getByRole('heading', { name: '导入完成' }).waitFor(slow)
    expect(await faultsOf(page)).toEqual([])
    await page.getByRole('link', { name: '打开列表' }).click()
    await page.getByText('杭州西湖自行车行').first().waitFor()
    await page.goto(`${app.url}/admin/imports`, { waitUntil: 'networkidle' })
    await page.getByText('客户.csv').waitFor()
    expect(await faultsOf(page)).toEqual([])
  }))

  it('goes on with an upload where a reload interrupted it', () => asOwner({ width: 1280 }, async (page) => {
    const row = { partNumber: 'BIG-', name: 'Part', unit: 'PCS', description: 'x'.repeat(1_500) }
    const file = save('large.csv', Array.from({ length: 12_000 }, (_, index) => ({ ...row, partNumber: `BIG-${index}` })))
    const offsets: number[] = []
    let isCut = true
    await page.route('**/uploads/*', async (route) => {
      const offset = Number(route.request().headers()['upload-offset'] ?? -1)
      if (route.request().method() === 'PATCH') offsets.push(offset)
      // The second part never gets an answer.
      if (!(isCut && offset > 0)) await route.continue()
    })
    await page.goto(`${app.url}/admin/imports/new?entity=parts`, { waitUntil: 'networkidle' })
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: 'Choose a file' }).click()])
    await chooser.setFiles(file)
    await page.getByRole('progressbar').waitFor()
    await expect.poll(() => offsets.length, slow).toBe(2)
    isCut = false
    await page.reload({ waitUntil: 'networkidle' })
    await page.getByText(/The upload of “large\.csv” was interrupted at \d+ %/).waitFor()
    await choose(page, file)
    expect(offsets.slice(0, 3)).toEqual([0, 8_388_608, 8_388_608])
    await page.getByText('12,000').or(page.getByRole('button', { name: 'Check every row' })).first().waitFor()
  }))

  it('keeps the way in from who has no right to import', async () => {
    const browser = await openBrowser({ width: 1280 })
    try {
      const page = await browser.context.newPage()
      const login = demoLogins().find(({ role }) => role === 'viewer')
      await page.request.post(`${app.url}/api/users/login`, { data: { email: login?.email, password: login?.password }, headers: { Origin: app.url } })
      await page.goto(`${app.url}/admin/collections/parts`, { waitUntil: 'networkidle' })
      expect(await page.getByRole('link', { name: 'Import', exact: true }).count()).toBe(0)
      await page.goto(`${app.url}/admin/imports/new?entity=parts`)
      await page.getByText('Your roles import nothing. Ask the owner for the right to import.').waitFor()
    } finally {
      await browser.close()
    }
  })
})
