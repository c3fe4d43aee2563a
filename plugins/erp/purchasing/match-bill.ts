import type { Companies, PurchaseOrderLines, SupplierBillLines, SupplierBills } from '../../../config/generated/entities.ts'
import { boolean } from '../../../config/language/fields.ts'
import type { Refusal } from '../../../config/language/refusal.ts'
import type { Text } from '../../../config/language/text.ts'
import type { GuardType } from '../../../workflows/engine/registry.ts'
import { currencyExponent } from '../../core/engine/currency.ts'
import { formatDecimal, mulDiv, scales } from '../../core/engine/decimal.ts'
import type { Row } from '../../core/data/store.ts'
import { matchBill, type LineMatch } from '../engine/matching.ts'
import { wholePercent } from '../engine/terms.ts'

/** One reason why a bill does not match; `line` is its position on the bill, the figures are spoken decimals. */
export type MatchFinding = { readonly line: number; readonly code: string; readonly expected: string; readonly found: string; readonly message: Text }

type Question = {
  readonly bill: Pick<SupplierBills, 'billKind'>
  readonly lines: readonly SupplierBillLines[]
  readonly orderLines: { readonly get: (id: string) => PurchaseOrderLines | undefined }
  readonly company: Pick<Companies, 'currency' | 'priceTolerancePercent'>
}

/** Compares bill, order and receipt; empty when all agree. Lines without an order line need an expense account. */
export function matchSupplierBill({ bill, lines, orderLines, company }: Question): MatchFinding[] {
  if (bill.billKind === 'opening') return []
  const matched = lines.filter((line) => orderLineOf(line, orderLines) !== undefined)
  const { lines: results } = matchBill({
    lines: matched.map((line) => ({ id: line.id, quantity: line.quantity, unitPrice: priceOf(line), ...orderOf(line, orderLines) })),
    tolerance: { pricePercent: company.priceTolerancePercent }, exponent: currencyExponent(company.currency),
  })
  const byLine = new Map(results.map((result) => [result.id, result]))
  return lines.flatMap((line) => {
    const result = byLine.get(line.id)
    if (result) return findingsOf({ line, result, order: orderLineOf(line, orderLines) })
    return line.expenseLedgerAccount ? [] : [{ line: line.position, code: 'matching.noAccount', expected: '', found: '', message: noAccount }]
  })
}

export const matchGuards: readonly GuardType[] = [
  {
    type: 'erp.threeWayMatch',
    label: { en: 'Bill, order and receipt agree', zh: '三单匹配' },
    facts: ['core.lines', 'core.sourceLines', 'core.company'],
    params: [boolean('expect', { en: 'Expected answer', zh: '期望结果' }, { required: true })],
    condition: ({ expect }) => ({ subject: 'erp.threeWayMatch', of: ['true', 'false'], in: [String(expect)] }),
    check({ facts, params, document }) {
      const findings = matchSupplierBill({
        bill: document as unknown as SupplierBills,
        lines: facts['core.lines'] as readonly SupplierBillLines[],
        orderLines: facts['core.sourceLines'] as unknown as ReadonlyMap<string, PurchaseOrderLines>,
        company: facts['core.company'] as Companies,
      })
      const agrees = findings.length === 0
      if (agrees === params.expect) return true
      return agrees ? { code: 'bill.matches', message: matches } : differs(findings)
    },
  },
  {
    type: 'erp.referenceNew',
    label: { en: 'The supplier invoice number is new', zh: '供应商发票号未重复' },
    facts: ['erp.sameReference'],
    check({ facts, document }) {
      const others = (facts['erp.sameReference'] ?? []) as readonly string[]
      if (others.length === 0) return true
      const reference = String((document as Row).supplierReference)
      return {
        code: 'bill.sameReference', path: 'supplierReference',
        message: {
          en: `The supplier's invoice ${reference} is entered already as ${others.join(', ')}. Correct the number, or discard one of them.`,
          zh: `该供应商的发票 ${reference} 已登记为 ${others.join('、')}。请更正发票号，或删除其中一张。`,
        },
      }
    },
  },
]

/** Price less discount per unit of the line, at 10^-6. */
export function priceOf({ unitPrice, discountPercent }: Pick<SupplierBillLines, 'unitPrice' | 'discountPercent'>): number {
  return mulDiv(unitPrice ?? 0, wholePercent - (discountPercent ?? 0), wholePercent)
}

function orderLineOf(line: SupplierBillLines, orderLines: Question['orderLines']): PurchaseOrderLines | undefined {
  return line.purchaseOrderLine ? orderLines.get(line.purchaseOrderLine) : undefined
}

function orderOf(line: SupplierBillLines, orderLines: Question['orderLines']) {
  const order = orderLineOf(line, orderLines)
  if (!order) return {}
  return {
    order: {
      id: order.id, ordered: order.quantity, received: (order.receivedQuantity ?? 0) - (order.rejectedQuantity ?? 0),
      billed: order.billedQuantity ?? 0, unitPrice: priceOf(order),
    },
  }
}

function findingsOf({ line, result, order }: { readonly line: SupplierBillLines; readonly result: LineMatch; readonly order: PurchaseOrderLines | undefined }): MatchFinding[] {
  const show = (value: number) => formatDecimal(value, scales.quantity)
  return result.reasons.map(({ code, message }) => {
    const byPrice = code === 'matching.priceOff'
    const received = (order?.receivedQuantity ?? 0) - (order?.rejectedQuantity ?? 0) - (order?.billedQuantity ?? 0)
    const expected = byPrice ? priceOf(order ?? {} as PurchaseOrderLines) : code === 'matching.overOrdered' ? order?.quantity ?? 0 : received
    return { line: line.position, code, expected: show(expected), found: show(byPrice ? priceOf(line) : line.quantity), message }
  })
}

function differs(findings: readonly MatchFinding[]): Refusal {
  const listed = (language: 'en' | 'zh') => findings.map(({ line, message }) => (language === 'en' ? `Line ${line}: ` : `第 ${line} 行：`) + message[language])
  return { code: 'bill.differs', message: { en: listed('en').join(' '), zh: listed('zh').join('') } }
}

const matches: Text = { en: 'Bill, order and receipt agree. Post the bill.', zh: '三单匹配一致，可直接过账。' }
const noAccount: Text = {
  en: 'The line names neither an order line nor an expense account. Choose one of the two.', zh: '该行既无订单行也无费用科目，请选择其一。',
}
