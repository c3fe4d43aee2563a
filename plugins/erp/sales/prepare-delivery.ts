import { failInput } from '../../core/errors.ts'
import type { EntityBehaviour } from '../../core/platform/plugin.ts'
import { typed, typedRows } from '../typed-rows.ts'

/** Part, unit and description of a delivery line are those of its order line: deliveries count in the order's unit. */
export const deliveryBehaviour: EntityBehaviour = {
  async prepare({ store }, draft) {
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
  },
}
