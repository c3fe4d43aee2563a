import type { Opportunities, QuoteLines, Quotes } from '../../config/generated/entities.ts'
import { addDays } from '../core/engine/dates.ts'
import type { ActionHandler } from '../core/platform/plugin.ts'
import { validityDays } from './quote-behaviour.ts'

const carried = ['opportunity', 'customer', 'contact', 'priceList', 'paymentTerm', 'requestedDate', 'terms', 'owner', 'note', 'internalNote', 'company'] as const
const carriedLine = ['part', 'description', 'quantity', 'unit', 'unitPrice', 'discountPercent', 'taxCode', 'requestedDate'] as const

export const quoteActions: readonly ActionHandler[] = [
  {
    type: 'crm.createQuote', label: { en: 'Create a quote', zh: '生成报价单' },
    async run(context, { entity, document }) {
      const { id, company, customer, contact, owner } = document as Opportunities
      await context.create('quotes', { values: { opportunity: id, company, customer, contact, owner }, sources: [{ entity, id }] })
    },
  },
  {
    // The next version is made of what the customer saw, at the prices he saw.
    type: 'crm.reviseQuote', label: { en: 'Make the next version', zh: '生成下一版报价' },
    async run(context, { entity, document, lines }) {
      const quote = document as Quotes
      const validUntil = addDays(await context.today(), validityDays)
      await context.create('quotes', {
        values: { ...pick(quote, carried), quoteVersion: (quote.quoteVersion ?? 1) + 1, revises: quote.id, validUntil },
        lines: (lines as unknown as QuoteLines[]).map((line) => pick(line, carriedLine)),
        sources: [{ entity, id: quote.id }],
      })
    },
  },
]

function pick<Item, Key extends keyof Item>(item: Item, keys: readonly Key[]): Pick<Item, Key> {
  return Object.fromEntries(keys.map((key) => [key, item[key]])) as Pick<Item, Key>
}
