import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../support/chromium.ts'
import { startBuiltApp, type RunningApp } from '../support/running-app.ts'
import { demoLogins } from '../../plugins/core/demo/logins.ts'

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
let app: RunningApp

beforeAll(async () => { app = await startBuiltApp() })
afterAll(() => app?.stop())

async function signIn(page: Page, role: string) {
  const login = demoLogins().find((each) => each.role === role)
  const answer = await page.request.post(`${app.url}/api/users/login`, { data: { email: login?.email, password: login?.password }, headers: { Origin: app.url } })
  expect(answer.status()).toBe(200)
}

/** A document of an entity, by REST. */
async function anyOf(page: Page, entity: string, where = ''): Promise<string> {
  const answer = await page.request.get(`${app.url}/api/${entity}?limit=1&depth=0${where}`, { headers: { 'Sec-Fetch-Site': 'same-origin' } })
  const { docs } = (await answer.json()) as { docs: { id: string }[] }
  return `/admin/collections/${entity}/${docs[0]?.id ?? ''}`
}

/** The demo's quotes are all sent: a draft of its own. */
async function draftQuote(page: Page): Promise<string> {
  const [customer, part] = [await anyOf(page, 'customers'), await anyOf(page, 'parts')].map((path) => path.split('/').at(-1))
  const answer = await page.request.post(`${app.url}/api/quotes`, { headers: { 'Sec-Fetch-Site': 'same-origin', Origin: app.url }, data: { customer, lines: [{ part, quantity: '1', unitPrice: '10' }] } })
  const { id } = (await answer.json()) as { id?: string }
  return `/admin/collections/quotes/${id ?? expect.fail(`${answer.status()} ${await answer.text()}`)}`
}

type Fault = { page: string; fault: string }

/** What is wrong with a page as someone would see it: errors, sideways scrolling, serious faults of accessibility. */
async function faultsOf(page: Page, path: string): Promise<Fault[]> {
  const faults: string[] = []
  const note = (error: Error) => faults.push(`script: ${error.message}`)
  page.on('pageerror', note)
  const answer = await page.goto(app.url + path, { waitUntil: 'networkidle' })
  if (!answer?.ok()) faults.push(`status ${answer?.status()}`)
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  if (wide > 0) faults.push(`scrolls sideways by ${wide} px`)
  await page.addScriptTag({ path: axe })
  const found = await page.evaluate(() => (globalThis as unknown as { axe: { run: (options: object) => Promise<{ violations: { id: string; impact: string; nodes: { target: string[] }[] }[] }> } }).axe.run({ resultTypes: ['violations'] }))
  for (const { id, impact, nodes } of found.violations) {
    if (impact === 'serious' || impact === 'critical') faults.push(`${impact}: ${id} at ${nodes.slice(0, 2).map(({ target }) => target.join(' ')).join(', ')}`)
  }
  page.off('pageerror', note)
  return faults.map((fault) => ({ page: path, fault }))
}

describe.each([
  { width: 1280, locale: 'en', colorScheme: 'light' },
  { width: 390, locale: 'zh-CN', colorScheme: 'light' },
  { width: 1280, locale: 'zh-CN', colorScheme: 'dark' },
] as const)('the pages at $width px, $locale, $colorScheme', (view) => {
  it('load without errors, sideways scrolling or serious faults of accessibility', async () => {
    const browser = await openBrowser(view)
    try {
      const page = await browser.context.newPage()
      const faults = await faultsOf(page, '/admin/login')
      await signIn(page, 'owner')
      const paths = [
        '/admin', '/admin/collections/sales-orders', '/admin/collections/sales-orders/create', '/admin/collections/parts', '/admin/collections/users', '/admin/collections/roles', '/admin/configuration', '/admin/configuration/parts', '/admin/notifications', '/admin/collections/working-calendars/create', '/admin/my-work', '/admin/process/sales-orders?period=all',
        // Each view once, in one of the languages and widths.
        ...(view.width === 390 ? ['kanban&groupBy=state&measure=amount', 'calendar&from=closeDate', 'gallery'] : view.locale === 'en' ? ['chart&groupBy=customer&shape=pie&aggregate=sum&measure=amount', 'kanban&groupBy=state', 'calendar&from=closeDate'] : []).map((kind) => `/admin/collections/opportunities?kind=${kind}`),
        await anyOf(page, 'sales-orders'), await anyOf(page, 'customers'), await anyOf(page, 'roles', '&where[slug][equals]=viewer'), await anyOf(page, 'users'),
      ]
      for (const path of paths) faults.push(...(await faultsOf(page, path)))
      expect(faults).toEqual([])
    } finally {
      await browser.close()
    }
  })
})

describe.each([1280, 390])('lines that are edited and people at %i px', (width) => {
  it('lie within their cards with everything in sight that matters', async () => {
    const browser = await openBrowser({ width, locale: 'en', colorScheme: 'light' })
    try {
      const page = await browser.context.newPage()
      await signIn(page, 'owner')
      await page.goto(app.url + await draftQuote(page), { waitUntil: 'networkidle' })
      const card = page.getByRole('region', { name: 'Lines' })
      const inner = await card.boundingBox()
      for (const part of [card.locator('td[class*=amount]').first(), card.getByRole('button', { name: 'Remove line 1' })]) {
        const box = await part.boundingBox()
        expect(box && inner && box.x >= inner.x && box.x + box.width <= inner.x + inner.width).toBe(true)
      }
      await page.goto(`${app.url}/admin/collections/users`, { waitUntil: 'networkidle' })
      const people = page.getByRole('region', { name: 'Users' })
      expect(await people.evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0)
    } finally {
      await browser.close()
    }
  })
})

describe('an address that leads nowhere', () => {
  it.each([['en', 'There is no such page', 'Home', 'Search'], ['zh-CN', '页面不存在', '首页', '搜索']] as const)('says so in the language of the reader, with ways on: %s', async (locale, title, home, search) => {
    const browser = await openBrowser({ width: 1280, locale, colorScheme: 'light' })
    try {
      const page = await browser.context.newPage()
      await signIn(page, 'owner')
      for (const path of ['/admin/collections/nothing', '/admin/collections/nothing/1', '/admin/nothing/at/all']) {
        const answer = await page.goto(app.url + path)
        expect(answer?.status(), path).toBe(404)
        const content = page.getByRole('main')
        await content.getByRole('heading', { name: title }).waitFor()
        expect(await content.getByRole('link', { name: home }).getAttribute('href')).toBe('/admin')
        await content.getByRole('button', { name: search }).click()
        await page.getByRole('dialog').waitFor()
      }
    } finally {
      await browser.close()
    }
  })
})
