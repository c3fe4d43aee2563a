import type { Payload } from 'payload'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommand } from '../../plugins/core/commands/run-command.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import { drainWork } from '../../plugins/core/events/runner.ts'
import { howToStart, startFirm } from '../../plugins/core/firm/start-firm.ts'
import { ProblemError } from '../../plugins/core/errors.ts'
import { verify } from '../../plugins/core/verify/run-checks.ts'
import { accountRoles } from '../../plugins/erp/engine/chart.ts'
import { firmTemplates } from '../../plugins/erp/setup/templates/templates.ts'
import type { Booted } from '../support/boot-payload.ts'
import { faultsOfBooks } from '../support/erp-world.ts'
import { bootPlatform } from '../support/test-platform.ts'
import { desk, hire, owner } from './desk.ts'

const firms = {
  international: {
    company: { template: 'international', standardTaxRate: '19.5', code: 'INT', name: 'Spokes Ltd.', currency: 'EUR', timeZone: 'Europe/Berlin', country: 'DE' },
    taxCodes: { EXEMPT: 0, 'STD-19.5': 19_500_000, ZERO: 0 }, usual: 'STD-19.5', inventory: '1200', gross: 119_500, tax: 19_500, inputTaxIs: 'asset',
  },
  china: {
    company: { template: 'china', code: 'CN', name: 'Chefu', nameZh: '车辐商贸', currency: 'CNY', timeZone: 'Asia/Shanghai', country: 'CN' },
    taxCodes: { VAT0: 0, VAT13: 13_000_000, VAT6: 6_000_000, VAT9: 9_000_000 }, usual: 'VAT13', inventory: '1405', gross: 113_000, tax: 13_000, inputTaxIs: 'liability',
  },
} as const

describe.each(Object.values(firms))('a firm that starts with the template $company.template', ({ company, taxCodes, usual, inventory, gross, tax, inputTaxIs }) => {
  let booted: Booted
  let payload: Payload
  let at: ReturnType<typeof desk>
  beforeAll(async () => {
    booted = await bootPlatform()
    payload = booted.payload
    await hire(payload)
    at = desk(payload)
  })
  afterAll(() => booted.stop())

  it('has its accounts and tax codes, named in both languages', async () => {
    expect(await howToStart(payload, owner)).toEqual({ kind: 'first' })
    await startFirm(payload, owner, { company })
    const accounts = await at.store.find('ledger-accounts')
    expect(accounts.map(({ accountRole }) => accountRole).sort()).toEqual([...accountRoles].sort())
    expect(accounts.filter(({ name, nameZh }) => !/[a-z]/.test(name) || !/\p{Script=Han}/u.test(nameZh ?? ''))).toEqual([])
    expect(accounts.find(({ accountRole }) => accountRole === 'inventory')).toMatchObject({ number: inventory, control: true })
    expect(accounts.find(({ accountRole }) => accountRole === 'inputTax')).toMatchObject({ accountType: inputTaxIs })
    const codes = await at.store.find('tax-codes')
    expect(Object.fromEntries(codes.map(({ code, rate }) => [code, rate]))).toEqual(taxCodes)
    const [firm] = await at.store.find('companies')
    const standard = codes.find(({ code }) => code === usual)?.id
    expect(firm).toMatchObject({ code: company.code, salesTaxCode: standard, purchaseTaxCode: standard })
  })

  it('runs the whole loop, from buying to the money, and its books hold', async () => {
    const { store } = at
    const id = async (entity: string, where: object) => String((await store.findOne<string>(entity, where as never))?.id)
    const unit = await id('units', { code: { equals: 'PCS' } })
    const supplier = await at.create(owner, 'suppliers', { number: 'S-1', name: 'Frames' })
    const customer = await at.create(owner, 'customers', { number: 'C-1', name: 'Shop', creditLimit: '100000' })
    const part = await at.create(owner, 'parts', { partNumber: 'BIKE', name: 'Bicycle', unit, standardCost: '60', listPrice: '100' })

    const purchase = await at.create(owner, 'purchase-orders', { supplier, requestedDate: '2030-01-01' }, [{ part, quantity: '10', unitPrice: '60' }])
    for (const event of ['submit', 'approve', 'receive']) await at.send(owner, 'purchase-orders', purchase, event)
    await at.send(owner, 'receipts', await id('receipts', { purchaseOrder: { equals: purchase } }), 'post')
    await at.send(owner, 'purchase-orders', purchase, 'bill', { input: { supplierReference: 'F-1' } })
    const bill = await id('supplier-bills', { purchaseOrder: { equals: purchase } })
    await at.send(owner, 'supplier-bills', bill, 'post')
    await pay('outgoing', { supplier }, 'supplierBill', { entity: 'supplier-bills', id: bill })

    const order = await at.create(owner, 'sales-orders', { customer, requestedDate: '2030-01-01' }, [{ part, quantity: '10' }])
    for (const event of ['submit', 'approve', 'deliver']) await at.send(owner, 'sales-orders', order, event)
    await at.send(owner, 'deliveries', await id('deliveries', { salesOrder: { equals: order } }), 'post')
    await drainWork(payload)
    const invoice = await id('invoices', { salesOrder: { equals: order } })
    await at.send(owner, 'invoices', invoice, 'post')
    expect(await store.require('invoices', invoice)).toMatchObject({ grandTotal: gross, taxTotal: tax })
    await pay('incoming', { customer }, 'invoice', { entity: 'invoices', id: invoice })
    await drainWork(payload)

    for (const [entity, document, state] of [['purchase-orders', purchase, 'closed'], ['sales-orders', order, 'closed'], ['supplier-bills', bill, 'settled'], ['invoices', invoice, 'settled']] as const) {
      expect(await store.require<string>(entity, document), entity).toMatchObject({ workflow: { state } })
    }
    expect(await faultsOfBooks(payload)).toEqual([])
    const { checks } = await verify(payload)
    expect(checks.filter(({ ok }) => !ok)).toEqual([])

    async function pay(direction: string, party: object, field: string, { entity, id: document }: { entity: string; id: string }) {
      const { openAmount } = await store.require<string>(entity, document)
      const amount = (Number(openAmount) / 100).toFixed(2)
      await at.send(owner, 'payments', await at.create(owner, 'payments', { direction, ...party, amount }, [{ [field]: document, amount }]), 'post')
    }
  })

  it('starts once, and a second company shares its accounts', async () => {
    expect(await howToStart(payload, owner)).toMatchObject({ refusal: { code: 'noDemo' } })
    const other = Object.values(firms).find((firm) => firm.company.template !== company.template)?.company
    await at.operate(owner, 'companies', 'setUp', { ...other, language: 'en' })
    expect(await at.store.count('ledger-accounts')).toBe(accountRoles.length)
    expect(await at.store.count('companies')).toBe(2)
  })
})

describe('the template of a firm', () => {
  let booted: Booted
  beforeAll(async () => { booted = await bootPlatform() })
  afterAll(() => booted.stop())
  const start = (company: object) => findingsOf(startFirm(booted.payload, owner, { company: { code: 'X', name: 'X', currency: 'EUR', timeZone: 'UTC', country: 'DE', ...company } }))

  it('has a rate stated exactly where it asks for one', async () => {
    expect(await start({})).toEqual(['company.template'])
    expect(await start({ template: 'mars' })).toEqual(['company.template'])
    expect(await start({ template: 'international' })).toEqual(['company.standardTaxRate'])
    expect(await start({ template: 'china', standardTaxRate: '13' })).toEqual(['company.standardTaxRate'])
    expect(await findingsOf(runCommand(booted.payload, owner, {
      action: 'operate', entity: 'companies', operation: 'setUp', input: { code: 'X', name: 'X', currency: 'EUR', timeZone: 'UTC', country: 'DE', language: 'en', template: 'international' },
    }))).toEqual(['standardTaxRate'])
    expect(await openStore(booted.payload).count('companies')).toBe(0)
  })

  it.each(firmTemplates)('$slug has one account a role and a number, and a usual tax code', ({ accounts, taxCodes, usualTaxCode }) => {
    expect(accounts.map(({ role }) => role).sort()).toEqual([...accountRoles].sort())
    expect(new Set(accounts.map(({ number }) => number)).size).toBe(accounts.length)
    expect(taxCodes.map(({ code }): string => code)).toContain(usualTaxCode)
  })
})

async function findingsOf(work: Promise<unknown>): Promise<string[]> {
  try {
    await work
  } catch (error) {
    if (error instanceof ProblemError) return error.problem.findings?.map(({ path }) => path ?? '') ?? []
    throw error
  }
  return []
}
