import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faultsOf } from '../support/axe.ts'
import { openBrowser, type OpenBrowser } from '../support/chromium.ts'
import { startBuiltApp, type RunningApp } from '../support/running-app.ts'

let app: RunningApp
let browser: OpenBrowser
beforeAll(async () => {
  app = await startBuiltApp()
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  expect(await app?.stop()).toBe(0)
})

describe('the panel', () => {
  it('leads from / to a page where one signs in, without an error in the browser', async () => {
    const page = await browser.context.newPage()
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    page.on('console', (message) => { if (message.type() === 'error') errors.push(message.text()) })
    await page.goto(app.url)
    await page.getByRole('textbox', { name: /email/i }).waitFor()
    expect(new URL(page.url()).pathname).toMatch(/^\/admin\/(login|create-first-user)$/)
    expect(await page.locator('input[type=password]').count()).toBeGreaterThan(0)
    expect(errors).toEqual([])
  })

  it('tells at once that a link for a new password is of no use any more, on a phone too', async () => {
    const page = await browser.context.newPage()
    await page.setViewportSize({ width: 390, height: 844 })
    await page.goto(`${app.url}/admin/reset/guess`)
    await page.getByRole('heading', { name: 'This link is of no use any more' }).waitFor()
    await page.getByText('ask the owner for a new password').waitFor()
    expect(await page.getByRole('link', { name: 'To the sign-in' }).count()).toBe(1)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    expect(await faultsOf(page)).toEqual([])
    await page.close()
  })

  it('answers GraphQL, and has no playground', async () => {
    const query = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"query":"{ __typename }"}' }
    expect(await (await fetch(`${app.url}/api/graphql`, query)).json()).toEqual({ data: { __typename: 'Query' } })
    expect((await fetch(`${app.url}/api/graphql`, { headers: { Accept: 'text/html' } })).status).toBe(405)
    expect((await fetch(`${app.url}/api/graphql-playground`)).status).toBe(404)
  })
})
