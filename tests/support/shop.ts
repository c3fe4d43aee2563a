import type { Payload } from 'payload'
import { boolean, integer, quantity, relation, text } from '../../config/language/fields.ts'
import { systemActor } from '../../plugins/core/access/actor.ts'
import { transact } from '../../plugins/core/commands/transact.ts'
import { failRefused } from '../../plugins/core/errors.ts'
import type { TrellisPlugin } from '../../plugins/core/platform/plugin.ts'

/** A shelf to take from and tickets with a life: as small a system as can be. */
export const shop: TrellisPlugin = {
  slug: 'wms',
  entities: [
    {
      slug: 'shelves', system: 'wms', kind: 'master', titleField: 'name', listColumns: ['name'],
      label: { en: 'Shelf', zh: '货架' }, labels: { en: 'Shelves', zh: '货架' },
      fields: [text('name', { en: 'Name', zh: '名称' }, { required: true, unique: true }), quantity('stock', { en: 'Stock', zh: '库存' }, { default: '0' })],
    },
    {
      slug: 'tickets', system: 'wms', kind: 'document', titleField: 'number', listColumns: ['number'], numbering: { prefix: 'T' }, workflow: 'ticket',
      label: { en: 'Ticket', zh: '单' }, labels: { en: 'Tickets', zh: '单' },
      fields: [relation('shelf', { en: 'Shelf', zh: '货架' }, { to: 'shelves' }), integer('taken', { en: 'Taken', zh: '次数' }, { readOnly: true, default: 0 }), boolean('seen', { en: 'Seen', zh: '已阅' })],
    },
  ],
  workflows: [{
    slug: 'ticket', version: 1, entity: 'tickets', label: { en: 'Ticket', zh: '单' }, initial: 'open',
    events: {
      take: { label: { en: 'Take', zh: '取' }, past: 'taken' },
      breakDown: { label: { en: 'Break', zh: '坏' }, past: 'broken' },
      close: { label: { en: 'Close', zh: '关' }, past: 'closed' },
    },
    states: {
      open: {
        label: { en: 'Open', zh: '打开' }, editable: true,
        on: { take: { actions: [{ type: 'shop.take' }] }, breakDown: { actions: [{ type: 'shop.take' }, { type: 'shop.fail' }] }, close: { target: 'closed' } },
      },
      closed: { label: { en: 'Closed', zh: '关闭' }, type: 'final' },
    },
  }],
  actions: [
    {
      type: 'shop.take', label: { en: 'Take one', zh: '取一件' },
      async run({ store }, { document }) {
        const one = 1_000_000
        const taken = await store.update('shelves', String(document.shelf), { stock: { $inc: -one } }, { stock: { greater_than_equal: one } })
        if (!taken) failRefused([{ code: 'empty', message: { en: 'The shelf is empty.', zh: '货架已空。' } }])
        document.taken = Number(document.taken) + 1
      },
    },
    { type: 'shop.fail', label: { en: 'Fail', zh: '失败' }, run: () => Promise.reject(new Error('half-way')) },
  ],
  handlers: [{
    name: 'shop.see', on: ['tickets.closed'],
    async run(context, event) {
      await context.store.update('tickets', event.documentId, { seen: true })
    },
  }],
}

/** Documents belong to a company. */
export async function foundTestCompany(payload: Payload): Promise<void> {
  await transact(payload, { actor: systemActor }, (context) =>
    context.create('companies', { values: { name: 'Test', code: 'T', currency: 'EUR', timeZone: 'Europe/Berlin', country: 'DE', language: 'en' } }))
}
