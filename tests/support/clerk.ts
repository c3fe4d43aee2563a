import type { Locator, Page } from 'playwright-core'

/** What a person does at the panel, in words; everything goes by clicking and typing. */
export function clerkAt(page: Page, url: string) {
  return {
    page,
    async signIn(role: string) {
      await page.goto(`${url}/admin/login`)
      await page.getByRole('button', { name: new RegExp(`^${role} `) }).click()
      await page.getByRole('button', { name: 'Sign in', exact: true }).click()
      await page.getByRole('heading', { level: 1, name: /Good (morning|afternoon|evening)/ }).waitFor()
    },
    async open(list: string) {
      // The navigation counts what waits: "Sales orders 2".
      await page.getByRole('navigation').first().getByRole('link', { name: new RegExp(`^${list}( \\d+)?$`) }).click()
      await page.getByRole('heading', { level: 1, name: list }).waitFor()
    },
    async startNew(kind: string) {
      await page.getByRole('link', { name: `New ${kind}` }).or(page.getByRole('button', { name: `New ${kind}` })).first().click()
      await page.getByRole('heading', { level: 1, name: `New ${kind}` }).waitFor()
    },
    async choose(label: string | RegExp, words: string, within: Page | Locator = page) {
      const box = within.getByRole('combobox', { name: label })
      await box.click()
      await box.fill(words)
      await page.getByRole('option', { name: new RegExp(words, 'i') }).first().click()
    },
    async fill(label: string | RegExp, value: string, within: Page | Locator = page) {
      await within.getByRole('textbox', { name: label }).fill(value)
    },
    async create() {
      await page.getByRole('button', { name: 'Create', exact: true }).click()
      await page.waitForURL(/\/[0-9a-f-]{36}$/)
    },
    /** Presses a step of the workflow bar, fills what its panel asks for, and waits for the state it leads to. */
    async step(label: string, options: { state?: string; input?: (panel: Locator) => Promise<void> } = {}) {
      const direct = page.getByRole('group', { name: 'More steps' }).getByRole('button', { name: label, exact: true })
      if (!(await direct.isVisible())) {
        await page.getByRole('button', { name: 'More steps' }).click()
        await page.getByRole('menuitem', { name: label }).or(page.getByRole('button', { name: label, exact: true })).first().click()
      } else {
        await direct.click()
      }
      const panel = page.getByRole('dialog', { name: label })
      await panel.waitFor()
      await options.input?.(panel)
      await panel.getByRole('button', { name: label, exact: true }).click()
      await panel.waitFor({ state: 'hidden' })
      if (options.state) await page.locator('main').getByText(options.state, { exact: true }).first().waitFor()
    },
    /** Follows a linked document; what happens by event may take a moment, so the page is loaded again until it is there. */
    async follow(entity: string) {
      const link = page.getByRole('region', { name: 'Linked documents' }).locator(`a[href*="/${entity}/"]`).last()
      for (let attempt = 0; attempt < 20 && !(await link.isVisible()); attempt++) {
        await page.waitForTimeout(500)
        await page.reload()
        await page.getByRole('region', { name: 'Timeline' }).waitFor()
      }
      await link.click()
      await page.waitForURL(new RegExp(`/${entity}/[0-9a-f-]{36}$`))
      await page.getByRole('region', { name: 'Timeline' }).waitFor()
    },
  }
}
