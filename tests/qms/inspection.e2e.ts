import { afterAll, beforeAll, expect, it } from 'vitest'
import { faultsOf } from '../support/axe.ts'
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

it('an inspector takes a lot from the hold board, types what is found, and accepts it without the unit that does not conform', async () => {
  const page = await browser.context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.setDefaultTimeout(20_000)
  const clerk = clerkAt(page, app.url)
  await clerk.signIn('Inspector')
  await page.goto(`${app.url}/admin/hold-board`)
  const waiting = page.getByRole('region', { name: 'To inspect: 1' })
  await waiting.getByText('CP-GSK').waitFor()
  expect(await faultsOf(page)).toEqual([])
  await waiting.getByRole('link', { name: /^QI-/ }).click()
  await clerk.step('Draw the sample', { state: 'Being inspected' })

  const samples = page.getByRole('region', { name: 'Samples' })
  const cell = (name: string) => samples.getByRole('textbox', { name, exact: true })
  // A gauge's table is pasted; what is out of limits is seen at once.
  await cell('Thickness, unit 1').evaluate((input, text) => {
    const data = new DataTransfer()
    data.setData('text/plain', text)
    input.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  }, Array.from({ length: 32 }, () => '8.5\t70').join('\n'))
  await expect.poll(() => cell('Thickness, unit 32').inputValue()).toBe('8.5')
  await cell('Thickness, unit 1').click()
  await page.keyboard.press('Enter')
  await page.keyboard.type('8.61')
  await samples.getByText('Nonconforming 1').waitFor()
  // One key for what is only looked at; Enter goes down.
  await cell('No flash, no cracks, unit 1: open').click()
  await page.keyboard.press('0')
  await samples.getByText('Nonconforming 2').waitFor()
  await page.keyboard.press('1')
  await page.keyboard.press('Enter')
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('No flash, no cracks, unit 2: open')
  await samples.getByRole('button', { name: 'All open attributes conform' }).click()
  await samples.getByText('Inspected 32 / 32').waitFor()
  await samples.getByText('Acceptable', { exact: true }).waitFor()
  expect(await faultsOf(page)).toEqual([])
  await page.keyboard.press('Control+s')
  await page.getByText('Saved', { exact: false }).first().waitFor()

  await clerk.step('Accept lot', { state: 'Accepted' })
  await clerk.follow('nonconformances')
  await page.locator('main').getByText('T1 Thickness 厚度: 1/32').waitFor()
  expect(faults).toEqual([])
})
