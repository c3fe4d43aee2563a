import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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

  it('answers GraphQL, and has no playground', async () => {
    const query = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"query":"{ __typename }"}' }
    expect(await (await fetch(`${app.url}/api/graphql`, query)).json()).toEqual({ data: { __typename: 'Query' } })
    expect((await fetch(`${app.url}/api/graphql`, { headers: { Accept: 'text/html' } })).status).toBe(405)
    expect((await fetch(`${app.url}/api/graphql-playground`)).status).toBe(404)
  })
})
