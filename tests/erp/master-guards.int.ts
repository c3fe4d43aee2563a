import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommand } from '../../plugins/core/commands/run-command.ts'
import { transact } from '../../plugins/core/commands/transact.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import { markDemo } from '../../plugins/core/demo/marker.ts'
import { ProblemError } from '../../plugins/core/errors.ts'
import { startConfirmation, startFirm } from '../../plugins/core/firm/start-firm.ts'
import { postStock } from '../../plugins/erp/ledger/post-stock.ts'
import type { Booted } from '../support/boot-payload.ts'
import { faultsOfBooks, million, seedErpWorld, type ErpWorld } from '../support/erp-world.ts'
import { bootPlatform } from '../support/test-platform.ts'
import { accountant, desk, hire, owner } from './desk.ts'

let booted: Booted
let world: ErpWorld
let at: ReturnType<typeof desk>

beforeAll(async () => {
  booted = await bootPlatform()
  world = await seedErpWorld(booted.payload)
  await hire(booted.payload)
  at = desk(booted.payload)
})
afterAll(async () => {
  expect(await faultsOfBooks(booted.payload)).toEqual([])
  await booted.stop()
})

/** Where and why something is refused: the paths of its findings or refusals, each with a sentence in both languages. */
async function refusedAt(work: Promise<unknown>, status: 409 | 422 = 422): Promise<(string | undefined)[]> {
  const problem = await work.then(() => undefined, (error: unknown) => {
    if (error instanceof ProblemError) return error.problem
    throw error
  })
  expect(problem, 'it was not refused').toBeDefined()
  expect(problem?.status).toBe(status)
  const told = problem?.findings ?? problem?.refusals ?? []
  for (const { message } of told) {
    expect(message.en).toMatch(/\. .+\.$/)
    expect(message.zh).toMatch(/，.+。$/)
  }
  return told.map(({ path }) => path)
}

const edit = (entity: string, id: string, data: object) => runCommand(booted.payload, owner, { action: 'edit', entity, id, data })
const accountFor = (accountRole: string) => at.one('ledger-accounts', { accountRole })

describe('accounts that documents name', () => {
  const payment = (bankLedgerAccount: string) =>
    at.create(accountant, 'payments', { direction: 'incoming', customer: world.customers.shop, amount: '10', paymentDate: world.today, bankLedgerAccount })
  let made = 0
  const bill = (expenseLedgerAccount: string) =>
    at.create(accountant, 'supplier-bills', {
      billKind: 'expense', supplier: world.suppliers.safety, supplierReference: `N-${made++}`, billDate: world.today,
    }, [{ description: 'Rent', quantity: '1', unitPrice: '30', expenseLedgerAccount }])

  it('of a payment hold money', async () => {
    for (const role of ['inventory', 'accountsReceivable', 'revenue', 'capital']) {
      expect(await refusedAt(payment((await accountFor(role)).id)), role).toEqual(['bankLedgerAccount'])
    }
    const second = await at.create(owner, 'ledger-accounts', { number: '100202', name: 'Second bank', accountType: 'asset' })
    for (const account of [(await accountFor('bank')).id, (await accountFor('cash')).id, second]) {
      await at.send(accountant, 'payments', await payment(account), 'post')
    }
  })

  it('of a bill take expenses', async () => {
    for (const role of ['inventory', 'accountsPayable', 'grni']) {
      expect(await refusedAt(bill((await accountFor(role)).id)), role).toEqual(['lines.0.expenseLedgerAccount'])
    }
    await at.send(accountant, 'supplier-bills', await bill((await accountFor('freightExpense')).id), 'post')
  })

  it('are looked at again when the document is posted', async () => {
    const account = await at.create(owner, 'ledger-accounts', { number: '100203', name: 'Third bank', accountType: 'asset' })
    const rent = await at.create(owner, 'ledger-accounts', { number: '560201', name: 'Rent', accountType: 'expense' })
    const [paid, billed] = [await payment(account), await bill(rent)]
    await edit('ledger-accounts', account, { accountType: 'income' })
    await edit('ledger-accounts', rent, { control: true })
    expect(await refusedAt(at.send(accountant, 'payments', paid, 'post'), 409)).toEqual(['bankLedgerAccount'])
    expect(await refusedAt(at.send(accountant, 'supplier-bills', billed, 'post'), 409)).toEqual(['lines.0.expenseLedgerAccount'])
  })
})

describe('ledger accounts', () => {
  it('with postings keep number, type and use', async () => {
    const bank = await accountFor('bank')
    expect(await refusedAt(edit('ledger-accounts', bank.id, { number: '1009', accountType: 'expense' }))).toEqual(['number', 'accountType'])
    expect(await refusedAt(edit('ledger-accounts', bank.id, { accountRole: 'capital' }))).toContain('accountRole')
    expect(await refusedAt(edit('ledger-accounts', (await accountFor('inventory')).id, { control: false }))).toEqual(['control'])
    await edit('ledger-accounts', bank.id, { name: 'Bank of the firm' })
    expect(await accountFor('bank')).toMatchObject({ number: '1002', accountType: 'asset', name: 'Bank of the firm' })
    await edit('ledger-accounts', (await accountFor('rounding')).id, { number: '560398' })
  })

  it('with postings stay active as long as documents find them or an amount stands on them', async () => {
    const stop = (id: string) => edit('ledger-accounts', id, { active: false })
    expect(await refusedAt(stop((await accountFor('inventory')).id))).toEqual(['active'])
    const cash = await accountFor('cash')
    expect(await refusedAt(stop(cash.id))).toEqual(['active'])
    await edit('ledger-accounts', cash.id, { accountRole: null })
    // The payments above put 10.00 on the cash account; a journal entry moves it away.
    expect(await refusedAt(stop(cash.id))).toEqual(['active'])
    const till = await at.create(owner, 'ledger-accounts', { number: '100102', name: 'Second till', accountType: 'asset', accountRole: 'cash' })
    const entry = await at.create(accountant, 'journal-entries', { entryDate: world.today, journalKind: 'manual' }, [{ account: till, debit: '10' }, { account: cash.id, credit: '10' }])
    await at.send(accountant, 'journal-entries', entry, 'post')
    await stop(cash.id)
    expect(await accountFor('cash')).toMatchObject({ id: till })
  })

  it('give a use to one active account only', async () => {
    const fees = await accountFor('bankFees')
    expect(await refusedAt(edit('ledger-accounts', fees.id, { accountRole: 'inventory' }))).toEqual(['accountRole'])
    const second = { number: '560303', name: 'Fees abroad', accountType: 'expense', accountRole: 'bankFees' }
    expect(await refusedAt(at.create(owner, 'ledger-accounts', second))).toEqual(['accountRole'])
    await edit('ledger-accounts', fees.id, { active: false })
    await at.create(owner, 'ledger-accounts', second)
    expect(await refusedAt(edit('ledger-accounts', fees.id, { active: true }))).toEqual(['accountRole'])
  })

  it('that mirror documents keep their use before the first posting too', async () => {
    const advances = await accountFor('supplierAdvances')
    expect(await at.store.count('journal-lines', { account: { equals: advances.id } })).toBe(0)
    expect(await refusedAt(edit('ledger-accounts', advances.id, { accountRole: null }))).toEqual(['accountRole'])
  })
})

describe('companies', () => {
  const company = { code: 'NEW', name: 'New firm', country: 'CN', language: 'zh', currency: 'CNY', timeZone: 'Asia/Shanghai' }

  it('have a currency and a time zone that exist', async () => {
    for (const currency of ['XXX', 'cny', 'ABC']) expect(await refusedAt(at.create(owner, 'companies', { ...company, currency })), currency).toEqual(['currency'])
    for (const timeZone of ['Nope/No', '+08:00', 'Shanghai']) expect(await refusedAt(at.create(owner, 'companies', { ...company, timeZone })), timeZone).toEqual(['timeZone'])
    expect(await refusedAt(edit('companies', world.company, { timeZone: 'Nope/No' }))).toEqual(['timeZone'])
    const wrong = { ...company, template: 'china', currency: 'ABC', timeZone: 'Nope/No' }
    expect(await refusedAt(at.operate(owner, 'companies', 'setUp', wrong))).toEqual(['currency', 'timeZone'])
    expect(await at.store.count('companies')).toBe(1)
  })

  it('also where a firm starts', async () => {
    const { payload } = booted
    const { mode } = payload.config.custom
    await markDemo(openStore(payload), 'loaded')
    payload.config.custom.mode = 'demo'
    const input = {
      confirmation: startConfirmation.en, company: { ...company, template: 'china', currency: 'ABC', timeZone: 'Nope/No' },
      owner: { name: 'Boss', email: 'boss@firm.example', password: 'long enough for a test' },
    }
    expect(await refusedAt(startFirm(payload, owner, input))).toEqual(['company.currency', 'company.timeZone'])
    payload.config.custom.mode = mode
    expect(await at.store.count('companies')).toBe(1)
  })

  it('keep both once something is posted', async () => {
    expect(await refusedAt(edit('companies', world.company, { currency: 'JPY', timeZone: 'UTC' }))).toEqual(['currency', 'timeZone'])
    const fresh = await at.create(owner, 'companies', company)
    await edit('companies', fresh, { currency: 'JPY', timeZone: 'UTC' })
    expect(await at.store.require('companies', fresh)).toMatchObject({ currency: 'JPY', timeZone: 'UTC' })
    await edit('companies', world.company, { phone: '12345678' })
  })
})

describe('parts', () => {
  const part = (partNumber: string) => at.create(owner, 'parts', { partNumber, name: partNumber, unit: world.units.get('PCS'), listPrice: '10' })
  const order = (line: object) => at.create(owner, 'sales-orders', { customer: world.customers.shop, requestedDate: world.today }, [line])

  it('keep unit and stock keeping while they are in stock', async () => {
    const { helmet } = world.parts
    expect(await refusedAt(edit('parts', helmet, { unit: world.units.get('BOX') }))).toEqual(['unit'])
    expect(await refusedAt(edit('parts', helmet, { stocked: false }))).toEqual(['stocked'])
    await edit('parts', helmet, { name: 'Safety helmet' })
  })

  it('counted to zero may leave the stock, but keep their unit', async () => {
    const lamp = await part('LAMP')
    const [location, company] = [world.locations.get('A-01') ?? '', await at.store.require('companies', world.company)]
    const move = (quantity: number, value: number) => transact(booted.payload, { actor: owner }, async (context) => {
      await postStock(context, {
        company, date: world.today, source: { entity: 'companies', id: world.company },
        movements: [{ part: lamp, location, quantity: quantity * million, cost: { value } }],
      })
    })
    await move(2, 0)
    expect(await refusedAt(edit('parts', lamp, { stocked: false }))).toEqual(['stocked'])
    await move(-2, 0)
    await edit('parts', lamp, { stocked: false })
    expect(await refusedAt(edit('parts', lamp, { unit: world.units.get('BOX') }))).toEqual(['unit'])
  })

  it('on an open order of either side keep both', async () => {
    const bell = await part('BELL')
    const sold = await order({ part: bell, quantity: '1' })
    const both = { unit: world.units.get('BOX'), stocked: false }
    expect(await refusedAt(edit('parts', bell, both))).toEqual(['unit', 'stocked'])
    await at.send(owner, 'sales-orders', sold, 'cancel', { reason: 'not wanted' })
    const bought = await at.create(owner, 'purchase-orders', { supplier: world.suppliers.safety, requestedDate: world.today }, [{ part: bell, quantity: '1', unitPrice: '5' }])
    expect(await refusedAt(edit('parts', bell, both))).toEqual(['unit', 'stocked'])
    await at.send(owner, 'purchase-orders', bought, 'cancel', { reason: 'not wanted' })
    await edit('parts', bell, both)
    expect(await at.store.require('parts', bell)).toMatchObject({ unit: world.units.get('BOX'), stocked: false })
  })
})
