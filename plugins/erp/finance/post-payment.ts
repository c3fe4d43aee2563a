import type { PaymentAllocations, Payments } from '../../../config/generated/entities.ts'
import type { CommandContext } from '../../core/commands/context.ts'
import { newId } from '../../core/commands/context.ts'
import { sumExact } from '../../core/engine/decimal.ts'
import { failRefused } from '../../core/errors.ts'
import type { ActionHandler } from '../../core/platform/plugin.ts'
import type { JournalLine } from '../engine/journal.ts'
import { postAdvanceApplied, postSupplierPayment } from '../engine/posting-purchasing.ts'
import { postCustomerPayment, postCustomerRefund, postDepositApplied } from '../engine/posting-sales.ts'
import { checkNamedAccounts } from '../ledger/named-accounts.ts'
import { changeOpenAmount } from '../ledger/open-amount.ts'
import { postEntry, reverseJournalEntry } from '../ledger/post-entry.ts'
import { typed, typedRows } from '../../core/data/typed-rows.ts'
import { checkAllocations, loadTargets, targetEntities, targetFields, targetOf, type Wanted } from './allocation-targets.ts'
import { dateOf } from './journal-actions.ts'
import { refreshOrdersOf } from './orders-of-payment.ts'

export const paymentActions: readonly ActionHandler[] = [
  {
    type: 'erp.postPayment', label: { en: 'Book the money', zh: '登记收付款' },
    async run(context, step) {
      const payment = typed<'payments'>(step.document)
      const lines = typedRows<'payment-allocations'>(step.lines)
      // The account may have become another one since the payment was entered.
      const refusals = await checkNamedAccounts(context.store, { use: 'money', named: [{ account: payment.bankLedgerAccount, path: 'bankLedgerAccount' }] })
      if (refusals.length > 0) failRefused(refusals)
      const applied = sumExact(lines.map(({ amount }) => amount))
      const journalEntry = await postEntry(context, {
        company: await context.company(payment.company), date: payment.paymentDate, kind: 'payment', source: sourceOf(payment),
        traceId: payment.traceId, lines: withBank(payment, moneyMoved(payment, applied)),
      })
      await store(context, payment, { journalEntry: journalEntry ?? null, unallocatedAmount: payment.amount - applied })
      for (const line of lines) {
        line.allocatedDate = payment.paymentDate
        await context.store.update('payment-allocations', line.id, { allocatedDate: line.allocatedDate })
        await settle(context, { payment, part: line, by: -line.amount })
      }
      await refreshOrdersOf(context, { payment, parts: lines })
    },
  },
  {
    type: 'erp.allocatePayment', label: { en: 'Allocate to an open item', zh: '核销未结单据' },
    async run(context, step) {
      const payment = typed<'payments'>(step.document)
      const part = wantedOf(step.input)
      const refusals = checkAllocations({
        payment, wanted: [part], targets: await loadTargets(context.store, [part]), available: payment.unallocatedAmount ?? 0,
      })
      if (refusals.length > 0) failRefused(refusals)
      const date = await context.today()
      await postEntry(context, {
        company: await context.company(payment.company), date, kind: 'payment', source: sourceOf(payment), traceId: payment.traceId,
        lines: payment.supplier
          ? postAdvanceApplied({ supplier: payment.supplier, amount: part.amount })
          : postDepositApplied({ customer: payment.customer ?? '', amount: part.amount }),
      })
      await addAllocation(context, { payment, part, date, position: step.lines.length + 1 })
      await store(context, payment, { unallocatedAmount: (payment.unallocatedAmount ?? 0) - part.amount })
      await settle(context, { payment, part, by: -part.amount })
      await refreshOrdersOf(context, { payment, parts: [part] })
    },
  },
  {
    type: 'erp.reversePayment', label: { en: 'Take the payment back', zh: '冲销收付款' },
    async run(context, step) {
      const payment = typed<'payments'>(step.document)
      const lines = typedRows<'payment-allocations'>(step.lines)
      const date = dateOf(step.input.reversalDate) ?? (await context.today())
      const entries = await context.store.find('journal-entries', {
        where: { and: [{ sourceEntity: { equals: 'payments' } }, { sourceId: { equals: payment.id } }, { journalKind: { equals: 'payment' } }] }, sort: 'id',
      })
      for (const { id, reversedBy } of entries) if (!reversedBy) await reverseJournalEntry(context, { entry: id, date })
      await store(context, payment, { unallocatedAmount: 0 })
      for (const [index, line] of lines.entries()) {
        // Posted allocations stay as they are; the opposite one stands beside each.
        const part = { ...pick(line), amount: -line.amount }
        await addAllocation(context, { payment, part, date, position: lines.length + index + 1 })
        await settle(context, { payment, part, by: line.amount })
      }
      await refreshOrdersOf(context, { payment, parts: lines })
    },
  },
]

const sourceOf = ({ id, number }: Payments) => ({ entity: 'payments', id, number })

function moneyMoved(payment: Payments, applied: number): JournalLine[] {
  const { direction, customer, supplier, amount } = payment
  const bankRole = bankRoleOf(payment)
  if (supplier) return postSupplierPayment({ supplier, amount, applied, bankRole })
  if (direction === 'outgoing') return postCustomerRefund({ customer: customer ?? '', fromReceivable: amount, bankRole })
  return postCustomerPayment({ customer: customer ?? '', amount, applied, bankRole })
}

const bankRoleOf = ({ method }: Payments) => (method === 'cash' ? 'cash' : 'bank')

/** The bank line goes to the account the payment names, if it names one. */
function withBank(payment: Payments, lines: readonly JournalLine[]) {
  return lines.map((line) => (line.accountRole === bankRoleOf(payment) ? { ...line, account: payment.bankLedgerAccount ?? null } : line))
}

/** In place and at once: the fold of an order, run by this very step, reads stored payments. */
async function store(context: CommandContext, payment: Payments, changes: Pick<Payments, 'unallocatedAmount'> & Partial<Pick<Payments, 'journalEntry'>>): Promise<void> {
  Object.assign(payment, changes)
  await context.store.update('payments', payment.id, changes)
}

async function addAllocation(context: CommandContext, { payment, part, date, position }: {
  readonly payment: Payments
  readonly part: Wanted
  readonly date: string
  readonly position: number
}): Promise<void> {
  await context.store.insertMany('payment-allocations', [{ id: newId(), payment: payment.id, position, ...part, allocatedDate: date }])
}

/** Changes what is open on the item (minor units, signed) and links it to the payment. */
async function settle(context: CommandContext, { payment, part, by }: { readonly payment: Payments; readonly part: Wanted; readonly by: number }): Promise<void> {
  const target = targetOf(part)
  if (!target) return
  const entity = targetEntities[target.field]
  await changeOpenAmount(context, { entity, id: target.id, by })
  await context.link({ entity, id: target.id }, { entity: 'payments', id: payment.id }, payment.traceId)
}

function wantedOf(input: Readonly<Record<string, unknown>>): Wanted {
  return pick({ ...Object.fromEntries(targetFields.map((field) => [field, dateOf(input[field]) ?? null])), amount: Number(input.amount ?? 0) })
}

function pick({ invoice, supplierBill, creditNote, amount }: Pick<PaymentAllocations, 'invoice' | 'supplierBill' | 'creditNote' | 'amount'>): Wanted {
  return { invoice: invoice ?? null, supplierBill: supplierBill ?? null, creditNote: creditNote ?? null, amount }
}
