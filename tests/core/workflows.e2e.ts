import type { Locator, Page } from 'playwright-core'
import type { WorkflowLayer } from '../../config/language/revision.ts'
import type { Json } from '../../config/language/text.ts'
import type { WorkflowDefinition } from '../../config/language/workflow.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { foundFirm } from '../support/busy-clerks.ts'
import { faultsOf } from '../support/axe.ts'
import { openBrowser, type OpenBrowser } from '../support/chromium.ts'
import { owner, startFront, type RunningFront } from '../support/running-front.ts'

/** Work in two steps, which has to begin within a minute and can be put on hold. */
const timed: WorkflowDefinition = {
  slug: 'own-jobs', version: 1, entity: 'own-jobs', label: { en: 'Job', zh: '任务' }, initial: 'working',
  events: { start: { label: { en: 'Start', zh: '开工' } }, hold: { label: { en: 'Put on hold', zh: '暂停' } }, finish: { label: { en: 'Finish', zh: '完工' } } },
  states: {
    working: {
      label: { en: 'Working', zh: '进行中' }, initial: 'prepared', editable: true, on: { hold: { target: 'held' } },
      states: {
        prepared: { label: { en: 'Prepared', zh: '已准备' }, sla: { within: 'PT1M', escalate: [{ role: 'salesManager' }] }, on: { start: { target: 'running' } } },
        running: { label: { en: 'Running', zh: '加工中' }, sla: { within: 'P90D', escalate: [{ role: 'salesManager' }] }, on: { finish: { target: 'done' } } },
      },
    },
    held: { label: { en: 'Held', zh: '已暂停' }, on: { finish: { target: 'done' } } },
    done: { label: { en: 'Done', zh: '已完成' }, type: 'final' },
  },
}

/** Someone who knows the work draws how a purchase is approved, is told what is wrong, mends it, tries it out, puts it to use and approves by it. */
describe('a firm draws a workflow', () => {
  let front: RunningFront
  let firm: Awaited<ReturnType<typeof foundFirm>>
  let browser: OpenBrowser
  let page: Page
  const requests = 'own-purchase-requests'
  const jobs = 'own-jobs'
  const password = 'long enough for a test'

  beforeAll(async () => {
    front = await startFront()
    firm = await foundFirm(front.url)
    await front.publish(0, {
      entities: {
        [requests]: { label: { en: 'Purchase request', zh: '采购申请' }, labels: { en: 'Purchase requests', zh: '采购申请' }, prefix: 'PR' },
        [jobs]: { label: { en: 'Job', zh: '任务' }, labels: { en: 'Jobs', zh: '任务' }, prefix: 'JB' },
      },
      fields: {}, workflows: { [jobs]: timed as unknown as WorkflowLayer },
    })
    await ask('roles', { slug: 'requester', name: 'Requester', permissions: [{ entity: requests, actions: ['read', 'create', 'edit', 'send'] }] })
    for (const name of ['Ada', 'Ben', 'Clara']) await ask('users', { name, email: `${name}@firm.example`, password, roles: ['requester'] })
    browser = await openBrowser()
    page = await browser.context.newPage()
    expect((await page.request.post(`${front.url}/api/users/login`, { data: owner, headers: { Origin: front.url } })).status()).toBe(200)
  })
  afterAll(async () => {
    await browser?.close()
    expect(await front?.stop()).toBe(0)
  })

  const ask = async (path: string, body?: object, { headers = firm.headers, method = body ? 'POST' : 'GET' } = {}) =>
    (await (await fetch(`${front.url}/api/${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) })).json()) as Record<string, unknown>
  const signedIn = async (name: string) => {
    const { token } = await ask('users/login', { email: `${name}@firm.example`, password })
    return { headers: { ...firm.headers, authorization: `JWT ${String(token)}` } }
  }
  const called = async (group: string, en: string, zh: string, within: Page | Locator = page) => {
    const names = within.getByRole('group', { name: group, exact: true })
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
  const width = () => page.evaluate(() => document.documentElement.scrollWidth)

  it('from nothing, by keyboard and mouse, and is shown where it would get stuck', async () => {
    await page.goto(`${front.url}/admin/collections/${requests}`)
    await page.getByRole('link', { name: 'Workflow' }).click()
    await page.getByRole('button', { name: 'Add the first state' }).click()
    await called('Name', 'Asked', '已申请')
    for (const [en, zh] of [['In approval', '审批中'], ['On hold', '搁置']] as const) {
      await page.getByRole('heading', { name: 'State', exact: true }).click()
      await page.keyboard.press('n')
      await called('Name', en, zh)
    }
    await page.getByRole('button', { name: 'End', exact: true }).click()
    await called('Name', 'Granted', '已批准')
    await draw('Asked', 'In approval', ['Submit', '提交'])
    await draw('In approval', 'Granted', ['Grant', '批准'])
    await draw('In approval', 'Asked', ['Reject', '驳回'])
    await draw('In approval', 'On hold', ['Hold', '搁置'])
    await saved()
    // From “On hold” nothing leads on: that is certain, with the way that leads there, and stands on the state.
    const finding = problems().getByRole('button', { name: /Certain.*On hold/ })
    await finding.waitFor()
    expect(await finding.innerText()).toContain('Submit → Hold')
    await expect.poll(() => state('On hold').getAttribute('aria-label')).toContain('with a problem')
    expect(await faultsOf(page)).toEqual([])
    await page.getByRole('link', { name: /^Publish/ }).click()
    await page.getByRole('button', { name: 'Publish', exact: true }).waitFor()
    expect(await page.getByRole('button', { name: 'Publish', exact: true }).isDisabled()).toBe(true)
    await page.goBack()
  })

  it('takes back and forth, mends it, and says on which condition it goes on', async () => {
    await state('On hold').click()
    await page.keyboard.press('Delete')
    await expect.poll(() => state('On hold').count()).toBe(0)
    await page.keyboard.press('Control+z')
    await state('On hold').waitFor()
    await draw('On hold', 'In approval', ['Take up again', '恢复'])
    await page.getByRole('checkbox', { name: 'Owner' }).check()
    await page.getByLabel('Drawing').getByRole('button', { name: /^Submit: from/ }).click()
    await page.getByLabel('Reason', { exact: true }).selectOption('required')
    await page.getByRole('button', { name: 'Add a condition' }).click()
    await page.getByLabel('Condition 1', { exact: true }).selectOption({ label: 'Field is filled' })
    await page.getByLabel('Field', { exact: true }).selectOption({ label: 'Name' })
    await saved()
    await expect.poll(() => problems().getByText('Certain').count()).toBe(0)
  })

  it('asks three to approve, one after the other, chosen by name or by role', async () => {
    await state('In approval').click()
    await page.getByRole('button', { name: 'Ask for an approval here' }).click()
    await page.getByRole('button', { name: 'Add a step' }).click()
    await page.getByRole('button', { name: 'Add a step' }).click()
    const steps = [['Team lead', '组长', 'Ada'], ['Finance', '财务', 'Ben'], ['Management', '管理层', undefined]] as const
    for (const [index, [en, zh, person]] of steps.entries()) {
      const step = page.getByRole('group', { name: `Step ${index + 1}`, exact: true })
      await called('Name', en, zh, step)
      await step.getByLabel('Approver 1', { exact: true }).selectOption({ label: person ? 'named people' : 'a role' })
      if (person) {
        await step.getByRole('combobox', { name: 'Approver 1: named people' }).fill(person)
        await page.getByRole('option', { name: person }).click()
        await step.getByRole('button', { name: `Clear: ${person}` }).waitFor()
      } else await step.getByLabel('Approver 1: a role').selectOption({ label: 'Owner' })
    }
    await page.getByLabel('When approved').selectOption({ label: 'Grant' })
    await page.getByLabel('When rejected').selectOption({ label: 'Reject' })
    await saved()
    await page.reload()
    await state('In approval').click()
    await page.getByRole('button', { name: 'Clear: Ada' }).waitFor()
    await expect.poll(() => problems().getByText('Certain').count()).toBe(0)
    expect(await faultsOf(page)).toEqual([])
  })

  it('tries it out: what is refused, why, who would be asked, and where it goes', async () => {
    await page.getByRole('button', { name: 'Try out' }).click()
    await page.getByRole('checkbox', { name: 'Buyer' }).check()
    await page.getByRole('button', { name: 'Begin', exact: true }).click()
    await page.getByText('None of the chosen roles has the right to “Submit”').waitFor()
    await page.getByRole('button', { name: 'Begin again' }).click()
    await page.getByRole('checkbox', { name: 'Buyer' }).uncheck()
    await page.getByRole('checkbox', { name: 'Owner' }).check()
    await page.getByRole('button', { name: 'Begin', exact: true }).click()
    const side = page.getByRole('complementary', { name: 'Try out' })
    await side.getByRole('button', { name: 'Submit', exact: true }).click()
    await side.getByText('Refused').waitFor()
    expect(await side.getByText('Name is missing. Fill it in first.').count()).toBe(2)
    await side.getByRole('button', { name: 'Begin again' }).click()
    await side.getByLabel(/^Name/).fill('New chair')
    await side.getByRole('button', { name: 'Begin', exact: true }).click()
    await side.getByLabel(/^Reason/).fill('Needed')
    await side.getByRole('button', { name: 'Submit', exact: true }).click()
    const asked = side.getByRole('region', { name: 'Who is asked' }).getByRole('listitem')
    await expect.poll(() => asked.allInnerTexts()).toEqual(['Team lead: Ada', 'Finance: Ben', 'Management: Owner (in place of who cannot decide)'])
    await side.getByRole('button', { name: 'Grant', exact: true }).last().click()
    await side.getByText('Its life is over.').waitFor()
    await page.getByRole('button', { name: 'Compare' }).click()
    expect(await page.getByRole('region', { name: 'What differs' }).getByRole('listitem').count()).toBeGreaterThan(8)
  })

  it('publishes it, and a request is approved by all three, the last one on a phone', async () => {
    await page.getByRole('link', { name: /^Publish/ }).click()
    for (const box of await page.getByRole('checkbox').all()) await box.check()
    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    await page.getByText('is in use').first().waitFor({ timeout: 60_000 })
    const clara = await signedIn('Clara')
    const { id } = await ask(requests, { name: 'Chair' }, clara)
    expect(await ask(`${requests}/${String(id)}/events/submit`, { reason: 'Mine is broken' }, clara)).toMatchObject({ state: 'inApproval' })
    await page.setViewportSize({ width: 390, height: 844 })
    await page.goto(`${front.url}/admin/collections/${requests}/${String(id)}`)
    const panel = page.getByRole('region', { name: 'Approval', exact: true })
    await panel.getByText('Team lead').waitFor()
    // It is not the owner's turn yet.
    expect(await panel.getByRole('button', { name: 'Approve', exact: true }).count()).toBe(0)
    for (const name of ['Ada', 'Ben']) {
      const person = await signedIn(name)
      const { rows } = (await ask('approvals/waiting', undefined, person)) as { rows: { approval: string; hash: string }[] }
      expect(rows).toHaveLength(1)
      await ask('approvals/decide', { decisions: rows.map(({ approval, hash }) => ({ approval, hash, decision: 'approve' })) }, person)
    }
    await page.reload()
    await panel.getByRole('button', { name: 'Approve', exact: true }).waitFor()
    expect(await width()).toBeLessThanOrEqual(390)
    expect(await faultsOf(page)).toEqual([])
    await panel.getByRole('button', { name: 'Approve', exact: true }).click()
    await page.getByText('Granted').first().waitFor()
    // An end that was drawn keeps the name that programs know it by.
    expect(((await ask(`${requests}/${String(id)}`)) as { workflow: { state: string } }).workflow.state).toBe('done')
  })

  it('reads it on a phone too', async () => {
    await page.goto(`${front.url}/admin/configuration/${requests}/workflow`)
    await page.getByRole('button', { name: 'Problems' }).click()
    await page.getByRole('button', { name: 'Properties' }).click()
    await page.getByRole('button', { name: 'Grant', exact: true }).click()
    await page.getByRole('button', { name: 'Add a condition' }).or(page.getByRole('heading', { name: 'Event' })).first().waitFor()
    expect(await width()).toBeLessThanOrEqual(390)
    expect(await faultsOf(page)).toEqual([])
  })

  it('compares what is in use with the version before', async () => {
    const { published } = (await ask(`configuration/workflows/${requests}`)) as { published: { readonly [name: string]: Json } }
    await ask(`configuration/workflows/${requests}`, { definition: { ...published, label: { en: 'How we buy', zh: '采购流程' } } }, { method: 'PUT' })
    const { revision, warnings } = (await ask('configuration')) as { revision: number; warnings: { path: string; code: string }[] }
    await ask('configuration/publish', { base: revision, accepted: warnings.map(({ path, code }) => `${path}:${code}`) })
    await expect.poll(async () => (await ask('configuration')).revision, { timeout: 60_000 }).toBe(revision + 1)
    await page.setViewportSize({ width: 1280, height: 900 })
    await page.goto(`${front.url}/admin/configuration/${requests}/workflow`)
    await page.getByRole('button', { name: 'Compare' }).click()
    const before = page.getByLabel('Before', { exact: true }).and(page.getByRole('combobox'))
    const former = before.getByRole('option', { name: /^Version 1 of/ })
    await former.waitFor({ state: 'attached' })
    await before.selectOption({ label: await former.innerText() })
    await expect.poll(() => page.getByRole('region', { name: 'What differs' }).getByRole('listitem').allInnerTexts()).toEqual(['Changed Workflow: How we buy (label)'])
  })

  it('draws a way back to where work was put on hold, by keyboard, and tries it out', async () => {
    await page.goto(`${front.url}/admin/configuration/${jobs}/workflow`)
    await state('Prepared').click()
    await page.keyboard.press('h')
    await called('Name', 'Where it was', '返回原处')
    await page.getByLabel('Remembers', { exact: true }).selectOption({ label: 'Innermost states' })
    await page.getByLabel('Leads to, while nothing is remembered').selectOption({ label: 'Working / Running' })
    // Nothing leads to it yet.
    await problems().getByRole('button', { name: /Certain.*Where it was/ }).waitFor()
    await draw('Held', 'Where it was', ['Resume', '恢复'])
    await saved()
    await expect.poll(() => problems().getByText('Certain').count()).toBe(0)
    expect(await state('Where it was').getAttribute('aria-label')).toContain('Innermost states')
    expect(await faultsOf(page)).toEqual([])
    await page.getByRole('button', { name: 'Try out' }).click()
    await page.getByRole('checkbox', { name: 'Owner' }).check()
    await page.getByRole('button', { name: 'Begin', exact: true }).click()
    const side = page.getByRole('complementary', { name: 'Try out' })
    for (const event of ['Put on hold', 'Resume']) await side.getByRole('button', { name: event, exact: true }).click()
    // It was held in “Prepared”: there it goes on, not in the default.
    await expect.poll(() => side.getByRole('button', { name: 'Start', exact: true }).count()).toBe(1)
  })

  it('sees in the list what is due, in words, and asks for what is overdue', async () => {
    const { id } = await ask(jobs, { name: 'Long job' })
    expect(await ask(`${jobs}/${String(id)}/events/start`, {})).toMatchObject({ state: 'working.running' })
    await ask(jobs, { name: 'Short job' })
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 900 })
      await page.goto(`${front.url}/admin/collections/${jobs}?f=stateDue:gte:2020-01-01`)
      await page.getByText('Long job').first().waitFor()
      await expect.poll(() => page.locator('td[data-label="Due"] time').count()).toBe(2)
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
      expect(await faultsOf(page)).toEqual([])
    }
    await page.setViewportSize({ width: 1280, height: 900 })
    await page.goto(`${front.url}/admin/collections/${jobs}`)
    await page.getByRole('columnheader', { name: 'Due' }).waitFor()
    await page.getByRole('button', { name: 'Filter' }).first().click()
    await page.getByRole('dialog').getByText('Due', { exact: true }).click()
    await page.getByRole('button', { name: 'this week' }).click()
    await page.getByText('Short job').first().waitFor()
    await expect.poll(() => page.getByText('Long job').count()).toBe(0)
    expect(new URL(page.url()).searchParams.get('f')).toBe('stateDue:span:week')
  })

  it('keeps what was drawn when one leaves at once, and asks only where it cannot be kept', async () => {
    const label = async () => ((await ask(`configuration/workflows/${requests}`)) as { draft: { definition: { label: { en: string } } } | null }).draft?.definition.label.en
    const back = page.locator(`main a[href$="/configuration/${requests}"]`)
    await page.goto(`${front.url}/admin/configuration/${requests}/workflow`)
    await called('Name', 'How we buy things', '采购办法')
    await back.click()
    await page.waitForURL(new RegExp(`/admin/configuration/${requests}$`))
    expect([await page.getByRole('dialog').count(), await label()]).toEqual([0, 'How we buy things'])
    await page.getByRole('link', { name: /^Workflow/ }).first().click()
    await page.route(`**/api/configuration/workflows/${requests}`, (route) => (route.request().method() === 'PUT' ? route.abort() : route.continue()))
    await called('Name', 'How we buy no more', '采购')
    await back.click()
    const question = page.getByRole('dialog', { name: 'Leave without saving?' })
    await question.waitFor()
    expect((await question.boundingBox())?.height).toBeLessThan(300)
    await page.unroute(`**/api/configuration/workflows/${requests}`)
    await question.getByRole('button', { name: 'Leave' }).click()
    await page.waitForURL(new RegExp(`/admin/configuration/${requests}$`))
    expect(await label()).toBe('How we buy things')
  })

  it('tells two who draw at once of each other, compares, and saves over only when asked to', async () => {
    const label = async () => ((await ask(`configuration/workflows/${requests}`)) as { draft: { definition: { label: { en: string } } } | null }).draft?.definition.label.en
    await page.goto(`${front.url}/admin/configuration/${requests}/workflow`)
    await page.getByRole('group', { name: 'Name', exact: true }).waitFor()
    const { draft, published } = (await ask(`configuration/workflows/${requests}`)) as { draft: { definition: Json } | null; published: Json }
    await ask(`configuration/workflows/${requests}`, { definition: { ...((draft?.definition ?? published) as object), label: { en: 'Theirs', zh: '他们' } } }, { method: 'PUT' })
    await called('Name', 'Mine', '我的')
    await page.getByText('has changed this draft while you were drawing').waitFor()
    for (const name of [/^Publish/, 'Discard']) for (const button of await page.getByRole('button', { name, exact: true }).all()) expect(await button.isDisabled()).toBe(true)
    expect(await faultsOf(page)).toEqual([])
    await page.getByRole('status').filter({ hasText: 'Not saved' }).waitFor()
    await page.getByRole('button', { name: 'Compare', exact: true }).last().click()
    await expect.poll(() => page.getByRole('region', { name: 'What differs' }).getByRole('listitem').allInnerTexts()).toEqual(['Changed Workflow: Mine (label)'])
    expect(await label()).toBe('Theirs')
    await page.getByRole('button', { name: 'Keep mine and save over it' }).click()
    await expect.poll(label).toBe('Mine')
    await expect.poll(() => page.getByText('has changed this draft').count()).toBe(0)
  })
})
