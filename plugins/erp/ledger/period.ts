import type { Companies, Periods } from '../../../config/generated/entities.ts'
import type { Store } from '../../core/data/store.ts'
import type { Refusal } from '../../../config/language/refusal.ts'
import { failRefused } from '../../core/errors.ts'
import { stateOf } from '../../core/workflow/pinned.ts'

/** The period a date of a company belongs to, whatever its state. */
export function findPeriod(store: Store, { company, date }: { readonly company: string; readonly date: string }): Promise<Periods | undefined> {
  return store.findOne('periods', {
    and: [{ company: { equals: company } }, { fromDate: { less_than_equal: date } }, { toDate: { greater_than_equal: date } }],
  })
}

/** Why nothing may be posted on `date`; undefined when its period is open. */
export function periodRefusal(period: Pick<Periods, 'name'> | undefined, date: string): Refusal | undefined {
  if (!period) return { code: 'period.missing', message: messages.missing(date) }
  return stateOf(period) === 'open' ? undefined : { code: 'period.closed', message: messages.closed(date, period.name) }
}

/** The open period of `date`. Refuses (422) when there is none or it is closed. */
export async function requireOpenPeriod(
  { store }: { readonly store: Store }, { company, date }: { readonly company: Pick<Companies, 'id'>; readonly date: string },
): Promise<Periods> {
  const period = await findPeriod(store, { company: company.id, date })
  const refusal = periodRefusal(period, date)
  if (!period || refusal) failRefused([refusal ?? { code: 'period.missing', message: messages.missing(date) }])
  return period
}

const messages = {
  missing: (date: string) => ({
    en: `There is no accounting period for ${date}. Create the period, or choose another date.`,
    zh: `${date} 没有对应的会计期间。请先建立会计期间，或更改日期。`,
  }),
  closed: (date: string, name: string) => ({
    en: `Period ${name} is closed, so nothing is posted on ${date}. Choose a date in an open period, or ask the owner to open it again.`,
    zh: `会计期间 ${name} 已结账，不能在 ${date} 过账。请选择未结账期间的日期，或请负责人反结账。`,
  }),
}
