import type { InvoiceLines, Invoices } from '../../../config/generated/entities.ts'
import type { CommandContext } from '../../core/commands/context.ts'
import { formatDecimal, mulDiv, sumExact } from '../../core/engine/decimal.ts'
import { failRefused } from '../../core/errors.ts'
import { stateOf } from '../../core/workflow/pinned.ts'
import { deductionsOf, keptNet } from './order-billing.ts'

/**
 * Refuses to credit of a deposit invoice what another invoice deducts: the customer would get the deposit back and have it
 * deducted besides. What no invoice deducts may be credited. `credited` holds quantities of the deposit's lines.
 */
export async function checkDepositFree(context: CommandContext, { invoice, lines, credited }: {
  readonly invoice: Invoices
  readonly lines: readonly InvoiceLines[]
  readonly credited: readonly { readonly invoiceLine: string; readonly quantity: number }[]
}): Promise<void> {
  if (invoice.invoiceKind !== 'deposit') return
  const deductions = deductionsOf(await context.store.find('invoice-lines', { where: { depositInvoice: { equals: invoice.id } }, sort: 'id' }), invoice.id)
  if (deductions.length === 0) return
  const all = await context.store.find('invoice-lines', { where: { invoice: { equals: invoice.id } } })
  const free = Math.max(0, sumExact([...all, ...deductions].map(keptNet)))
  const wanted = sumExact(credited.map(({ invoiceLine, quantity }) => {
    const line = lines.find(({ id }) => id === invoiceLine)
    return line ? mulDiv(line.netAmount ?? 0, quantity, line.quantity) : 0
  }))
  if (wanted <= free) return
  const finals = [...(await context.store.byIds('invoices', deductions.map((line) => line.invoice))).values()]
  const exponent = await context.exponent()
  failRefused([{ code: 'credit.depositUsed', message: depositUsed(finals, formatDecimal(free, exponent, { minDigits: exponent })) }])
}

function depositUsed(finals: readonly Invoices[], free: string) {
  const named = (draft: string) => finals.map((final) => (stateOf(final) === 'draft' ? `${final.number ?? ''}${draft}`.trim() : final.number ?? '')).join(', ')
  return {
    en: `This deposit is deducted on invoice ${named(' (draft)')}. Credit that invoice first, or discard it if it is a draft; of the deposit ${free} net is not deducted and may be credited.`,
    zh: `该订金已在发票 ${named('（草稿）')} 中抵扣。请先红冲该发票（草稿则删除）；未抵扣的未税金额 ${free} 可以红冲。`,
  }
}
