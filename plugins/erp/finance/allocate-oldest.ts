import type { Where } from 'payload'
import type { Payments } from '../../../config/generated/entities.ts'
import { relation } from '../../../config/language/fields.ts'
import type { CommandContext } from '../../core/commands/context.ts'
import { sumExact } from '../../core/engine/decimal.ts'
import { failRefused } from '../../core/errors.ts'
import type { Operation } from '../../core/platform/plugin.ts'
import { stateOf } from '../../core/workflow/pinned.ts'
import { allocateOldestFirst, type Allocation } from '../engine/allocation.ts'
import { targetEntities, targetOf, type TargetField } from './allocation-targets.ts'

/** Money finds its items by itself: those due first are settled first, as far as it goes. */
export const allocateOldest: Operation = {
  name: 'allocateOldest',
  entity: 'payments',
  label: { en: 'Allocate oldest first', zh: '按到期先后核销' },
  help: {
    en: 'Of a draft: fills its allocations. Of a posted payment: settles with what is left of it.', zh: '草稿：自动填写核销明细；已过账：用未核销余额核销。',
  },
  roles: ['accountant'],
  input: [relation('payment', { en: 'Payment', zh: '收付款单' }, { to: 'payments', required: true })],
  async run(context, input) {
    const payment = await context.store.require('payments', String(input.payment))
    const state = stateOf(payment)
    if (state !== 'draft' && state !== 'posted') failRefused([reversed])
    const lines = state === 'draft' ? await context.store.find('payment-allocations', { where: { payment: { equals: payment.id } }, sort: 'position' }) : []
    const field: TargetField = payment.direction === 'incoming' ? 'invoice' : payment.supplier ? 'supplierBill' : 'creditNote'
    const known = new Set(lines.map((line) => targetOf(line)?.id))
    const items = (await openItems(context, { payment, field })).filter(({ id }) => !known.has(id))
    const amount = state === 'draft' ? payment.amount - sumExact(lines.map((line) => line.amount)) : payment.unallocatedAmount ?? 0
    const result = allocateOldestFirst({ amount: Math.max(0, amount), items })
    const allocations = result.ok ? result.allocations : []
    if (allocations.length === 0) failRefused([nothingOpen])
    if (state === 'draft') await context.edit('payments', payment.id, { lines: [...lines, ...allocations.map((part) => lineOf(field, part))] })
    else for (const part of allocations) await context.send('payments', payment.id, 'allocate', { input: lineOf(field, part) })
    return {
      message: { en: `Allocated to ${allocations.length} items.`, zh: `已核销 ${allocations.length} 张单据。` },
      documents: [{ entity: 'payments', id: payment.id }],
    }
  },
}

const lineOf = (field: TargetField, { id, amount }: Allocation) => ({ [field]: id, amount })

async function openItems({ store }: CommandContext, { payment, field }: { readonly payment: Payments; readonly field: TargetField }) {
  const party: Where = field === 'supplierBill' ? { supplier: { equals: payment.supplier } } : { customer: { equals: payment.customer } }
  const rows = await store.find(targetEntities[field], {
    where: { and: [party, { company: { equals: payment.company } }, { 'workflow.state': { equals: 'posted' } }, { openAmount: { greater_than: 0 } }] },
  })
  return rows.map((row) => ({
    id: row.id, open: row.openAmount ?? 0, dueDate: ('dueDate' in row ? row.dueDate : 'creditDate' in row ? row.creditDate : null) ?? payment.paymentDate,
  }))
}

const reversed = {
  code: 'payment.reversed', message: { en: 'The payment is reversed. Record the money again as a new payment.', zh: '该款项已冲销，请重新登记收付款。' },
}
const nothingOpen = {
  code: 'payment.nothingOpen',
  message: { en: 'Nothing of this party is open, or nothing is left of the payment.', zh: '该往来单位没有未结单据，或款项已全部核销。' },
}
