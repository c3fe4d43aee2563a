import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accountRoles, isAccountRole, normalSide, accountUse } from '../../../plugins/erp/engine/chart.ts'
import { addRounding, buildEntry, checkBalanced, reverseEntry, totalsOf, UnbalancedEntryError } from '../../../plugins/erp/engine/journal.ts'
import type { JournalLine } from '../../../plugins/erp/engine/journal.ts'
import {
  postAdvanceApplied, postGoodsReceipt, postSupplierBill, postSupplierPayment, postSupplierReturn,
} from '../../../plugins/erp/engine/posting-purchasing.ts'
import {
  postCreditNote, postCustomerPayment, postCustomerRefund, postDelivery, postDepositApplied, postInvoice, postSalesReturn,
} from '../../../plugins/erp/engine/posting-sales.ts'
import {
  postOpeningLedger, postOpeningPayable, postOpeningReceivable, postOpeningStock, postRounding, postStockCount,
} from '../../../plugins/erp/engine/posting-stock.ts'

const customer = 'c1'
const supplier = 's1'

/** Entries as people read them: "debit role amount" or "credit role amount". */
function read(lines: readonly JournalLine[]): string[] {
  return lines.map(({ accountRole, debit, credit }) => (debit > 0 ? `Dr ${accountRole} ${debit}` : `Cr ${accountRole} ${credit}`))
}

describe('what each document posts', () => {
  it('a delivery: cost of goods sold against inventory', () => {
    expect(read(postDelivery({ value: 500 }))).toEqual(['Dr cogs 500', 'Cr inventory 500'])
    expect(read(postSalesReturn({ value: 500 }))).toEqual(['Dr inventory 500', 'Cr cogs 500'])
  })

  it('an invoice: receivable against revenue and tax by code', () => {
    const entry = postInvoice({
      customer,
      lines: [{ net: 10_000 }, { net: 2_000 }, { net: 300, accountRole: 'freightExpense' }],
      taxes: [{ taxCode: 'V13', amount: 1_560 }, { taxCode: 'V9', amount: 27 }, { taxCode: 'V0', amount: 0 }],
    })
    expect(read(entry)).toEqual(['Dr accountsReceivable 13887', 'Cr revenue 12000', 'Cr freightExpense 300', 'Cr outputTax 1560', 'Cr outputTax 27'])
    expect(entry[0]?.party).toEqual({ type: 'customer', id: customer })
    expect(entry.map((line) => line.taxCode)).toEqual([undefined, undefined, undefined, 'V13', 'V9'])
  })

  it('a credit note: sales returns and tax against the receivable', () => {
    expect(read(postCreditNote({ customer, lines: [{ net: 100 }], taxes: [{ taxCode: 'V13', amount: 13 }] })))
      .toEqual(['Cr accountsReceivable 113', 'Dr salesReturns 100', 'Dr outputTax 13'])
  })

  it('money from a customer: settled invoices, the rest a deposit', () => {
    expect(read(postCustomerPayment({ customer, amount: 100, applied: 60 }))).toEqual(['Dr bank 100', 'Cr accountsReceivable 60', 'Cr customerDeposits 40'])
    expect(read(postCustomerPayment({ customer, amount: 100, applied: 0, bankRole: 'cash' }))).toEqual(['Dr cash 100', 'Cr customerDeposits 100'])
    expect(read(postDepositApplied({ customer, amount: 40 }))).toEqual(['Dr customerDeposits 40', 'Cr accountsReceivable 40'])
    expect(read(postCustomerRefund({ customer, fromDeposits: 5, fromReceivable: 7 }))).toEqual(['Dr customerDeposits 5', 'Dr accountsReceivable 7', 'Cr bank 12'])
    expect(() => postCustomerPayment({ customer, amount: 100, applied: 101 })).toThrow(RangeError)
    expect(() => postCustomerPayment({ customer, amount: 100, applied: -1 })).toThrow(RangeError)
  })

  it('a receipt and its bill, dearer than ordered', () => {
    expect(read(postGoodsReceipt({ supplier, value: 100_000 }))).toEqual(['Dr inventory 100000', 'Cr grni 100000'])
    expect(read(postSupplierBill({ supplier, accrued: 100_000, inventoryDifference: 2_000, priceVariance: 3_000, taxes: [{ taxCode: 'V13', amount: 13_650 }] })))
      .toEqual(['Dr grni 100000', 'Dr inventory 2000', 'Dr purchaseVariance 3000', 'Dr inputTax 13650', 'Cr accountsPayable 118650'])
  })

  it('a bill cheaper than ordered, and one with freight', () => {
    expect(read(postSupplierBill({ supplier, accrued: 1_000, inventoryDifference: -40, priceVariance: -60, taxes: [] })))
      .toEqual(['Dr grni 1000', 'Cr inventory 40', 'Cr purchaseVariance 60', 'Cr accountsPayable 900'])
    expect(read(postSupplierBill({ supplier, accrued: 0, inventoryDifference: 0, priceVariance: 0, expenses: [{ net: 50, accountRole: 'freightExpense' }, { net: 5 }], taxes: [] })))
      .toEqual(['Dr freightExpense 50', 'Dr generalExpense 5', 'Cr accountsPayable 55'])
  })

  it('money to a supplier, and goods back to him', () => {
    expect(read(postSupplierPayment({ supplier, amount: 100, applied: 60 }))).toEqual(['Dr accountsPayable 60', 'Dr supplierAdvances 40', 'Cr bank 100'])
    expect(read(postAdvanceApplied({ supplier, amount: 40 }))).toEqual(['Dr accountsPayable 40', 'Cr supplierAdvances 40'])
    expect(read(postSupplierReturn({ supplier, accrued: 500, valueOut: 450 }))).toEqual(['Dr grni 500', 'Cr inventory 450', 'Cr purchaseVariance 50'])
    expect(() => postSupplierPayment({ supplier, amount: 1, applied: 2 })).toThrow(RangeError)
  })

  it('counts and opening balances', () => {
    expect(read(postStockCount({ valueDelta: 30 }))).toEqual(['Dr inventory 30', 'Cr inventoryAdjustment 30'])
    expect(read(postStockCount({ valueDelta: -30 }))).toEqual(['Cr inventory 30', 'Dr inventoryAdjustment 30'])
    expect(postStockCount({ valueDelta: 0 })).toEqual([])
    expect(read(postOpeningStock({ value: 9 }))).toEqual(['Dr inventory 9', 'Cr openingEquity 9'])
    expect(read(postOpeningReceivable({ customer, amount: 9 }))).toEqual(['Dr accountsReceivable 9', 'Cr openingEquity 9'])
    expect(read(postOpeningPayable({ supplier, amount: 9 }))).toEqual(['Cr accountsPayable 9', 'Dr openingEquity 9'])
    expect(read(postOpeningLedger({ balances: [{ accountRole: 'bank', amount: 50 }, { accountRole: 'capital', amount: -30 }] })))
      .toEqual(['Dr bank 50', 'Cr capital 30', 'Cr openingEquity 20'])
  })

  it('a remainder nobody will collect', () => {
    expect(read(postRounding({ accountRole: 'accountsReceivable', amount: 1, party: { type: 'customer', id: customer } }))).toEqual(['Dr rounding 1', 'Cr accountsReceivable 1'])
  })
})

describe('rules of every entry', () => {
  const amount = fc.integer({ min: -(10 ** 9), max: 10 ** 9 })
  const positive = fc.nat(10 ** 9)
  const role = fc.constantFrom(...accountRoles)
  const nets = fc.array(fc.record({ net: amount, accountRole: fc.option(role, { nil: undefined }) }), { maxLength: 8 })
  const taxes = fc.array(fc.record({ taxCode: fc.constantFrom('V13', 'V9', 'V0'), amount }), { maxLength: 3 })
  const paid = fc.tuple(positive, positive).map(([a, b]) => ({ amount: Math.max(a, b), applied: Math.min(a, b) }))

  const builders: Record<string, fc.Arbitrary<JournalLine[]>> = {
    delivery: positive.map((value) => postDelivery({ value })),
    salesReturn: positive.map((value) => postSalesReturn({ value })),
    invoice: fc.record({ lines: nets, taxes }).map((figures) => postInvoice({ customer, ...figures })),
    creditNote: fc.record({ lines: nets, taxes }).map((figures) => postCreditNote({ customer, ...figures })),
    customerPayment: paid.map((figures) => postCustomerPayment({ customer, ...figures })),
    customerRefund: fc.tuple(positive, positive).map(([fromDeposits, fromReceivable]) => postCustomerRefund({ customer, fromDeposits, fromReceivable })),
    depositApplied: positive.map((value) => postDepositApplied({ customer, amount: value })),
    goodsReceipt: positive.map((value) => postGoodsReceipt({ supplier, value })),
    supplierReturn: fc.tuple(positive, positive).map(([accrued, valueOut]) => postSupplierReturn({ supplier, accrued, valueOut })),
    supplierBill: fc.record({ accrued: positive, inventoryDifference: amount, priceVariance: amount, expenses: nets, taxes })
      .map((figures) => postSupplierBill({ supplier, ...figures })),
    supplierPayment: paid.map((figures) => postSupplierPayment({ supplier, ...figures })),
    advanceApplied: positive.map((value) => postAdvanceApplied({ supplier, amount: value })),
    stockCount: amount.map((valueDelta) => postStockCount({ valueDelta })),
    openingStock: positive.map((value) => postOpeningStock({ value })),
    openingReceivable: amount.map((value) => postOpeningReceivable({ customer, amount: value })),
    openingPayable: amount.map((value) => postOpeningPayable({ supplier, amount: value })),
    openingLedger: fc.array(fc.record({ accountRole: role, amount }), { maxLength: 10 }).map((balances) => postOpeningLedger({ balances })),
    rounding: fc.record({ accountRole: role, amount }).map(postRounding),
  }

  it.each(Object.entries(builders))('%s balances, has no zero lines, and is undone by its reversal', (_, entries) => {
    fc.assert(fc.property(entries, (lines) => {
      if (lines.length > 0) expect(checkBalanced(lines)).toEqual([])
      expect(lines.filter((line) => line.debit === 0 && line.credit === 0)).toEqual([])
      const both = totalsOf([...lines, ...reverseEntry(lines)])
      expect(both.debit).toBe(both.credit)
      for (const accountRole of accountRoles) {
        const { debit, credit } = totalsOf([...lines, ...reverseEntry(lines)].filter((line) => line.accountRole === accountRole))
        expect(debit - credit).toBe(0)
      }
      expect(reverseEntry(reverseEntry(lines))).toEqual(lines)
    }))
  })

  it('refuses to build what does not balance', () => {
    expect(() => buildEntry([{ accountRole: 'bank', amount: 1 }, { accountRole: 'cash', amount: -2 }])).toThrow(UnbalancedEntryError)
  })

  it('tells what is wrong with a hand-written entry', () => {
    const codes = (lines: { debit: number; credit: number }[]) => checkBalanced(lines).map(({ code, path }) => `${path} ${code}`)
    expect(codes([])).toEqual(['lines journal.empty'])
    expect(codes([{ debit: 5, credit: 0 }, { debit: 0, credit: 4 }])).toEqual(['lines journal.unbalanced'])
    expect(codes([{ debit: 5, credit: 5 }, { debit: 0, credit: 0 }, { debit: -1, credit: 0 }, { debit: 1.5, credit: 0 }]))
      .toEqual(['lines.0 journal.oneSide', 'lines.1 journal.oneSide', 'lines.2 journal.negative', 'lines.3 journal.notMinorUnits'])
    expect(codes([{ debit: 5, credit: 0 }, { debit: 0, credit: 5 }])).toEqual([])
  })

  it('closes rounding up to its limit, and nothing more', () => {
    const lines: JournalLine[] = [{ accountRole: 'bank', debit: 100, credit: 0 }, { accountRole: 'revenue', debit: 0, credit: 98 }]
    expect(read(addRounding({ lines, limit: 2 }))).toEqual(['Dr bank 100', 'Cr revenue 98', 'Cr rounding 2'])
    expect(() => addRounding({ lines, limit: 1 })).toThrow(UnbalancedEntryError)
    expect(addRounding({ lines: [], limit: 0 })).toEqual([])
  })
})

describe('the roles of accounts', () => {
  it('say which account mirrors a subledger', () => {
    expect(accountUse('inventory')).toMatchObject({ name: { en: 'Inventory', zh: '库存商品' }, control: true })
    expect(accountRoles.filter((role) => accountUse(role).control)).toEqual(
      ['accountsReceivable', 'supplierAdvances', 'inventory', 'accountsPayable', 'grni', 'customerDeposits'])
    expect(isAccountRole('bank')).toBe(true)
    expect(isAccountRole('petty')).toBe(false)
    expect(['asset', 'expense', 'liability', 'equity', 'income'].map((type) => normalSide(type as 'asset'))).toEqual(['debit', 'debit', 'credit', 'credit', 'credit'])
  })
})
