import type { Opportunities, Quotes } from '../../config/generated/entities.ts'
import type { CommandContext } from '../core/commands/context.ts'
import { addDays } from '../core/engine/dates.ts'
import { extendAmount, sumExact } from '../core/engine/decimal.ts'
import { convert } from '../core/engine/units.ts'
import { failInput } from '../core/errors.ts'
import type { Draft, EntityBehaviour } from '../core/platform/plugin.ts'
import { prepareSalesDocument, type PartLine, type SalesDocument } from '../core/pricing/prepare-lines.ts'
import type { PricedLine } from '../core/pricing/totals.ts'

/** How long an offer stands when nobody says otherwise. */
export const validityDays = 30

export const quoteBehaviour: EntityBehaviour = {
  async prepare(context, draft) {
    const quote = draft.document as Partial<Quotes>
    const opportunity = await opportunityOf(context, draft)
    if (!draft.previous && opportunity) quote.traceId = opportunity.traceId
    quote.customer ||= opportunity?.customer ?? ''
    quote.contact ||= opportunity?.contact ?? (quote.customer ? await mainContact(context, quote.customer) : null)
    quote.owner ||= opportunity?.owner ?? null
    if (!draft.previous) quote.validUntil ||= addDays(await context.today(), validityDays)
    const lines = draft.lines as unknown as (PartLine & PricedLine & { requestedDate?: string | null })[]
    await prepareSalesDocument(context, {
      document: draft.document as unknown as SalesDocument, lines, date: quote.quoteDate ?? (await context.today()),
    })
    for (const line of lines) line.requestedDate ||= quote.requestedDate ?? null
    quote.marginAmount = await marginOf(context, { lines, netTotal: quote.netTotal ?? 0 })
  },
  async stored(context, { document, previous }) {
    if (previous || typeof document.opportunity !== 'string') return
    await context.link({ entity: 'opportunities', id: document.opportunity }, { entity: 'quotes', id: document.id }, document.traceId as string)
  },
}

/** The opportunity a quote belongs to; both are of one customer, and a quote does not move to another trace. */
async function opportunityOf(context: CommandContext, { document, previous }: Draft): Promise<Opportunities | undefined> {
  const opportunity = typeof document.opportunity === 'string' ? await context.store.get('opportunities', document.opportunity) : undefined
  if (previous && (previous.opportunity ?? null) !== (document.opportunity ?? null)) {
    failInput([{
      code: 'opportunityFixed', path: 'opportunity', severity: 'error',
      message: { en: 'A quote stays with its opportunity. Create a new quote from the other opportunity.', zh: '报价单不能更换商机，请从另一商机新建报价单。' },
    }])
  }
  if (opportunity && document.customer && document.customer !== opportunity.customer) {
    failInput([{
      code: 'otherCustomer', path: 'customer', severity: 'error',
      message: {
        en: 'The quote and its opportunity must have one customer. Leave the customer empty to take the opportunity\'s.',
        zh: '报价单与商机的客户必须一致。客户留空即取商机的客户。',
      },
    }])
  }
  return opportunity
}

async function mainContact({ store }: CommandContext, customer: string): Promise<string | null> {
  const contact = await store.findOne('contacts', { and: [{ customer: { equals: customer } }, { mainContact: { equals: true } }, { status: { equals: 'active' } }] })
  return contact?.id ?? null
}

/** Net total less the standard cost of the lines, in minor units; null while a part has none. */
async function marginOf(
  context: CommandContext, { lines, netTotal }: { readonly lines: readonly (PartLine & PricedLine)[]; readonly netTotal: number },
): Promise<number | null> {
  const parts = await context.store.byIds('parts', lines.map(({ part }) => part))
  const exponent = await context.exponent()
  const costs: number[] = []
  for (const { part, quantity, unitNumerator, unitDenominator } of lines) {
    const unitPrice = parts.get(part ?? '')?.standardCost ?? null
    if (unitPrice === null) return null
    const inStock = convert({ quantity, numerator: unitNumerator ?? 1, denominator: unitDenominator ?? 1 })
    costs.push(extendAmount({ quantity: inStock, unitPrice, exponent }))
  }
  return netTotal - sumExact(costs)
}
