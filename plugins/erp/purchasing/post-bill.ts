import type { Companies, SupplierBillLines, SupplierBills } from '../../../config/generated/entities.ts'
import type { CommandContext } from '../../core/commands/context.ts'
import { currencyExponent } from '../../core/engine/currency.ts'
import { sumExact } from '../../core/engine/decimal.ts'
import { convert } from '../../core/engine/units.ts'
import { failRefused } from '../../core/errors.ts'
import type { ActionHandler } from '../../core/platform/plugin.ts'
import type { DocumentTax } from '../../core/pricing/totals.ts'
import { revalueStock } from '../engine/cost.ts'
import { buildEntry, type SignedLine } from '../engine/journal.ts'
import { postOpeningPayable } from '../engine/posting-stock.ts'
import { dueDateOf } from '../ledger/due-date.ts'
import { checkNamedAccounts } from '../ledger/named-accounts.ts'
import { postEntry, type EntryLine } from '../ledger/post-entry.ts'
import { postStock, type StockMovement } from '../ledger/post-stock.ts'
import { loadStockValues } from '../ledger/stock-values.ts'
import { typed, typedRows } from '../../core/data/typed-rows.ts'
import { accrueBillLine, differenceOf, type Accrual } from './accrue-bill.ts'
import { postedReceiptLines } from './create-bill.ts'
import { matchSupplierBill } from './match-bill.ts'
import { isStocked } from './post-receipt.ts'
import { expenseAccountsOf } from './prepare-bill.ts'
import { refreshPurchaseOrder } from './refresh-order.ts'

export const billActions: readonly ActionHandler[] = [
  {
    type: 'erp.recordMatch', label: { en: 'Write down what does not match', zh: '记录匹配差异' },
    async run(context, step) {
      const bill = typed<'supplier-bills'>(step.document)
      const lines = typedRows<'supplier-bill-lines'>(step.lines)
      const orderLines = await context.store.byIds('purchase-order-lines', lines.map(({ purchaseOrderLine }) => purchaseOrderLine))
      bill.matchReasons = matchSupplierBill({ bill, lines, orderLines, company: await context.company(bill.company) })
    },
  },
  {
    type: 'erp.postBill', label: { en: 'Post the supplier bill', zh: '供应商账单过账' },
    async run(context, step) {
      const bill = typed<'supplier-bills'>(step.document)
      const lines = typedRows<'supplier-bill-lines'>(step.lines)
      const company = await context.company(bill.company)
      // An account may have become another one since the bill was entered.
      const refusals = await checkNamedAccounts(context.store, { use: 'expense', named: expenseAccountsOf(lines) })
      if (refusals.length > 0) failRefused(refusals)
      const date = bill.billDate ?? (await context.today())
      bill.dueDate ||= await dueDateOf(context.store, { date, paymentTerm: bill.paymentTerm })
      bill.openAmount = bill.grandTotal
      const source = { entity: 'supplier-bills', id: bill.id, number: bill.number }
      const entryLines = bill.billKind === 'opening'
        ? postOpeningPayable({ supplier: bill.supplier, amount: bill.grandTotal ?? 0 })
        : await clearReceipts(context, { bill, lines, company, date })
      bill.journalEntry = await postEntry(context, {
        company, date, kind: bill.billKind === 'opening' ? 'opening' : 'purchase', source, traceId: bill.traceId, lines: entryLines,
      }) ?? null
      if (!bill.purchaseOrder) return
      // The order's fold reads stored bills; this one is stored when the step ends.
      await context.store.update('supplier-bills', bill.id, { openAmount: bill.openAmount, journalEntry: bill.journalEntry })
      await refreshPurchaseOrder(context, bill.purchaseOrder)
    },
  },
]

type BillPosting = { readonly bill: SupplierBills; readonly lines: readonly SupplierBillLines[]; readonly company: Companies; readonly date: string }
type Cleared = { readonly line: SupplierBillLines; readonly accrual: Accrual; readonly stocked: boolean }

/** Counts what is billed, revalues stock by the price difference, and gives the lines of the journal entry. */
async function clearReceipts(context: CommandContext, posting: BillPosting): Promise<EntryLine[]> {
  const { bill, lines } = posting
  const cleared = await accrueLines(context, posting)
  for (const { line, accrual } of cleared) {
    await context.store.update('purchase-order-lines', line.purchaseOrderLine ?? '', { billedQuantity: { $inc: line.quantity } })
    for (const { receiptLine, quantity } of accrual.receipts) {
      await context.store.update('receipt-lines', receiptLine.id, { billedQuantity: { $inc: quantity } })
    }
  }
  const { toInventory, toVariance } = await revalue(context, { ...posting, cleared: cleared.filter(({ stocked }) => stocked) })
  const unstocked = sumExact(cleared.filter(({ stocked }) => !stocked).map(({ line, accrual }) => (line.netAmount ?? 0) - differenceOf(accrual).accrued))
  const party = { type: 'supplier', id: bill.supplier } as const
  const known = new Set(cleared.map(({ line }) => line))
  const signed: (SignedLine & { readonly account?: string | null })[] = [
    { accountRole: 'grni', amount: sumExact(cleared.map(({ accrual }) => differenceOf(accrual).accrued)), party },
    { accountRole: 'inventory', amount: toInventory },
    { accountRole: 'purchaseVariance', amount: toVariance },
    { accountRole: 'generalExpense', amount: unstocked },
    ...lines.filter((line) => !known.has(line)).map(({ expenseLedgerAccount, netAmount }) => (
      { accountRole: 'generalExpense' as const, account: expenseLedgerAccount ?? null, amount: netAmount ?? 0 })),
    ...((bill.taxLines ?? []) as unknown as DocumentTax[]).map(({ taxCode, amount }) => ({ accountRole: 'inputTax' as const, amount, taxCode })),
    { accountRole: 'accountsPayable', amount: -(bill.grandTotal ?? 0), party },
  ]
  return buildEntry(signed)
}

/** Which receipts each line of an order pays for, and whether its part is kept in stock. */
async function accrueLines(context: CommandContext, { bill, lines, company }: BillPosting): Promise<Cleared[]> {
  if (!bill.purchaseOrder) return []
  const orderLines = await context.store.byIds('purchase-order-lines', lines.map(({ purchaseOrderLine }) => purchaseOrderLine))
  const parts = await context.store.byIds('parts', lines.map(({ part }) => part))
  const receiptLines = await postedReceiptLines(context.store, bill.purchaseOrder)
  const taken = new Map<string, number>()
  return lines.flatMap((line) => {
    const orderLine = orderLines.get(line.purchaseOrderLine ?? '')
    if (!orderLine) return []
    const accrual = accrueBillLine({ line, orderLine, receiptLines, taken, exponent: currencyExponent(company.currency) })
    return [{ line, accrual, stocked: isStocked(parts.get(orderLine.part)) }]
  })
}

/**
 * Brings the price difference into the stock of what is still held, by entries of quantity 0; the rest is price variance. What
 * was billed ahead of its receipt has no stock yet: its whole difference is variance.
 */
async function revalue(
  context: CommandContext, { bill, company, date, cleared }: BillPosting & { readonly cleared: readonly Cleared[] },
): Promise<{ readonly toInventory: number; readonly toVariance: number }> {
  const values = await loadStockValues(context.store, {
    company: company.id, parts: cleared.flatMap(({ accrual }) => accrual.receipts.map(({ receiptLine }) => receiptLine.part)),
  })
  const movements: (StockMovement & { readonly cost: { readonly value: number } })[] = []
  let toVariance = sumExact(cleared.map(({ accrual }) => differenceOf(accrual).ahead))
  for (const { line, accrual } of cleared) {
    for (const { receiptLine, quantity, accrued, billed } of accrual.receipts) {
      const state = values.get(receiptLine.part)
      if (!state || billed === accrued) continue
      const units = convert({ quantity, numerator: receiptLine.unitNumerator ?? 1, denominator: receiptLine.unitDenominator ?? 1 })
      const result = revalueStock({ state: { ...state, quantity: Math.max(0, state.quantity) }, quantity: units, difference: billed - accrued })
      values.set(receiptLine.part, { ...state, value: result.state.value })
      toVariance += result.toVariance
      if (result.toInventory === 0) continue
      movements.push({
        part: receiptLine.part, location: receiptLine.location ?? '', lot: receiptLine.lot ?? null, stockStatus: receiptLine.stockStatus,
        quantity: 0, cost: { value: result.toInventory }, sourceLine: line.id,
      })
    }
  }
  await postStock(context, { company, date, movements, traceId: bill.traceId, source: { entity: 'supplier-bills', id: bill.id, number: bill.number } })
  return { toInventory: sumExact(movements.map(({ cost }) => cost.value)), toVariance }
}
