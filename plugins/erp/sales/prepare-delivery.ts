import { failInput } from '../../core/errors.ts'
import type { EntityBehaviour } from '../../core/platform/plugin.ts'
import type { Deliveries, DeliveryLines, SalesOrderLines } from '../../../config/generated/entities.ts'
import type { CommandContext } from '../../core/commands/context.ts'
import { sumExact } from '../../core/engine/decimal.ts'
import { typed, typedRows } from '../../core/data/typed-rows.ts'
import { beyondOpen } from './drafted-deliveries.ts'

/** Part, unit and description of a delivery line are those of its order line: deliveries count in the order's unit. */
export const deliveryBehaviour: EntityBehaviour = {
  async prepare(context, draft) {
    const { store } = context
    const delivery = typed<'deliveries'>(draft.document)
    const lines = typedRows<'delivery-lines'>(draft.lines)
    const order = delivery.salesOrder ? await store.get('sales-orders', delivery.salesOrder) : undefined
    delivery.customer = order?.customer ?? delivery.customer ?? null
    delivery.site ||= order?.site ?? ''
    delivery.shipToAddress ||= order?.shipToAddress ?? null
    const orderLines = await store.byIds('sales-order-lines', lines.map(({ salesOrderLine }) => salesOrderLine))
    const foreign = lines.flatMap(({ salesOrderLine }, index) => {
      const source = orderLines.get(salesOrderLine)
      return source && source.salesOrder !== delivery.salesOrder ? [index] : []
    })
    if (foreign.length > 0) {
      failInput(foreign.map((index) => ({
        code: 'delivery.foreignLine', path: `lines.${index}.salesOrderLine`, severity: 'error',
        message: { en: 'This order line belongs to another order. Choose a line of the delivery’s order.', zh: '该订单行属于其他订单，请选择本发货单所属订单的行。' },
      })))
    }
    for (const line of lines) {
      const source = orderLines.get(line.salesOrderLine)
      if (!source) continue
      line.part = source.part
      line.unit = source.unit ?? null
      line.unitNumerator = source.unitNumerator
      line.unitDenominator = source.unitDenominator
      line.description ||= source.description ?? null
      line.lot ||= ''
    }
    await refuseBeyondOpen(context, { delivery, lines, orderLines: [...orderLines.values()], previous: typedRows<'delivery-lines'>(draft.previousLines ?? []) })
  },
}

/** More than before of an order line is asked only as far as it is open; a draft that an order's change overtook may still be corrected. */
async function refuseBeyondOpen(context: CommandContext, { delivery, lines, orderLines, previous }: {
  readonly delivery: Deliveries
  readonly lines: readonly DeliveryLines[]
  readonly orderLines: readonly SalesOrderLines[]
  readonly previous: readonly DeliveryLines[]
}): Promise<void> {
  const sumOf = (rows: readonly DeliveryLines[], orderLine: string) => sumExact(rows.filter(({ salesOrderLine }) => salesOrderLine === orderLine).map(({ quantity }) => quantity ?? 0))
  const grown = orderLines.filter(({ id }) => sumOf(lines, id) > sumOf(previous, id))
  const excess = await beyondOpen(context, { lines: grown, asked: lines.map(({ salesOrderLine, quantity }) => ({ line: salesOrderLine, quantity: quantity ?? 0 })), delivery: delivery.id })
  if (excess.length > 0) failInput(excess.map(({ index, message }) => ({ code: 'delivery.beyondOpen', path: `lines.${index}.quantity`, severity: 'error', message })))
}
