import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../support/chromium.ts'
import { startBuiltApp, type RunningApp } from '../support/running-app.ts'
import { demoLogins } from '../../plugins/core/demo/logins.ts'

let app: RunningApp

beforeAll(async () => { app = await startBuiltApp() })
afterAll(() => app?.stop())

async function asOwner(work: (page: Page) => Promise<void>) {
  const browser = await openBrowser({ width: 1280, locale: 'en', colorScheme: 'light' })
  try {
    const page = await browser.context.newPage()
    const login = demoLogins().find(({ role }) => role === 'owner')
    const answer = await page.request.post(`${app.url}/api/users/login`, { data: { email: login?.email, password: login?.password }, headers: { Origin: app.url } })
    expect(answer.status()).toBe(200)
    await work(page)
  } finally {
    await browser.close()
  }
}

describe('the panel without a mouse', () => {
  it('dates start with today, are typed and chosen as the panel writes them', () => asOwner(async (page) => {
    await page.goto(`${app.url}/admin/collections/stock-counts/create`, { waitUntil: 'networkidle' })
    const date = page.getByRole('textbox', { name: 'Counted on' })
    expect(await date.inputValue()).toMatch(/^\d{1,2} [A-Z][a-z]{2} \d{4}$/)
    await date.fill('2026-12-03')
    await date.press('Tab')
    expect(await date.inputValue()).toBe('3 Dec 2026')
    await date.focus()
    await date.press('ArrowDown')
    expect(await date.inputValue()).toBe('4 Dec 2026')
    await date.press('Alt+ArrowDown')
    await page.getByRole('dialog', { name: 'Counted on' }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    expect(await date.inputValue()).toBe('11 Dec 2026')
    expect(await date.evaluate((input) => input === document.activeElement)).toBe(true)
  }))

  it('Enter makes a line below a filled one only, Alt+Delete takes it away', () => asOwner(async (page) => {
    await page.goto(`${app.url}/admin/collections/stock-counts/create`, { waitUntil: 'networkidle' })
    const rows = page.locator('tbody tr')
    const counted = (line: number) => page.getByRole('textbox', { name: new RegExp(`^Counted, line ${line}$`) })
    await counted(1).focus()
    await page.keyboard.press('Enter')
    expect(await rows.count()).toBe(1)
    await counted(1).fill('5')
    await page.keyboard.press('Enter')
    await rows.nth(1).waitFor()
    await expect.poll(() => counted(2).evaluate((input) => input === document.activeElement)).toBe(true)
    await page.keyboard.press('Enter')
    expect(await rows.count()).toBe(2)
    await page.keyboard.press('ArrowUp')
    await expect.poll(() => counted(1).evaluate((input) => input === document.activeElement)).toBe(true)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Alt+Delete')
    await expect.poll(() => rows.count()).toBe(1)
  }))

  it('fields to filter by are found by name; internals only when asked for', () => asOwner(async (page) => {
    await page.goto(`${app.url}/admin/collections/sales-orders`, { waitUntil: 'networkidle' })
    await page.getByRole('button', { name: 'Filter', exact: true }).press('Enter')
    const field = page.getByRole('combobox', { name: 'Find a field…' })
    await expect.poll(() => field.evaluate((input) => input === document.activeElement)).toBe(true)
    expect(await page.getByRole('option', { name: 'Version', exact: true }).count()).toBe(0)
    await page.keyboard.type('requested')
    await page.keyboard.press('Enter')
    await page.getByRole('textbox', { name: 'Value' }).fill('1 nov 2026')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Requested date is on or after 1 Nov 2026' }).waitFor()
  }))

  it('a question mark shows the keys, Escape closes them', () => asOwner(async (page) => {
    await page.goto(`${app.url}/admin`, { waitUntil: 'networkidle' })
    await page.keyboard.press('?')
    const help = page.getByRole('dialog', { name: 'Keyboard' })
    await help.waitFor()
    await page.keyboard.press('Escape')
    await help.waitFor({ state: 'detached' })
  }))
})

describe('a list', () => {
  it('shows its last column at 1280 pixels', () => asOwner(async (page) => {
    for (const list of ['sales-orders', 'purchase-orders', 'invoices']) {
      await page.goto(`${app.url}/admin/collections/${list}`, { waitUntil: 'networkidle' })
      const hidden = await page.locator('main table').evaluate((table) => (table.parentElement?.scrollWidth ?? 0) - (table.parentElement?.clientWidth ?? 0))
      expect(hidden, list).toBeLessThanOrEqual(0)
    }
  }))
})
