import type { PurchaseOrderLines, PurchaseOrders } from '../../../config/generated/entities.ts'
import type { CommandContext } from '../../core/commands/context.ts'
import { addDays } from '../../core/engine/dates.ts'
import type { EntityBehaviour } from '../../core/platform/plugin.ts'
import { forgetOldParts } from '../../core/pricing/changed-parts.ts'
import { preparePricedLines } from '../../core/pricing/prepare-lines.ts'
import { keepPrepaidParty } from '../orders/prepaid-party.ts'
import { typed, typedRows } from '../../core/data/typed-rows.ts'
import { trimPegs } from './peg-demand.ts'
import { loadSupplierOffers } from './supplier-offers.ts'

/**
 * What is left empty on a purchase order comes from the supplier and his offers; figures are always computed. A new order
 * belongs to the company of its site.
 */
export const purchaseOrderBehaviour: EntityBehaviour = {
  async prepare(context, { document, lines, previous, previousLines }) {
    const order = typed<'purchase-orders'>(document)
    if (previous && order.supplier !== previous.supplier) await keepPrepaidParty(context, { order: 'purchaseOrder', id: order.id })
    const site = order.site && !previous ? await context.store.get('sites', order.site) : undefined
    if (site) order.company = site.company
    forgetOldParts(lines, previousLines)
    forgetOldNumbers(typedRows<'purchase-order-lines'>(lines), typedRows<'purchase-order-lines'>(previousLines ?? []))
    await preparePurchaseOrder(context, { order, lines: typedRows<'purchase-order-lines'>(lines) })
  },
  async stored(context, { document, previous }) {
    if (previous) await trimPegs(context, 'purchase-orders', document.id)
  },
}

/**
 * Payment term, site, unit, supplier part number, price (supplier's offer in that unit), tax code and expected date (today and
 * the lead time of the offer, else of the part) where they are empty; net amounts and totals always.
 */
async function preparePurchaseOrder(
  context: CommandContext, { order, lines }: { readonly order: PurchaseOrders; readonly lines: readonly PurchaseOrderLines[] },
): Promise<void> {
  const company = await context.company(order.company)
  const supplier = order.supplier ? await context.store.get('suppliers', order.supplier) : undefined
  order.paymentTerm ||= supplier?.paymentTerm || company.paymentTerm || null
  order.site ||= (await context.store.findOne('sites', { and: [{ company: { equals: company.id } }, { status: { equals: 'active' } }] }))?.id ?? ''
  const { offerOf } = await loadSupplierOffers(context.store, { supplier: order.supplier, parts: lines.map(({ part }) => part) })
  for (const line of lines) {
    line.unit ||= offerOf(line.part)?.unit ?? null
    line.supplierPartNumber ||= offerOf(line.part, line.unit)?.supplierPartNumber ?? null
  }
  Object.assign(order, await preparePricedLines(context, {
    lines, language: supplier?.language ?? company.language, company, side: 'purchase', partnerTaxCode: supplier?.taxCode ?? null,
    priceOf: ({ part, unit }) => offerOf(part.id, unit)?.price,
  }))
  await fillDates(context, { order, lines, leadTimeOf: ({ part, unit }) => (offerOf(part, unit) ?? offerOf(part))?.leadTimeDays })
}

/** The supplier's number of a part that was replaced. */
function forgetOldNumbers(lines: readonly PurchaseOrderLines[], previousLines: readonly PurchaseOrderLines[]): void {
  for (const line of lines) {
    const old = previousLines.find(({ id }) => id === line.id)
    if (old && old.part !== line.part && old.supplierPartNumber === line.supplierPartNumber) line.supplierPartNumber = null
  }
}

async function fillDates(context: CommandContext, { order, lines, leadTimeOf }: {
  readonly order: PurchaseOrders
  readonly lines: readonly PurchaseOrderLines[]
  readonly leadTimeOf: (line: PurchaseOrderLines) => number | null | undefined
}): Promise<void> {
  const parts = await context.store.byIds('parts', lines.map(({ part }) => part))
  const today = await context.today()
  for (const line of lines) {
    line.requestedDate ||= order.requestedDate || addDays(today, leadTimeOf(line) ?? parts.get(line.part)?.leadTimeDays ?? 0)
  }
  order.requestedDate ||= lines.map(({ requestedDate }) => requestedDate ?? '').sort().at(-1) || null
}
