import type { CommandContext } from '../../core/commands/context.ts'
import { failInput } from '../../core/errors.ts'

type PrepaidOrder = { readonly order: 'salesOrder' | 'purchaseOrder'; readonly id: string }

/**
 * Refuses (422) another customer or supplier on an order that money was booked for: the prepayment is of the party who paid it.
 * Payments that were reversed hold nothing any more.
 */
export async function keepPrepaidParty({ store }: CommandContext, { order, id }: PrepaidOrder): Promise<void> {
  const [payment] = await store.find('payments', { where: { and: [{ [order]: { equals: id } }, { 'workflow.state': { equals: 'posted' } }] }, sort: 'id', limit: 1 })
  if (!payment) return
  const number = payment.number ?? ''
  const isSale = order === 'salesOrder'
  failInput([{
    code: 'order.prepaid', path: isSale ? 'customer' : 'supplier', severity: 'error',
    message: {
      en: `Payment ${number} was booked for this order, so its ${isSale ? 'customer' : 'supplier'} stays. Reverse the payment first, or write a new order.`,
      zh: `收付款 ${number} 已为本订单过账，不能更换${isSale ? '客户' : '供应商'}。请先冲销该收付款，或另开订单。`,
    },
  }])
}
