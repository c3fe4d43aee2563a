import type { Store } from '../../core/data/store.ts'
import { dueDate, wholePercent } from '../engine/terms.ts'

/** When a document of `date` falls due by a payment term (an id); without one, on its date. */
export async function dueDateOf(store: Store, { date, paymentTerm }: { readonly date: string; readonly paymentTerm?: string | null }): Promise<string> {
  const term = paymentTerm ? await store.get('payment-terms', paymentTerm) : undefined
  if (!term) return date
  return dueDate(date, { percent: wholePercent, days: term.netDays, from: term.endOfMonth ? 'endOfMonth' : 'date' })
}
