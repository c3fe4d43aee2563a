import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faultsOf } from '../support/axe.ts'
import { openBrowser, type OpenBrowser } from '../support/chromium.ts'
import { clerkAt } from '../support/clerk.ts'
import { startBuiltApp, type RunningApp } from '../support/running-app.ts'

let app: RunningApp
let browser: OpenBrowser
let page: Page
const faults: string[] = []

beforeAll(async () => {
  app = await startBuiltApp()
  browser = await openBrowser()
  page = await browser.context.newPage()
  page.on('pageerror', (error) => faults.push(error.message))
  page.setDefaultTimeout(20_000)
  await clerkAt(page, app.url).signIn('Owner')
})
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

const read = async (path: string): Promise<string> => {
  const answer = await page.request.get(`${app.url}/api/${path}`, { headers: { Origin: app.url } })
  expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true)
  return (await answer.json() as { docs: readonly { id: string }[] }).docs[0]?.id ?? expect.fail(path)
}
const ask = async (path: string, data: object): Promise<{ readonly id: string }> => {
  const answer = await page.request.post(`${app.url}/api/${path}`, { data, headers: { Origin: app.url } })
  expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true)
  return await answer.json() as { id: string }
}
const shoot = async (name: string) => {
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name}.png` })
}

describe('the structure of parts', () => {
  it('stands in the navigation; a machine opens level by level, is searched, and costs what it is made of', async () => {
    await page.goto(`${app.url}/admin`)
    await page.getByRole('link', { name: 'Structure of parts' }).click()
    await page.getByText('Choose a part').waitFor()
    await page.getByRole('combobox', { name: 'Part' }).fill('EM-200')
    await page.getByRole('option', { name: /EM-200/ }).click()
    const tree = page.getByRole('treegrid', { name: 'Made of' })
    await tree.getByText('CP-GRP58').waitFor()
    await shoot('tree-1280-en')
    expect(await tree.getByRole('row').count()).toBe(11)
    await tree.focus()
    // To the brew unit, which is closed and opened again.
    for (let press = 0; press < 2; press += 1) await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowLeft')
    await tree.getByText('CP-GRP58').waitFor({ state: 'detached' })
    await page.keyboard.press('ArrowRight')
    await tree.getByText('CP-GRP58').waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('boiler')
    await page.getByText('1 found').waitFor()
    expect(await tree.getByRole('row').count()).toBe(4)
    expect(await faultsOf(page)).toEqual([])
    await page.getByRole('button', { name: 'Cost', exact: true }).click()
    const costs = page.getByRole('grid', { name: 'Cost' })
    await costs.getByText('SA-BRW2').waitFor()
    await shoot('cost-1280-en')
    await page.getByRole('button', { name: 'Added up' }).click()
    await page.getByRole('grid', { name: 'Added up' }).getByText('CP-GSK').waitFor()
    expect(faults).toEqual([])
  })

  it('leads from a revision to what it changes', async () => {
    await page.goto(`${app.url}/admin/collections/bom-versions/${await read('bom-versions?where[changeReason][like]=pump')}`)
    await page.getByRole('link', { name: 'Compare with the former' }).click()
    const grid = page.getByRole('grid', { name: 'Compare' })
    await grid.getByText('CP-PMP15').waitFor()
    await shoot('compare-1280-en')
    // One pump instead of two, a gasket set more.
    expect((await grid.getByRole('row').allInnerTexts()).slice(1).map((text) => text.replaceAll(/\s+/g, ' '))).toEqual([expect.stringMatching(/^CP-PMP15 .*Changed 2 1 PCS/), expect.stringMatching(/^CP-GSK .*Changed 1 2 SET/)])
    expect(await faultsOf(page)).toEqual([])
  })

  it('shows 10,000 rows and more as quickly as ten, by keyboard to the last', async () => {
    const unit = await read('units?where[code][equals]=PCS')
    const ids: string[] = []
    for (const level of [0, 1, 2, 3, 4]) ids.push((await ask('parts', { partNumber: `BIG-${level}`, name: `Level ${level}`, nameZh: `第 ${level} 层`, unit, makeOrBuy: level < 4 ? 'make' : 'buy' })).id)
    for (const level of [3, 2, 1, 0]) {
      const { id } = await ask('bom-versions', { part: ids[level], lines: Array.from({ length: 10 }, () => ({ part: ids[level + 1], quantity: '1' })) })
      await ask(`bom-versions/${id}/events/submit`, {})
      await ask(`bom-versions/${id}/events/release`, {})
    }
    await page.goto(`${app.url}/admin/structure?part=${ids[0]}`)
    await page.getByText('11111 rows').waitFor()
    const tree = page.getByRole('treegrid', { name: 'Made of' })
    expect(await tree.getByRole('row').count()).toBeLessThan(80)
    await tree.focus()
    const began = Date.now()
    await page.keyboard.press('End')
    await tree.locator('[aria-rowindex="11112"]').waitFor()
    expect(Date.now() - began).toBeLessThan(3_000)
    await page.getByRole('button', { name: 'Close all' }).click()
    expect(await tree.getByRole('row').count()).toBe(12)
  })

  it('is read in Chinese on a phone', async () => {
    const pump = await read('parts?where[partNumber][equals]=CP-PMP15')
    await browser.context.addCookies([{ name: 'payload-lng', value: 'zh', url: app.url }])
    await page.setViewportSize({ width: 390, height: 844 })
    await page.goto(`${app.url}/admin/structure?view=whereUsed&part=${pump}`)
    await page.getByRole('treegrid', { name: '用于何处' }).getByText('EM-200').waitFor()
    await shoot('used-390-zh')
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    expect(await faultsOf(page)).toEqual([])
    expect(faults).toEqual([])
  })
})
