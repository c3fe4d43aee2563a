import type { Text } from '../../../config/language/text.ts'
import type { Row, Store } from '../../core/data/store.ts'
import { formatDecimal, scales } from '../../core/engine/decimal.ts'
import { openOf } from '../sales/reserve-order.ts'

type Missing = { readonly part: string; readonly quantity: number }
const mostParts = 3

/** By sales order: what is still to be delivered of it, and what of that is not in stock. */
export async function missingToDeliver(store: Store, orders: readonly Row[]): Promise<Map<string, Text>> {
  const lines = await store.find('sales-order-lines', { where: { salesOrder: { in: orders.map(({ id }) => id) } }, sort: 'position' })
  const parts = await store.byIds('parts', lines.map(({ part }) => part))
  return new Map(orders.map(({ id }) => {
    const own = lines.filter((line) => line.salesOrder === id && openOf(line) > 0)
    const open = own.map((line): Missing => ({ part: line.part, quantity: openOf(line) }))
    const short = own.map((line): Missing => ({ part: line.part, quantity: parts.get(line.part)?.stocked ? openOf(line) - (line.reservedQuantity ?? 0) : 0 })).filter(({ quantity }) => quantity > 0)
    const nameOf = (part: string) => parts.get(part)?.partNumber ?? ''
    const [left, out] = [listed(open, nameOf), listed(short, nameOf)]
    return [id, {
      en: `To deliver: ${left.en}.${short.length > 0 ? ` Not in stock: ${out.en}.` : ' All of it is reserved.'}`,
      zh: `待发：${left.zh}。${short.length > 0 ? `缺货：${out.zh}。` : '均已预留。'}`,
    }]
  }))
}

/** By purchase order: what has not arrived yet. */
export async function missingToReceive(store: Store, orders: readonly Row[]): Promise<Map<string, Text>> {
  const lines = await store.find('purchase-order-lines', { where: { purchaseOrder: { in: orders.map(({ id }) => id) } }, sort: 'position' })
  const parts = await store.byIds('parts', lines.map(({ part }) => part))
  return new Map(orders.map(({ id }) => {
    const open = lines.filter(({ purchaseOrder }) => purchaseOrder === id)
      .map((line): Missing => ({ part: line.part, quantity: line.quantity - (line.cancelledQuantity ?? 0) - (line.receivedQuantity ?? 0) + (line.rejectedQuantity ?? 0) }))
      .filter(({ quantity }) => quantity > 0)
    const { en, zh } = listed(open, (part) => parts.get(part)?.partNumber ?? '')
    return [id, { en: `Not arrived: ${en}.`, zh: `未到：${zh}。` }]
  }))
}

/** The first parts with their quantities, and how many more there are. */
function listed(missing: readonly Missing[], nameOf: (part: string) => string): Text {
  const shown = missing.slice(0, mostParts).map(({ part, quantity }) => `${nameOf(part)} ${formatDecimal(quantity, scales.quantity)}`)
  const more = missing.length - shown.length
  return { en: [...shown, ...(more > 0 ? [`${more} more`] : [])].join(', '), zh: `${shown.join('、')}${more > 0 ? `等 ${missing.length} 种` : ''}` }
}
