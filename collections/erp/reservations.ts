import type { EntityDefinition } from '../../config/language/entity.ts'
import { option, quantity, readOnly, relation, required, select } from '../../config/language/fields.ts'
import { companyField, lotField, traceField } from './shared-fields.ts'

/** Reserved stock of a balance row = sum of its open reservations; `verify` proves it. */
export const reservations = {
  slug: 'reservations',
  system: 'erp',
  kind: 'record',
  label: { en: 'Reservation', zh: '库存预留' },
  labels: { en: 'Reservations', zh: '库存预留' },
  titleField: 'id',
  fields: [
    companyField,
    relation('salesOrder', { en: 'Sales order', zh: '销售订单' }, { to: 'sales-orders', ...required }),
    relation('salesOrderLine', { en: 'Order line', zh: '订单行' }, { to: 'sales-order-lines', ...required }),
    relation('part', { en: 'Part', zh: '物料' }, { to: 'parts', ...required }),
    relation('location', { en: 'Location', zh: '库位' }, { to: 'locations', ...required }),
    lotField,
    quantity('quantity', { en: 'Quantity', zh: '数量' }, {
      ...required, min: 0, help: { en: 'In the stock unit of the part.', zh: '以物料库存单位计。' },
    }),
    select('reservationState', { en: 'State', zh: '状态' }, {
      ...readOnly, default: 'open', index: true,
      options: [
        option('open', { en: 'Open', zh: '预留中' }, 'waiting'),
        option('consumed', { en: 'Delivered', zh: '已发货' }, 'good'),
        option('released', { en: 'Released', zh: '已释放' }, 'neutral'),
      ],
    }),
    traceField,
  ],
  listColumns: ['salesOrder', 'part', 'location', 'lot', 'quantity', 'reservationState'],
  indexes: [{ fields: ['salesOrderLine', 'reservationState'] }, { fields: ['company', 'part', 'reservationState'] }],
} satisfies EntityDefinition
