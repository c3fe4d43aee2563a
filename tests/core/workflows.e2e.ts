import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { foundFirm } from '../support/busy-clerks.ts'
import { faultsOf } from '../support/axe.ts'
import { openBrowser, type OpenBrowser } from '../support/chromium.ts'
import { owner, startFront, type RunningFront } from '../support/running-front.ts'

/** Someone who knows the work draws how a request goes, is told what is wrong, mends it, tries it out and puts it to use. */
describe('a firm draws a workflow', () => {
  let front: RunningFront
  let firm: Awaited<ReturnType<typeof foundFirm>>
  let browser: OpenBrowser
  let page: Page

  beforeAll(async () => {
    front = await startFront()
    firm = await foundFirm(front.url)
    await front.publish(0, { entities: { 'own-requests': { label: { en: 'Request', zh: '申请' }, labels: { en: 'Requests', zh: '申请' }, prefix: 'RQ' } }, fields: {} })
    browser = await openBrowser()
    page = await browser.context.newPage()
    expect((await page.request.post(`${front.url}/api/users/login`, { data: owner, headers: { Origin: front.url } })).status()).toBe(200)
  })
  afterAll(async () => {
    await browser?.close()
    expect(await front?.stop()).toBe(0)
  })

  const called = async (group: string, en: string, zh: string) => {
    const names = page.getByRole('group', { name: group, exact: true })
    await names.getByLabel(/English/).fill(en)
    await names.getByLabel(/Chinese/).fill(zh)
    await names.getByLabel(/Chinese/).press('Tab')
  }
  const state = (name: string) => page.getByLabel('Drawing').getByRole('button', { name: new RegExp(`^${name}(,|$)`) })
  const draw = async (from: string, to: string, event: readonly [en: string, zh: string]) => {
    await state(from).click()
    await page.keyboard.press('c')
    await page.getByText(`From “${from}”: choose`).waitFor()
    await state(to).click()
    await called('Event: Name', ...event)
  }
  const saved = () => page.getByText('Draft saved').waitFor()
  const problems = () => page.getByRole('region', { name: 'Problems' })

  it('from nothing, by keyboard and mouse, and is shown where it would get stuck', async () => {
    await page.goto(`${front.url}/admin/collections/own-requests`)
    await page.getByRole('link', { name: 'Workflow' }).click()
    await page.getByRole('button', { name: 'Add the first state' }).click()
    await called('Name', 'Asked', '已申请')
    for (const [en, zh] of [['Checked', '已审核'], ['On hold', '搁置']] as const) {
      await page.getByRole('heading', { name: 'State', exact: true }).click()
      await page.keyboard.press('n')
      await called('Name', en, zh)
    }
    await page.getByRole('button', { name: 'End', exact: true }).click()
    await called('Name', 'Granted', '已批准')
    await draw('Asked', 'Checked', ['Check', '审核'])
    await draw('Checked', 'Granted', ['Grant', '批准'])
    await draw('Checked', 'On hold', ['Hold', '搁置'])
    await saved()
    // From “On hold” nothing leads on: that is certain, with the way that leads there, and stands on the state.
    const finding = problems().getByRole('button', { name: /Certain.*On hold/ })
    await finding.waitFor()
    expect(await finding.innerText()).toContain('Check → Hold')
    await expect.poll(() => state('On hold').getAttribute('aria-label')).toContain('with a problem')
    expect(await faultsOf(page)).toEqual([])
    await page.getByRole('link', { name: /^Publish/ }).click()
    await page.getByRole('button', { name: 'Publish', exact: true }).waitFor()
    expect(await page.getByRole('button', { name: 'Publish', exact: true }).isDisabled()).toBe(true)
    await page.goBack()
  })

  it('takes back and forth, mends it, and says who may send what on which condition', async () => {
    await state('On hold').click()
    await page.keyboard.press('Delete')
    await expect.poll(() => state('On hold').count()).toBe(0)
    await page.keyboard.press('Control+z')
    await state('On hold').waitFor()
    await draw('On hold', 'Checked', ['Take up again', '恢复'])
    await page.getByRole('checkbox', { name: 'Owner' }).check()
    await page.getByLabel('Drawing').getByRole('button', { name: /^Grant: from/ }).click()
    await page.getByLabel('Reason', { exact: true }).selectOption('required')
    await page.getByRole('button', { name: 'Add a condition' }).click()
    await page.getByLabel('Condition 1', { exact: true }).selectOption({ label: 'Field is filled' })
    await page.getByLabel('Field', { exact: true }).selectOption({ label: 'Name' })
    await saved()
    await expect.poll(() => problems().getByText('Certain').count()).toBe(0)
  })

  it('tries it out: what is refused, why, and where it goes', async () => {
    await page.getByRole('button', { name: 'Try out' }).click()
    await page.getByRole('checkbox', { name: 'Buyer' }).check()
    await page.getByRole('button', { name: 'Begin', exact: true }).click()
    await page.getByText('None of the chosen roles has the right to “Check”').waitFor()
    await page.getByRole('button', { name: 'Begin again' }).click()
    await page.getByRole('checkbox', { name: 'Buyer' }).uncheck()
    await page.getByRole('checkbox', { name: 'Owner' }).check()
    await page.getByRole('button', { name: 'Begin', exact: true }).click()
    const side = page.getByRole('complementary', { name: 'Try out' })
    await side.getByRole('button', { name: 'Check', exact: true }).click()
    await side.getByRole('button', { name: 'Grant', exact: true }).click()
    await side.getByText('Refused').waitFor()
    expect(await side.getByText('Name is missing. Fill it in first.').count()).toBe(2)
    await side.getByRole('button', { name: 'Begin again' }).click()
    await side.getByLabel(/^Name/).fill('New chair')
    await side.getByRole('button', { name: 'Begin', exact: true }).click()
    await side.getByRole('button', { name: 'Check', exact: true }).click()
    await side.getByLabel(/^Reason/).fill('Needed')
    await side.getByRole('button', { name: 'Grant', exact: true }).click()
    await side.getByText('Its life is over.').waitFor()
    await page.getByRole('button', { name: 'Compare' }).click()
    expect(await page.getByRole('region', { name: 'What differs' }).getByRole('listitem').count()).toBeGreaterThan(8)
  })

  it('publishes it, and records go by it; it is read on a phone too', async () => {
    await page.getByRole('link', { name: /^Publish/ }).click()
    // Nobody but the owner has the right to send these events yet: it is told, and has to be read.
    await page.getByRole('checkbox').first().check()
    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    await page.getByText('is in use').first().waitFor({ timeout: 60_000 })
    const made = await fetch(`${front.url}/api/own-requests`, { method: 'POST', headers: firm.headers, body: JSON.stringify({ name: 'Chair' }) })
    const { id } = (await made.json()) as { id: string }
    const events = (await (await fetch(`${front.url}/api/own-requests/${id}/events`, { headers: firm.headers })).json()) as { label: { en: string } }[]
    expect(events.map(({ label }) => label.en)).toEqual(['Check'])
    await page.setViewportSize({ width: 390, height: 844 })
    await page.goto(`${front.url}/admin/configuration/own-requests/workflow`)
    await page.getByRole('button', { name: 'Problems' }).click()
    await page.getByRole('button', { name: 'Properties' }).click()
    await page.getByRole('button', { name: 'Grant', exact: true }).click()
    await page.getByRole('button', { name: 'Add a condition' }).or(page.getByRole('heading', { name: 'Event' })).first().waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    expect(await faultsOf(page)).toEqual([])
  })
})
