import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { WorkflowDefinition } from '../../config/language/workflow.ts'
import { foundFirm } from '../support/busy-clerks.ts'
import { faultsOf } from '../support/axe.ts'
import { openBrowser, type OpenBrowser } from '../support/chromium.ts'
import { startMailServer, type MailServer } from '../support/mail-server.ts'
import { owner, startFront, type RunningFront } from '../support/running-front.ts'

/** What a person who knows the work does to a form, by clicking only, while the platform serves. */
describe('a firm configures the purchase order', () => {
  let front: RunningFront
  let firm: Awaited<ReturnType<typeof foundFirm>>
  let mail: MailServer
  let browser: OpenBrowser
  let page: Page

  beforeAll(async () => {
    mail = await startMailServer()
    front = await startFront({ SMTP_URL: mail.url })
    firm = await foundFirm(front.url)
    browser = await openBrowser()
    page = await browser.context.newPage()
    expect((await page.request.post(`${front.url}/api/users/login`, { data: owner, headers: { Origin: front.url } })).status()).toBe(200)
  })
  afterAll(async () => {
    await browser?.close()
    expect(await front?.stop()).toBe(0)
    await mail?.stop()
  })

  const publish = async () => {
    await page.getByRole('link', { name: /^Publish/ }).click()
    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    await page.getByText('is in use').first().waitFor({ timeout: 60_000 })
  }
  /** Lifts a field, and puts it down once the place says that it would take it. */
  const drag = async (field: Locator, place: Locator) => {
    await page.getByText('Draft saved').waitFor()
    await place.scrollIntoViewIfNeeded()
    await field.scrollIntoViewIfNeeded()
    await field.hover()
    await page.mouse.down()
    let shift = 0
    // The page scrolls below the pointer at its edges: where the place stands is asked each time.
    await expect.poll(async () => {
      const box = await place.boundingBox() ?? expect.fail('no place to drop')
      shift = (shift + 7) % 20
      await page.mouse.move(box.x + 20 + shift, box.y + 4 + shift / 2, { steps: 4 })
      return place.evaluate((element) => element.closest('[data-over]') !== null)
    }, { timeout: 20_000 }).toBe(true)
    await page.mouse.up()
  }
  const create = async (entity: string, body: object) => {
    const answer = await fetch(`${front.url}/api/${entity}`, { method: 'POST', headers: firm.headers, body: JSON.stringify(body) })
    const { id, ...rest } = (await answer.json()) as { id?: string }
    return id ?? expect.fail(`${entity}: ${JSON.stringify(rest)}`)
  }
  const graphql = async (query: string) => (await (await fetch(`${front.url}/api/graphql`, { method: 'POST', headers: firm.headers, body: JSON.stringify({ query }) })).json()) as { data?: unknown; errors?: { message: string }[] }

  it('has what is shipped tried out on a scratch copy, every transition by real commands', async () => {
    await page.goto(`${front.url}/admin/configuration/purchase-orders`)
    await page.getByRole('button', { name: 'Try it out on a scratch copy' }).click()
    await page.getByText(/^.*All 13 transitions were taken/).waitFor({ timeout: 100_000 })
  })

  it('adds a choice and a table of rows, and sees them in the form at once, by REST and by GraphQL', async () => {
    await page.goto(`${front.url}/admin/configuration`)
    await page.getByRole('searchbox', { name: 'Find a form' }).fill('purchase')
    await page.getByRole('link', { name: 'Purchase orders', exact: true }).last().click()
    await page.getByRole('button', { name: 'Add field' }).first().click()
    await page.getByLabel('Label in English').fill('Inspection needed')
    await page.getByLabel('Label in Chinese').fill('需检验')
    await page.getByLabel('Type').selectOption('select')
    await page.getByLabel('Option 1 · Label in English').fill('Always')
    await page.getByLabel('Option 1 · Label in Chinese').fill('每次')
    await page.getByLabel('Option 1 · Label in English').press('Enter')
    await page.getByLabel('Option 2 · Label in English').fill('First delivery only')
    await page.getByRole('button', { name: 'Done' }).click()
    await page.getByRole('button', { name: 'Add field' }).first().click()
    await page.getByLabel('Label in English').fill('Services')
    await page.getByLabel('Type').selectOption('table')
    for (const [index, [label = '', type = '']] of [['Work', 'text'], ['Hours', 'quantity'], ['Cost', 'money']].entries()) {
      if (index > 0) await page.getByRole('button', { name: 'Add column' }).click()
      const column = page.getByRole('group', { name: 'Columns' }).locator('> details').nth(index)
      await column.getByLabel('Label in English').fill(label)
      await column.getByLabel('Type').selectOption(type)
      if (label !== 'Cost') continue
      await column.getByLabel('Its sum stands below').check()
      await column.getByLabel('Computed as').fill('hours * 80')
    }
    await page.getByRole('button', { name: 'Done' }).click()
    await page.getByText('Draft saved').waitFor()
    await publish()

    await page.goto(`${front.url}/admin/collections/purchase-orders/create`)
    await page.getByLabel('Inspection needed').selectOption('Always')
    await page.getByRole('button', { name: 'Add row' }).click()
    await page.getByLabel('Work, line 1').fill('Oil')
    await page.getByLabel('Hours, line 1').fill('1.5')
    await page.getByLabel('Hours, line 1').press('Enter')
    await page.getByLabel('Work, line 2').fill('Belt')
    await page.getByLabel('Hours, line 2').fill('half')
    await page.getByRole('button', { name: 'Create' }).click()
    await page.getByText('2. Hours: Not a plain decimal number.').waitFor()
    await page.getByLabel('Hours, line 2').fill('0.5')
    await page.getByRole('cell', { name: '160.00' }).waitFor()
    expect(await graphql('{ PurchaseOrders(where: { inspectionNeeded: { equals: firstDeliveryOnly } }) { totalDocs docs { inspectionNeeded } } }')).toEqual({ data: { PurchaseOrders: { totalDocs: 0, docs: [] } } })
  })

  it('gives a shipped field a rule: what the form asks for while one types, the server asks for at every door', async () => {
    await page.goto(`${front.url}/admin/configuration/purchase-orders`)
    await page.getByText(/fields come with Trellis/).click()
    await page.getByRole('button', { name: 'Rules of “Internal note”' }).click()
    await page.getByRole('textbox', { name: 'Shown when' }).fill('inspectionNeeded !=')
    await page.getByText('The expression ends too early').waitFor()
    await page.getByRole('textbox', { name: 'Shown when' }).fill('inspectionNeeded != ""')
    // Nobody has to write it: conditions are chosen from lists.
    await page.getByRole('button', { name: 'Choose conditions' }).nth(1).click()
    await page.getByRole('button', { name: 'Add condition' }).click()
    await page.getByLabel('Field 1').selectOption('Inspection needed')
    await page.getByLabel('Value 1').selectOption('Always')
    expect(await page.getByRole('textbox', { name: 'Required when (true: always)' }).inputValue()).toBe('inspectionNeeded == "always"')
    await page.getByPlaceholder('Message (optional) · English').first().fill('Say what to look at.')
    await page.getByPlaceholder('Message (optional) · 中文').first().fill('请说明检验内容。')
    await page.getByRole('button', { name: 'Done' }).click()
    await page.getByText('Draft saved').waitFor()
    await publish()

    await page.goto(`${front.url}/admin/collections/purchase-orders/create`)
    await page.getByLabel('Inspection needed').waitFor()
    expect(await page.getByLabel('Internal note').count()).toBe(0)
    await page.getByLabel('Inspection needed').selectOption('Always')
    await page.getByLabel('Internal note').waitFor()
    await page.getByRole('button', { name: 'Create' }).click()
    await page.getByText('Say what to look at.').waitFor()
    await page.locator('textarea[aria-invalid="true"]:focus').waitFor()
    const refused = await fetch(`${front.url}/api/purchase-orders`, { method: 'POST', headers: firm.headers, body: JSON.stringify({ inspectionNeeded: 'always' }) })
    expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('请说明检验内容。')])
  })

  it('lays the form out by dragging and sees it in a preview as a role', async () => {
    await page.goto(`${front.url}/admin/configuration/purchase-orders`)
    await page.getByRole('button', { name: 'Lay it out' }).click()
    await page.getByRole('button', { name: 'Add section' }).click()
    await page.getByLabel('Section 2 · English').fill('Inspection')
    await page.getByLabel('Section 2 · 中文').fill('检验')
    // By keyboard: a new field of a type onto the section, and the section before the other one.
    const move = async (what: Locator, ...arrows: string[]) => {
      await what.focus()
      for (const key of ['Space', ...arrows, 'Space']) { await page.keyboard.press(key); await page.waitForTimeout(150) }
    }
    await move(page.getByRole('list', { name: 'New field' }).getByRole('button', { name: 'Text, one line' }), 'ArrowDown')
    await page.getByRole('dialog').getByLabel('Label in English').fill('Checked by')
    await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click()
    await page.getByRole('region', { name: 'Details' }).first().getByRole('button', { name: 'Checked by' }).waitFor()
    await move(page.getByRole('button', { name: 'Move Inspection' }), 'ArrowUp')
    await page.getByText('Inspection is put down at Details.').waitFor({ state: 'attached' })
    expect(await page.getByLabel('Section 1 · English').inputValue()).toBe('Inspection')
    await page.getByText('Draft saved').waitFor()
    for (let step = 0; step < 2; step++) await page.keyboard.press('Control+z')
    const field = page.getByRole('region', { name: 'Details' }).getByRole('button', { name: 'Inspection needed' })
    const target = page.getByRole('region', { name: 'Inspection', exact: true }).getByText('Drag fields here')
    await drag(field, target)
    await page.getByRole('region', { name: 'Inspection', exact: true }).getByRole('button', { name: 'Inspection needed' }).waitFor()
    await page.getByRole('region', { name: 'Preview' }).first().getByRole('combobox').first().selectOption('buyer')
    await page.getByRole('button', { name: 'Phone', exact: true }).click()
    await page.getByRole('region', { name: 'Preview' }).getByRole('heading', { name: 'Inspection' }).first().waitFor()
    await page.getByText('Draft saved').waitFor()
    await publish()
    await page.goto(`${front.url}/admin/collections/purchase-orders/create`)
    await page.getByRole('region', { name: 'Inspection' }).getByLabel('Inspection needed').waitFor()
  })

  it('shows no file that is no form, and leaves inputs their own undo', async () => {
    await page.goto(`${front.url}/admin/configuration/purchase-orders`)
    for (const [text, problem] of [['{"entity":"purchase-orders","fields":[null]}', 'fields.0 cannot be kept'], ['{"entity":"purchase-orders","fields":[],"form":{"rules":{"internalNote":null}}}', 'form.rules.internalNote cannot be kept'], ['{"fields":', 'This file holds no fields of a form']]) {
      await page.locator('input[type="file"]').setInputFiles({ name: 'form.json', mimeType: 'application/json', buffer: Buffer.from(text ?? '') })
      await page.getByText(problem ?? '').waitFor()
    }
    const reference = page.getByRole('region', { name: 'Preview' }).getByLabel('Supplier reference')
    await page.getByRole('row', { name: /^Inspection needed/ }).getByRole('button', { name: 'Take out of use' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Take out of use' }).click()
    await reference.pressSequentially('abc')
    await page.keyboard.press('Control+z')
    expect([await reference.inputValue(), await page.getByRole('button', { name: 'Use again' }).count()]).toEqual(['', 1])
    await page.getByRole('button', { name: 'Discard draft' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Discard draft' }).click()
    await page.getByRole('row', { name: /^Inspection needed/ }).getByRole('button', { name: 'Take out of use' }).waitFor()
  })

  it('undoes and redoes while it prepares, and what is prepared is there after a reload', async () => {
    await page.goto(`${front.url}/admin/configuration/purchase-orders`)
    await page.getByRole('row', { name: /^Inspection needed/ }).getByRole('button', { name: 'Take out of use' }).click()
    await page.getByRole('dialog').getByText('to be changed first').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Take out of use' }).click()
    await page.getByRole('button', { name: 'Use again' }).waitFor()
    await page.keyboard.press('Control+z')
    await page.getByRole('row', { name: /^Inspection needed/ }).getByRole('button', { name: 'Take out of use' }).waitFor()
    await page.keyboard.press('Control+y')
    await page.getByRole('button', { name: 'Use again' }).waitFor()
    await page.getByText('Draft saved').waitFor()
    await page.reload()
    await page.getByRole('button', { name: 'Use again' }).waitFor()
    await page.getByRole('button', { name: 'Discard draft' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Discard draft' }).click()
    await page.getByRole('row', { name: /^Inspection needed/ }).getByRole('button', { name: 'Take out of use' }).waitFor()
  })

  it('goes back to what was shipped: the field is out of use, what was entered is kept', async () => {
    const supplier = await create('suppliers', { number: 'S1', name: 'Supplier' })
    const { docs: [company] } = (await (await fetch(`${front.url}/api/companies`, { headers: firm.headers })).json()) as { docs: { id: string }[] }
    const site = await create('sites', { code: 'H', name: 'Here', company: company?.id })
    const order = await create('purchase-orders', { supplier, site, inspectionNeeded: 'always', internalNote: 'Look at the paint.', services: [{ work: 'Oil', hours: '1.5' }] })
    await page.goto(`${front.url}/admin/configuration`)
    await page.getByRole('row', { name: /^0 .*As shipped/ }).getByRole('button', { name: 'Prepare going back' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Prepare going back' }).click()
    await page.getByText('Out of use: Inspection needed').waitFor()
    await page.getByText('Out of use: Services').waitFor()
    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    await page.getByText('Configuration 4', { exact: true }).waitFor({ timeout: 60_000 })
    await page.goto(`${front.url}/admin/collections/purchase-orders/create`)
    await page.getByLabel('Supplier reference').waitFor()
    expect([await page.getByLabel('Inspection needed').count(), await page.getByRole('button', { name: 'Add row' }).count()]).toEqual([0, 0])
    expect((await graphql('{ PurchaseOrders { docs { inspectionNeeded } } }')).data ?? null).not.toMatchObject({ PurchaseOrders: { docs: [{ inspectionNeeded: 'always' }] } })

    await page.goto(`${front.url}/admin/configuration/purchase-orders`)
    for (const _ of ['Inspection needed', 'Services']) await page.getByRole('button', { name: 'Use again' }).first().click()
    await page.getByText('Draft saved').waitFor()
    await publish()
    expect(await (await fetch(`${front.url}/api/purchase-orders/${order}`, { headers: firm.headers })).json()).toMatchObject({ inspectionNeeded: 'always', services: [{ work: 'Oil', hours: '1.5', cost: '120.00' }] })
  })

  it('builds an entity of its own, with a form and a list', async () => {
    await page.goto(`${front.url}/admin/configuration`)
    await page.getByRole('button', { name: 'New form' }).click()
    await page.getByLabel('One, in English').fill('Machine')
    await page.getByLabel('One, in Chinese').fill('设备')
    await page.getByLabel('Several, in English').fill('Machines')
    await page.getByLabel('Numbers begin with').fill('eq')
    await page.getByRole('button', { name: 'Done' }).click()
    await page.getByRole('heading', { name: 'Machines' }).waitFor()
    await page.getByRole('button', { name: 'Add field' }).first().click()
    await page.getByLabel('Label in English').fill('Maker')
    await page.getByLabel('Type').selectOption('relation')
    await page.getByLabel('Refers to').selectOption('suppliers')
    await page.getByLabel('A new one can be made from here').check()
    await page.getByRole('button', { name: 'Done' }).click()
    for (const [label, type] of [['Condition', 'richText'], ['Approved by', 'signature'], ['In use', 'boolean']] as const) {
      await page.getByRole('button', { name: 'Add field' }).first().click()
      await page.getByLabel('Label in English').fill(label)
      await page.getByLabel('Type').selectOption(type)
      if (type === 'boolean') await page.getByLabel('Signature required').selectOption('Approved by')
      await page.getByRole('button', { name: 'Done' }).click()
    }
    await page.getByText('Draft saved').waitFor()
    await publish()

    await page.goto(`${front.url}/admin/collections/own-machines`)
    await page.getByRole('link', { name: 'New machine' }).first().click()
    await page.getByLabel('Name').fill('Lathe')
    await page.getByLabel('Maker').fill('Turner')
    await page.getByRole('option', { name: 'New “Turner” …' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.getByRole('textbox', { name: 'Condition' }).click()
    await page.keyboard.press('Control+Alt+2')
    await page.keyboard.type('Worn')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'List', exact: true }).click()
    await page.keyboard.type('<b>Belt</b>')
    await page.getByLabel('In use').check()
    await page.getByRole('button', { name: 'Create' }).click()
    await page.getByText('Whoever changes In use signs it').first().waitFor()
    const pad = await page.getByRole('img', { name: 'Approved by: Sign here' }).boundingBox() ?? expect.fail('no pad')
    await page.mouse.move(pad.x + 40, pad.y + 40)
    await page.mouse.down()
    for (const x of [80, 120, 160]) await page.mouse.move(pad.x + x, pad.y + 40 + (x % 80), { steps: 4 })
    await page.mouse.up()
    await page.getByRole('button', { name: 'Create' }).click()
    await page.getByRole('heading', { name: /EQ-00001|Lathe/ }).waitFor()
    await page.reload()
    await page.getByRole('textbox', { name: 'Condition' }).getByRole('heading', { name: 'Worn', level: 2 }).waitFor()
    await page.getByRole('textbox', { name: 'Condition' }).getByRole('listitem').getByText('<b>Belt</b>').waitFor()
    const signed = page.getByRole('group', { name: 'Approved by' })
    expect([await signed.locator('path').first().getAttribute('d'), await signed.innerText()]).toEqual([expect.stringMatching(/^M\d+ \d+Q[\d .Q]+L\d+ \d+$/), expect.stringMatching(/owner@firm.example ·\s.*20\d\d/)])
    expect(await faultsOf(page)).toEqual([])
    await page.goto(`${front.url}/admin/collections/own-machines`)
    await page.getByRole('link', { name: 'EQ-00001' }).waitFor()
    expect(await graphql('{ OwnMachines { docs { number name maker { name } } } }')).toEqual({ data: { OwnMachines: { docs: [{ number: 'EQ-00001', name: 'Lathe', maker: { name: 'Turner' } }] } } })
  })

  it('makes a page with steps, which anyone fills in on a phone', async () => {
    await page.goto(`${front.url}/admin/configuration`)
    await page.getByRole('button', { name: 'New page' }).click()
    await page.getByLabel('Title in English').fill('Supplier registration')
    await page.getByLabel('Title in Chinese').fill('供应商登记')
    await page.getByRole('button', { name: 'Done' }).click()
    await page.getByLabel('Makes').selectOption('suppliers')
    await page.getByLabel('Shown as').selectOption('steps')
    await page.getByRole('button', { name: 'Add step' }).click()
    await page.getByLabel('Step 2 · English').fill('How to reach you')
    await page.getByLabel('Step 2 · 中文').fill('联系方式')
    const email = page.getByRole('region', { name: 'Not asked for' }).getByRole('button', { name: 'Email' })
    await drag(email, page.getByRole('group', { name: 'How to reach you' }).getByText('Drag fields here'))
    await page.getByRole('group', { name: 'How to reach you' }).getByRole('button', { name: 'Email' }).waitFor()
    await page.getByRole('combobox', { name: 'Link' }).selectOption('secret')
    await page.getByLabel('Add a value').selectOption('status')
    await page.getByLabel('Status', { exact: true }).selectOption('blocked')
    await page.getByText('Draft saved').waitFor()
    const intake = {
      entity: 'own-machines', kind: 'shopFloor', title: { en: 'New machines', zh: '新设备' }, thanks: { en: 'Stored.', zh: '已保存。' }, gs1: { 21: 'number', 241: 'name' },
      layout: { sections: [{ key: 'a', label: { en: 'Label', zh: '标签' }, columns: 1, fields: ['name', 'number', 'maker', 'photo'] }] },
    }
    const steps = {
      parts: { shownAs: 'steps', list: [{ key: 'what', label: { en: 'What it is', zh: '设备' } }, { key: 'who', label: { en: 'Who made it', zh: '制造商' } }] },
      sections: [{ key: 'a', part: 'what', label: { en: 'Machine', zh: '设备' }, columns: 2, fields: ['number', 'name'] }, { key: 'b', part: 'who', label: { en: 'Origin', zh: '来源' }, columns: 1, fields: ['maker'] }],
    }
    const { published: machineFields } = (await (await fetch(`${front.url}/api/configuration/fields/own-machines`, { headers: firm.headers })).json()) as { published: object[] }
    const withPhoto = [...machineFields, { name: 'photo', type: 'image', label: { en: 'Photo', zh: '照片' } }]
    expect((await fetch(`${front.url}/api/configuration/fields/own-machines`, { method: 'PUT', headers: firm.headers, body: JSON.stringify({ fields: withPhoto, form: { rules: {}, layout: steps } }) })).status).toBe(200)
    const kept = await fetch(`${front.url}/api/configuration/pages/new-machines`, { method: 'PUT', headers: firm.headers, body: JSON.stringify({ page: intake }) })
    expect([kept.status, ((await kept.json()) as { findings: unknown }).findings]).toEqual([200, []])
    await publish()

    // In steps while it is new, in tabs once it is there.
    await page.goto(`${front.url}/admin/collections/own-machines/create`)
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByText('Name is required.').waitFor()
    await page.getByLabel('Name').fill('Press')
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByLabel('Maker').waitFor()
    await page.getByRole('button', { name: 'Create' }).click()
    await page.getByRole('heading', { name: /EQ-00002|Press/ }).waitFor()
    await page.getByRole('button', { name: 'Who made it' }).click()
    await page.getByLabel('Maker').waitFor()
    expect(await page.getByLabel('Name').count()).toBe(0)

    await page.goto(`${front.url}/admin/configuration/pages/supplier-registration`)
    const address = await page.getByText(/^http.+\/f\/[\w-]{22}$/).innerText()
    const phone = await openBrowser({ width: 390, locale: 'zh-CN' })
    try {
      const visitor = await phone.context.newPage()
      await visitor.goto(address)
      await visitor.getByRole('heading', { name: '供应商登记' }).waitFor()
      await visitor.getByRole('button', { name: '下一步' }).click()
      await visitor.getByText('请填写名称。').waitFor()
      await visitor.getByLabel('名称').fill('Anna')
      await visitor.getByRole('button', { name: '下一步' }).click()
      await visitor.getByLabel('邮箱').fill('anna')
      await visitor.getByRole('button', { name: '提交' }).click()
      await visitor.getByText(/邮箱必须是邮箱地址/).waitFor()
      await visitor.getByRole('button', { name: 'Switch to English' }).click()
      await visitor.getByLabel('Email').fill('anna@firm.example')
      expect(await faultsOf(visitor)).toEqual([])
      await visitor.getByRole('button', { name: 'Send' }).click()
      await visitor.getByText(/Your entry has the number S-\d+/).waitFor()
      expect((await visitor.goto(`${front.url}/f/supplier-registration`))?.status()).toBe(404)
      await visitor.getByText('此地址没有表单').waitFor()
    } finally {
      await phone.close()
    }
    const { docs } = (await (await fetch(`${front.url}/api/suppliers?where[name][equals]=Anna`, { headers: firm.headers })).json()) as { docs: { id: string }[] }
    expect(docs).toMatchObject([{ email: 'anna@firm.example', status: 'blocked' }])
    await page.goto(`${front.url}/admin/collections/suppliers/${docs[0]?.id ?? ''}`)
    await page.getByText('Public page · 公开页面').waitFor()
  })

  it('scans without touching the mouse, a code of several parts too, and goes on while there is no connection', async () => {
    const machines = async () => ((await (await fetch(`${front.url}/api/own-machines?sort=number&limit=50`, { headers: firm.headers })).json()) as { docs: { number: string; name: string }[] }).docs.map(({ number, name }) => `${number} ${name}`)
    const scan = async (text: string) => {
      await page.keyboard.type(text)
      await page.keyboard.press('Enter')
    }
    await page.goto(`${front.url}/admin/pages/new-machines`)
    await page.getByRole('textbox', { name: 'Name' }).waitFor()
    await scan('(241)Drill(21)M-1')
    await page.getByRole('textbox', { name: 'Maker' }).waitFor()
    await scan('NOPE')
    await page.getByText('there is nothing with the code "NOPE"').waitFor()
    await page.getByRole('heading', { name: 'Latest entries' }).click()
    await scan('S1')
    const takePicture = () => page.getByLabel('Take a picture').setInputFiles({ name: 'machine.png', mimeType: 'image/png', buffer: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64') })
    const withoutPicture = async () => {
      await page.getByRole('textbox', { name: 'Photo' }).waitFor()
      await page.keyboard.press('Enter')
    }
    await takePicture()
    await page.getByText('Stored · M-1').waitFor()
    // By now the page is kept.
    await page.getByTitle('This page also opens without a connection.').waitFor()
    await page.context().setOffline(true)
    for (const number of ['M-2', 'M-1', 'M-3']) {
      await page.getByRole('textbox', { name: 'Name' }).waitFor()
      await scan(`(241)Saw(21)${number}`)
      await page.getByRole('textbox', { name: 'Maker' }).waitFor()
      await scan('S1')
      await withoutPicture()
    }
    await page.getByText('3 entries wait to be sent.').waitFor()
    // Opened anew it is there all the same, with what waits, and goes on.
    await page.reload()
    await page.getByText('3 entries wait to be sent.').waitFor()
    await page.getByRole('textbox', { name: 'Name' }).waitFor()
    await scan('(241)Saw(21)M-4')
    await page.getByRole('textbox', { name: 'Maker' }).waitFor()
    await scan('S1')
    // A picture waits with its entry.
    await takePicture()
    await page.getByText('4 entries wait to be sent.').waitFor()
    expect(await machines()).toEqual(['EQ-00001 Lathe', 'EQ-00002 Press', 'M-1 Drill'])
    await page.context().setOffline(false)
    await page.getByText('Stored · M-4').waitFor({ timeout: 30_000 })
    // What was taken meanwhile is told at its row; the others went on.
    await page.getByText('"M-1" is already used').waitFor()
    expect(await machines()).toEqual(['EQ-00001 Lathe', 'EQ-00002 Press', 'M-1 Drill', 'M-2 Saw', 'M-3 Saw', 'M-4 Saw'])
    const { docs: pictured } = (await (await fetch(`${front.url}/api/own-machines?where[photo][exists]=true&sort=number`, { headers: firm.headers })).json()) as { docs: { id: string; number: string }[] }
    expect(pictured.map(({ number }) => number)).toEqual(['M-1', 'M-4'])
    expect((await fetch(`${front.url}/api/own-machines/${pictured[1]?.id ?? ''}/files/photo`, { headers: firm.headers })).headers.get('content-type')).toBe('image/png')
    await page.getByRole('button', { name: 'Remove' }).click()
    await page.reload()
    await page.getByText('Nothing entered yet.').waitFor()
    // Only this page is kept, nothing that was read, and nothing once one has signed out.
    const kept = () => page.evaluate(async () => (await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname)))).flat())
    expect(new Set((await kept()).map((path) => path.replace(/^\/_next\/static\/.*/, 'asset')))).toEqual(new Set(['/admin/pages/new-machines', 'asset']))
    await page.goto(`${front.url}/admin`)
    await page.keyboard.press('Control+k')
    await page.keyboard.type('sign out')
    await page.keyboard.press('Enter')
    await page.getByLabel('Password').waitFor()
    expect(await kept()).toEqual([])
  })

  it('draws an approval into its purchase orders: a manager approves one on a phone by the link of an email, and rejects one in the list of what waits', async () => {
    const ask = async (path: string, method = 'GET', body?: object) => (await (await fetch(`${front.url}/api/${path}`, { method, headers: firm.headers, ...(body && { body: JSON.stringify(body) }) })).json()) as Record<string, unknown>
    const account = { name: 'Bea', email: 'bea@firm.example', password: 'long enough for a test' }
    const { doc: boss } = (await ask('users', 'POST', { ...account, roles: ['buyer'] })) as { doc: { id: string } }
    const { user } = (await ask('users/me')) as { user: { id: string } }
    await ask(`users/${user.id}`, 'PATCH', { manager: boss.id })
    const { shipped } = (await ask('configuration/workflows/purchase-orders')) as { shipped: WorkflowDefinition }
    const { events, states } = shipped
    const approval = { steps: [{ name: 'manager', label: { en: 'Line manager', zh: '直属上级' }, approvers: [{ managerOf: 'submitter' }] }], approved: 'approve', rejected: 'sendBack' }
    await ask('configuration/workflows/purchase-orders', 'PUT', {
      definition: {
        ...shipped, events: { ...events, approve: { ...events.approve, roles: ['system'] }, sendBack: { ...events.sendBack, roles: ['system'] } },
        states: { ...states, submitted: { ...states.submitted, approval } },
      },
    })
    const { revision, warnings } = (await ask('configuration')) as { revision: number; warnings: { path: string; code: string }[] }
    const publication = await ask('configuration/publish', 'POST', { base: revision, accepted: warnings.map(({ path, code }) => `${path}:${code}`) })
    await expect.poll(async () => (await ask('configuration')).revision, { timeout: 60_000, message: JSON.stringify(publication) }).toBe(revision + 1)

    const [company] = ((await ask('companies')) as { docs: { id: string }[] }).docs
    await ask(`companies/${company?.id}`, 'PATCH', { purchaseApprovalLimit: '100000' })
    const [supplier, site, part, taxCode] = [
      await create('suppliers', { number: 'AP-1', name: 'Bolts & Co.' }), await create('sites', { code: 'AP', name: 'Works', company: company?.id }),
      await create('parts', { partNumber: 'AP-BOLT', name: 'Bolt M6', unit: firm.unit, makeOrBuy: 'buy', tracking: 'none' }), await create('tax-codes', { code: 'AP19', name: 'VAT', rate: '19', taxKind: 'both' }),
    ]
    const submitted = async () => {
      const id = await create('purchase-orders', { supplier, site, lines: [{ part, quantity: '10', unitPrice: '12.50', taxCode }] })
      expect(await ask(`purchase-orders/${id}/events/submit`, 'POST', {})).toMatchObject({ state: 'submitted' })
      return id
    }
    const stateOf = async (id: string) => ((await ask(`purchase-orders/${id}`)) as { workflow: { state: string } }).workflow.state
    const first = await submitted()
    await expect.poll(() => mail.received.length, { timeout: 30_000 }).toBe(1)
    const address = /\/a\/\S+/.exec(mail.received[0]?.text ?? '')?.[0] ?? expect.fail(mail.received[0]?.content)
    const phone = await openBrowser({ width: 390, locale: 'zh-CN' })
    try {
      const pocket = await phone.context.newPage()
      await pocket.goto(`${front.url}${address}`)
      await pocket.getByText('€148.75').first().waitFor()
      expect(await faultsOf(pocket)).toEqual([])
      // Looking decides nothing.
      expect(await stateOf(first)).toBe('submitted')
      await pocket.getByRole('button', { name: '同意' }).click()
      await pocket.getByText('您已同意。').waitFor()
      expect(await stateOf(first)).toBe('approved')
      await pocket.goto(`${front.url}${address}`)
      await pocket.getByText('此链接已失效').waitFor()

      const second = await submitted()
      await pocket.request.post(`${front.url}/api/users/login`, { data: account, headers: { Origin: front.url } })
      await pocket.goto(`${front.url}/admin`)
      await pocket.getByRole('link', { name: '查看全部', exact: true }).click()
      await pocket.getByRole('heading', { name: '待我审批', level: 1 }).waitFor()
      await pocket.getByRole('button', { name: '处理…' }).click()
      expect(await faultsOf(pocket)).toEqual([])
      await pocket.getByRole('button', { name: '驳回' }).click()
      await pocket.getByText('请填写意见').waitFor()
      await pocket.getByLabel('审批意见').fill('数量太多')
      await pocket.getByRole('button', { name: '驳回' }).click()
      await pocket.getByText('暂无待审批事项').waitFor()
      expect(await stateOf(second)).toBe('draft')
      await pocket.goto(`${front.url}/admin/collections/purchase-orders/${second}`)
      await pocket.getByRole('region', { name: '审批', exact: true }).getByText('数量太多').waitFor()
    } finally {
      await phone.close()
    }
  })
})
