import type { Parts, ReorderProposals } from '../../../config/generated/entities.ts'
import { newId, type CommandContext } from '../../core/commands/context.ts'
import { isExactConversion } from '../../core/engine/units.ts'
import type { ActionHandler } from '../../core/platform/plugin.ts'
import { loadUnitRatios } from '../../core/pricing/unit-ratios.ts'
import { toLineUnits, toStockUnits } from '../stock/stock-units.ts'
import { typed } from '../../core/data/typed-rows.ts'
import { pegToDemand } from './peg-demand.ts'
import { loadSupplierOffers } from './supplier-offers.ts'

export const orderProposalAction: ActionHandler = {
  type: 'erp.createPurchaseOrder', label: { en: 'Draft a purchase order', zh: '生成采购订单草稿' },
  async run(context, step) {
    const proposal = typed<'reorder-proposals'>(step.document)
    const part = await context.store.require('parts', proposal.part)
    const line = { id: newId(), part: part.id, requestedDate: proposal.neededDate ?? null, ...(await quantityOf(context, { proposal, part })) }
    const draft = await draftOfToday(context, proposal)
    proposal.purchaseOrder = draft ? await addLine(context, { draft: draft.id, line, proposal }) : await context.create('purchase-orders', {
      values: {
        supplier: proposal.supplier, site: proposal.site, company: proposal.company, traceId: proposal.traceId, owner: ownerOf(context),
      },
      lines: [line], sources: [{ entity: 'reorder-proposals', id: proposal.id }],
    })
    await pegToDemand(context, {
      order: proposal.purchaseOrder, line: line.id, part: part.id, company: proposal.company, quantity: toStockUnits(proposal, proposal.quantity),
    })
  },
}

const ownerOf = ({ actor }: CommandContext) => (actor.id === 'system' ? null : actor.id)

/** In the supplier's unit, at his price, when the quantity converts exactly; else as the proposal says. */
async function quantityOf(context: CommandContext, { proposal, part }: { readonly proposal: ReorderProposals; readonly part: Parts }) {
  const offer = (await loadSupplierOffers(context.store, { supplier: proposal.supplier ?? '', parts: [part.id] })).offerOf(part.id)
  const ratio = offer && (await loadUnitRatios(context.store, [part])).ratioOf(part, offer.unit)
  const inStock = toStockUnits(proposal, proposal.quantity)
  const exact = ratio && isExactConversion({ quantity: inStock, numerator: ratio.denominator, denominator: ratio.numerator })
  if (!offer || !exact) return { unit: proposal.unit ?? part.unit, quantity: proposal.quantity, unitPrice: proposal.unitPrice ?? null }
  const unit = { unitNumerator: ratio.numerator, unitDenominator: ratio.denominator }
  const edited = offer.unit === proposal.unit ? proposal.unitPrice ?? null : null
  return { unit: offer.unit, quantity: toLineUnits(unit, inStock), unitPrice: edited }
}

/** An order to the same supplier and site that was begun today takes the line too: one order a supplier. */
async function draftOfToday({ store, now }: CommandContext, { supplier, site, company }: ReorderProposals) {
  const drafts = await store.find('purchase-orders', {
    where: {
      supplier: { equals: supplier }, site: { equals: site }, company: { equals: company }, 'workflow.state': { equals: 'draft' },
      createdAt: { greater_than_equal: `${now.slice(0, 10)}T00:00:00.000Z` },
    },
    sort: 'id', limit: 1,
  })
  return drafts[0]
}

async function addLine(
  context: CommandContext,
  { draft, line, proposal }: { readonly draft: string; readonly line: Readonly<Record<string, unknown>>; readonly proposal: ReorderProposals },
): Promise<string> {
  const lines = await context.store.find('purchase-order-lines', { where: { purchaseOrder: { equals: draft } }, sort: 'position' })
  await context.edit('purchase-orders', draft, { lines: [...lines, line] })
  await context.link({ entity: 'reorder-proposals', id: proposal.id }, { entity: 'purchase-orders', id: draft }, proposal.traceId)
  return draft
}
