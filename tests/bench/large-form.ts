import type { Page } from 'playwright-core'
import { findChromium, openBrowser } from '../support/chromium.ts'
import type { Run } from './area.ts'
import { largeForm } from './compile.ts'
import { below } from './measures.ts'
import { onEmptyDatabase } from './places.ts'
import { median } from './rounds.ts'
import { owner, startServer } from './servers.ts'

const slug = 'own-surveys'
const label = { en: 'Survey', zh: '调查表' }

/** A form of 300 fields and 100 rules in Chromium: until it is there and takes input, and the work of one keystroke with what the rules make of it. */
export async function measureLargeForm({ quick, add, tell }: Run): Promise<void> {
  if (!findChromium()) return tell('*** LEFT OUT: the large form. It needs Chromium; install it, or set CHROMIUM_PATH. ***')
  const { fields, rules } = largeForm()
  await onEmptyDatabase('SQLite', async (databaseUrl) => {
    const server = await startServer({ program: 'front.mjs', databaseUrl })
    const browser = await openBrowser()
    try {
      await server.publish(0, { entities: { [slug]: { label, labels: label, prefix: 'SU' } }, fields: { [slug]: fields }, forms: { [slug]: { rules } } })
      const page = await browser.context.newPage()
      const answer = await page.request.post(`${server.url}/api/users/login`, { data: owner, headers: { Origin: server.url } })
      if (!answer.ok()) throw new Error(`Signing in was answered ${answer.status()}.`)
      const rounds = quick ? 2 : 5
      const times: number[] = []
      // The first time code is loaded.
      for (let round = 0; round <= rounds; round++) {
        const time = await firstRender(page, `${server.url}/admin/collections/${slug}/create`)
        if (round > 0) times.push(time)
      }
      const strokes = await keystrokes(page, quick ? 20 : 60)
      add(
        below({ area: 'forms', name: 'form of 300 fields and 100 rules, from the order to the page until it takes input', unit: 'ms', value: median(times), limit: 1_000 }),
        below({ area: 'forms', name: 'one keystroke in it, with the rules and the layout of the page, median', unit: 'ms', value: median(strokes), limit: 16 }),
        below({ area: 'forms', name: 'the same, slowest of twenty', unit: 'ms', value: strokes.toSorted((a, b) => a - b)[Math.floor(strokes.length * 0.95)] ?? 0, limit: 16 }),
      )
    } finally {
      await browser.close()
      await server.stop()
    }
  })
}

/** From the order to the page until its last field is there and React listens. */
async function firstRender(page: Page, url: string): Promise<number> {
  const began = performance.now()
  await page.goto(url, { waitUntil: 'commit' })
  await page.waitForFunction(() => {
    const inputs = document.querySelectorAll('form input')
    const last = inputs[inputs.length - 1]
    return inputs.length > 250 && last !== undefined && Object.keys(last).some((key) => key.startsWith('__reactProps'))
  }, undefined, { polling: 10 })
  return performance.now() - began
}

/** The work of each keystroke in a field that rules ask for: handlers, what React changes, style and layout. */
async function keystrokes(page: Page, count: number): Promise<readonly number[]> {
  await page.evaluate(() => {
    const times: number[] = []
    Object.assign(window, { keystrokeTimes: times })
    let began = 0
    window.addEventListener('keydown', () => { began = performance.now() }, true)
    // React has changed the page by the end of the task of the event; asking for a height has it laid out.
    window.addEventListener('input', () => setTimeout(() => {
      void document.body.offsetHeight
      times.push(performance.now() - began)
    }), true)
  })
  const inputs = page.locator('form input[type="text"], form input:not([type])')
  for (const at of [6, 20]) {
    await inputs.nth(at).focus()
    for (let index = 0; index < count / 2; index++) await page.keyboard.press(String(index % 10))
  }
  return page.evaluate(() => (window as unknown as { keystrokeTimes: number[] }).keystrokeTimes)
}
