import { addDays } from '../core/engine/dates.ts'
import type { Arranger } from '../core/workflow/walks/arranger.ts'
import type { Desk } from '../core/workflow/walks/desk.ts'

/** How leads, quotes and opportunities come about, and what an opportunity that is won asks of a quote. */
export const crmArrangers: readonly Arranger[] = [
  { entity: 'leads', make: (desk) => desk.make('leads', { personName: 'Ann Example' }) },
  { entity: 'quotes', make: (desk) => draftQuote(desk, {}) },
  {
    entity: 'opportunities',
    before: {
      // A quote that is accepted wins it by itself. Sending it counts as a proposal: from there only one that was lost comes back.
      win: async (desk, { id, document }) => {
        const here = await desk.state('opportunities', id)
        const quote = await draftQuote(desk, { opportunity: id, customer: document.customer })
        await desk.send('quotes', quote, 'send')
        if (await desk.state('opportunities', id) !== here) {
          await desk.send('opportunities', id, 'lose', { input: { lossReason: 'price' } })
          await desk.send('opportunities', id, 'reopen', { reason: 'Tried out' })
        }
        await desk.send('quotes', quote, 'accept')
      },
    },
  },
]

async function draftQuote(desk: Desk, data: Readonly<Record<string, unknown>>): Promise<string> {
  const part = await desk.sample({ name: 'part', type: 'relation', to: 'parts', label: { en: 'Part', zh: '物料' }, filter: [{ field: 'sellable', equals: true }] })
  return desk.make('quotes', { validUntil: addDays(desk.today(), 20), ...data }, [{ part, quantity: '1', unitPrice: '80' }])
}
