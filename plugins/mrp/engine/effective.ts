import type { Bill, BillLine, Bills, Period } from './bill.ts'

/** Where and when is asked. */
export type Place = { readonly site?: string | null | undefined; readonly date: string }

// Dates in the form YYYY-MM-DD compare as texts.
export const isInForce = ({ validFrom, validTo }: Period, date: string): boolean => (!validFrom || validFrom <= date) && (!validTo || date <= validTo)

/** Whether there is a day in both. A period that ends before it begins has no day. */
export function overlap(a: Period, b: Period): boolean {
  const from = latest(a.validFrom, b.validFrom)
  const to = earliest(a.validTo, b.validTo)
  return !isEmpty(a) && !isEmpty(b) && (!from || !to || from <= to)
}

const isEmpty = ({ validFrom, validTo }: Period): boolean => !!validFrom && !!validTo && validTo < validFrom
const latest = (a?: string | null, b?: string | null) => ((a ?? '') > (b ?? '') ? a : b)
const earliest = (a?: string | null, b?: string | null) => (!a ? b : !b ? a : a < b ? a : b)

/**
 * The version that rules: of those in force on the day, the one of the site itself, else the one for every site. Releases keep
 * the periods of a part and site apart, so that there is at most one of each.
 */
export function effectiveVersion<Version extends Period & { readonly site?: string | null }>(versions: readonly Version[], { site, date }: Place): Version | undefined {
  const inForce = versions.filter((version) => isInForce(version, date))
  return (site ? inForce.find((version) => version.site === site) : undefined) ?? inForce.find((version) => !version.site)
}

/** The one bill of each part that rules at the place, with the lines that are in force on the day, in their order. */
export function billsAt(bills: Iterable<Bill>, place: Place): Bills {
  const byPart = new Map<string, Bill[]>()
  for (const bill of bills) {
    const same = byPart.get(bill.part)
    if (same) same.push(bill)
    else byPart.set(bill.part, [bill])
  }
  const ruling = new Map<string, Bill>()
  for (const [part, versions] of byPart) {
    const bill = effectiveVersion(versions, place)
    if (bill) ruling.set(part, { ...bill, lines: bill.lines.filter((line) => isInForce(line, place.date)).sort(byPosition) })
  }
  return ruling
}

const byPosition = (a: BillLine, b: BillLine) => a.position - b.position
