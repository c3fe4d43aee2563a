import type { EntityBehaviour } from '../../core/platform/plugin.ts'
import { forgetOldParts } from '../../core/pricing/changed-parts.ts'
import { prepareSalesDocument } from '../../core/pricing/prepare-lines.ts'
import { keepPrepaidParty } from '../orders/prepaid-party.ts'
import { typed, typedRows } from '../../core/data/typed-rows.ts'
import { planMargin } from './order-costs.ts'

/** Defaults of the customer and the company, prices of the price list, tax, totals and margin. */
export const salesOrderBehaviour: EntityBehaviour = {
  async prepare(context, draft) {
    const order = typed<'sales-orders'>(draft.document)
    if (draft.previous && order.customer !== draft.previous.customer) await keepPrepaidParty(context, { order: 'salesOrder', id: order.id })
    forgetOldParts(draft.lines, draft.previousLines)
    const lines = typedRows<'sales-order-lines'>(draft.lines)
    const customer = order.customer ? await context.store.get('customers', order.customer) : undefined
    order.site ||= await firstSite(context, order.company)
    order.shipToAddress ||= customer?.shipToAddress || customer?.address || null
    order.owner ||= customer?.owner || null
    await prepareSalesDocument(context, { document: order, lines, date: await context.today() })
    await planMargin(context, { order, lines })
  },
}

/** The company's first active site, where most firms keep everything; '' when it has none. */
async function firstSite({ store }: Parameters<NonNullable<EntityBehaviour['prepare']>>[0], company: string): Promise<string> {
  const [site] = await store.find('sites', { where: { and: [{ company: { equals: company } }, { status: { equals: 'active' } }] }, sort: 'code', limit: 1 })
  return site?.id ?? ''
}
