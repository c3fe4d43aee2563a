import type { PurchaseOrders, SupplierBillLines } from '../../../config/generated/entities.ts'
import type { CommandContext } from '../../core/commands/context.ts'
import type { Store } from '../../core/data/store.ts'
import { failInput } from '../../core/errors.ts'
import type { EntityBehaviour, FactLoader } from '../../core/platform/plugin.ts'
import { preparePricedLines } from '../../core/pricing/prepare-lines.ts'
import { totalLines } from '../../core/pricing/totals.ts'
import { checkNamedAccounts } from '../ledger/named-accounts.ts'
import { typed, typedRows } from '../../core/data/typed-rows.ts'

export const billFacts: readonly FactLoader[] = [{
  name: 'erp.sameReference',
  async load(store, { documents }) {
    const bills = typedRows<'supplier-bills'>(documents).filter(({ supplierReference }) => supplierReference)
    const same = bills.length === 0 ? [] : await store.find('supplier-bills', {
      where: { and: [{ supplier: { in: bills.map(({ supplier }) => supplier) } }, { supplierReference: { in: bills.map(({ supplierReference }) => supplierReference) } }] },
    })
    return new Map(bills.map((bill) => [bill.id, same
      .filter((other) => other.id !== bill.id && other.supplier === bill.supplier && other.supplierReference === bill.supplierReference)
      .map(({ number }) => number)]))
  },
}]

/** Lines of an order take over what the order says; amounts, taxes and totals are always computed. Opening balances bear no tax. */
export const billBehaviour: EntityBehaviour = {
  async prepare(context, draft) {
    const bill = typed<'supplier-bills'>(draft.document)
    const lines = typedRows<'supplier-bill-lines'>(draft.lines)
    const findings = await checkNamedAccounts(context.store, { use: 'expense', named: expenseAccountsOf(lines) })
    if (findings.length > 0) failInput(findings)
    bill.purchaseOrder ||= await orderOfLines(context.store, lines)
    const order = bill.purchaseOrder ? await context.store.get('purchase-orders', bill.purchaseOrder) : undefined
    if (order) {
      bill.supplier ||= order.supplier
      if (!draft.previous) bill.traceId = order.traceId
      if (bill.supplier !== order.supplier) failInput([otherSupplier])
    }
    const company = await context.company(bill.company)
    const supplier = bill.supplier ? await context.store.get('suppliers', bill.supplier) : undefined
    bill.paymentTerm ||= order?.paymentTerm || supplier?.paymentTerm || company.paymentTerm || null
    await takeOver(context, { order, lines })
    if (bill.billKind === 'opening') {
      for (const line of lines) line.taxCode = null
      Object.assign(bill, totalLines({ lines, taxCodes: new Map(), exponent: await context.exponent() }))
      return
    }
    Object.assign(bill, await preparePricedLines(context, {
      lines, language: supplier?.language ?? company.language, company, side: 'purchase', partnerTaxCode: supplier?.taxCode ?? null,
    }))
  },
  async stored(context, { document }) {
    const { id, purchaseOrder, traceId } = typed<'supplier-bills'>(document)
    if (purchaseOrder) await context.link({ entity: 'purchase-orders', id: purchaseOrder }, { entity: 'supplier-bills', id }, traceId)
  },
}

/** The expense accounts that lines of a bill name, at their places. */
export const expenseAccountsOf = (lines: readonly SupplierBillLines[]) =>
  lines.map(({ expenseLedgerAccount }, index) => ({ account: expenseLedgerAccount, path: `lines.${index}.expenseLedgerAccount` }))

async function orderOfLines(store: Store, lines: readonly SupplierBillLines[]): Promise<string | null> {
  const line = lines.find(({ purchaseOrderLine }) => purchaseOrderLine)
  return line?.purchaseOrderLine ? (await store.get('purchase-order-lines', line.purchaseOrderLine))?.purchaseOrder ?? null : null
}

async function takeOver(
  context: CommandContext, { order, lines }: { readonly order: PurchaseOrders | undefined; readonly lines: readonly SupplierBillLines[] },
): Promise<void> {
  const sources = await context.store.byIds('purchase-order-lines', lines.map(({ purchaseOrderLine }) => purchaseOrderLine))
  for (const [index, line] of lines.entries()) {
    const source = sources.get(line.purchaseOrderLine ?? '')
    if (!source) continue
    if (source.purchaseOrder !== order?.id) failInput([otherOrder(index, order)])
    line.part = source.part
    line.unit = source.unit
    line.description ||= source.description
    line.taxCode ||= source.taxCode
    if ((line.unitPrice ?? null) === null) Object.assign(line, { unitPrice: source.unitPrice, discountPercent: source.discountPercent })
  }
}

const otherSupplier = {
  code: 'bill.otherSupplier', path: 'supplier', severity: 'error',
  message: { en: 'The purchase order belongs to another supplier. Choose his order, or correct the supplier.', zh: '该采购订单属于其他供应商，请选择对应的订单或更正供应商。' },
} as const

function otherOrder(index: number, order: PurchaseOrders | undefined) {
  return {
    code: 'bill.otherOrder', path: `lines.${index}.purchaseOrderLine`, severity: 'error',
    message: {
      en: `The line belongs to another purchase order than ${order?.number ?? 'the bill'}. Enter one bill an order.`,
      zh: `该行不属于采购订单 ${order?.number ?? ''}，每张账单只能对应一张采购订单。`,
    },
  } as const
}
