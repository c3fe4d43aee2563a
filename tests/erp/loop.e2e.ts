import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, type OpenBrowser } from '../support/chromium.ts'
import { clerkAt } from '../support/clerk.ts'
import { startBuiltApp, type RunningApp } from '../support/running-app.ts'

let app: RunningApp
let browser: OpenBrowser

beforeAll(async () => {
  app = await startBuiltApp()
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

describe('the loop, by clicking only', () => {
  it('a quote becomes an order, is delivered, invoiced and paid, and its trace shows it all', async () => {
    const page = await browser.context.newPage()
    const faults: string[] = []
    page.on('pageerror', (error) => faults.push(error.message))
    page.setDefaultTimeout(20_000)
    const clerk = clerkAt(page, app.url)
    await clerk.signIn('Owner')

    await clerk.open('Quotes')
    await clerk.startNew('quote')
    await clerk.choose(/^Customer/, 'Moka')
    await clerk.fill('Valid until', '2099-12-31')
    await clerk.fill('Requested date', '2099-01-31')
    await clerk.choose('Part, line 1', 'EM-100')
    await clerk.fill('Quantity, line 1', '2')
    await clerk.create()
    await clerk.step('Send to customer', { state: 'Sent' })
    await clerk.step('Customer accepted', { state: 'Accepted' })

    await clerk.follow('sales-orders')
    await clerk.step('Submit for approval', { state: 'In review' })
    await clerk.step('Confirm order', { state: 'Confirmed' })
    await clerk.step('Create delivery')
    await clerk.follow('deliveries')
    await clerk.step('Post goods issue', { state: 'Shipped' })
    await clerk.step('Customer received', { state: 'Received by customer' })

    await clerk.follow('sales-orders')
    await clerk.follow('invoices')
    await clerk.step('Post invoice', { state: 'Open' })
    // 2 × 3,980.00 and 13 % VAT.
    await page.getByText('¥8,994.80').first().waitFor()
    await clerk.step('Register payment')
    await clerk.follow('payments')
    await clerk.step('Post payment', { state: 'Posted' })

    await clerk.follow('invoices')
    await page.locator('main').getByText('Settled', { exact: true }).first().waitFor()
    await clerk.follow('sales-orders')
    await page.locator('main').getByText('Closed', { exact: true }).first().waitFor()
    await page.getByRole('group', { name: 'View' }).getByRole('button', { name: 'Trace' }).click()
    for (const number of [/QU-/, /SO-/, /DN-/, /INV-/, /PAY-/]) await page.locator('main').getByText(number).first().waitFor()
    expect(faults).toEqual([])
  })

  it('what happened stands over the workflow, each number with its documents, and what waits is one list', async () => {
    const page = await browser.context.newPage()
    page.setDefaultTimeout(20_000)
    await browser.context.clearCookies()
    await clerkAt(page, app.url).signIn('Owner')
    await page.goto(`${app.url}/admin/process/sales-orders?period=all`)
    const drawn = page.getByRole('button', { name: /^Show the documents: Confirm order \d+×/ })
    await drawn.focus()
    await page.keyboard.press('Enter')
    const panel = page.getByRole('dialog', { name: 'In review → Confirmed: Confirm order' })
    await panel.getByRole('link', { name: /^SO-/ }).first().waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('link', { name: /^My work/ }).click()
    await page.getByRole('heading', { name: 'My work' }).waitFor()
    const waiting = page.getByRole('region', { name: 'My work' }).getByRole('listitem').filter({ hasText: 'PO-' })
    await waiting.getByText('Submitted and not approved yet.').first().waitFor()
    await page.getByRole('searchbox', { name: 'Search in my work' }).fill('no such thing')
    await page.getByText('Nothing of your work matches.').waitFor()
  })

  it('a refused step says why, where its button stands', async () => {
    const page = await browser.context.newPage()
    page.setDefaultTimeout(20_000)
    const clerk = clerkAt(page, app.url)
    await browser.context.clearCookies()
    await clerk.signIn('Sales representative')
    await clerk.open('Sales orders')
    await page.getByRole('button', { name: /^In review/ }).or(page.getByRole('link', { name: /^In review/ })).or(page.getByRole('tab', { name: /^In review/ })).first().click()
    await page.waitForURL(/review/)
    await page.getByRole('row').getByText('In review', { exact: true }).first().waitFor()
    await page.locator('main').getByRole('link', { name: /^SO-/ }).first().click()
    await page.getByRole('region', { name: 'Timeline' }).waitFor()
    await expect.poll(() => page.getByRole('button', { name: 'Confirm order' }).isDisabled()).toBe(true)
    await page.getByRole('button', { name: 'More steps' }).click()
    await page.getByText('“Send back” needs the role “Sales manager”. Ask a colleague who has it.').waitFor()
  })
})
