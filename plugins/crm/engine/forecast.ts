import { mulDiv, scales, sumExact } from '../../core/engine/decimal.ts'

/** Amount in minor units, probability at 10^-6 of a percent, state and close date ("YYYY-MM-DD") as they are or were. */
export type Prospect = {
  readonly state: string
  readonly amount?: number | null
  readonly probability?: number | null
  readonly closeDate?: string | null
}

export type ForecastFigure = { readonly count: number; readonly amount: number; readonly weighted: number }
export type Forecast = ForecastFigure & {
  /** By month of the expected close ("2026-11"), earliest first; without a date: "". */
  readonly months: readonly ({ readonly month: string } & ForecastFigure)[]
}

/** One change of a document: field → [before, after], and the state it left. */
export type Change = { readonly changes?: Readonly<Record<string, readonly [unknown, unknown]>> | null; readonly stateBefore?: string | null }

/** What open opportunities are worth: Σ amount, and Σ amount × probability, each rounded once a prospect. */
export function forecast(prospects: readonly Prospect[]): Forecast {
  const open = prospects.filter(({ state }) => !closed.has(state))
  const months = [...new Set(open.map(monthOf))].sort()
  return { ...figureOf(open), months: months.map((month) => ({ month, ...figureOf(open.filter((prospect) => monthOf(prospect) === month)) })) }
}

/** A prospect as it stood before the given changes, which are taken back from the latest to the earliest. */
export function rewind(now: Prospect, later: readonly Change[]): Prospect {
  let then: Prospect = now
  for (const { changes, stateBefore } of later) {
    const before = Object.fromEntries(Object.entries(changes ?? {}).map(([field, [value]]) => [field, value]))
    then = { ...then, ...before, state: stateBefore ?? then.state }
  }
  return then
}

const closed: ReadonlySet<string> = new Set(['won', 'lost'])
const whole = 100 * 10 ** scales.percent

const monthOf = ({ closeDate }: Prospect) => closeDate?.slice(0, 7) ?? ''

function figureOf(prospects: readonly Prospect[]): ForecastFigure {
  return {
    count: prospects.length,
    amount: sumExact(prospects.map(({ amount }) => amount ?? 0)),
    weighted: sumExact(prospects.map(({ amount, probability }) => mulDiv(amount ?? 0, probability ?? 0, whole))),
  }
}
