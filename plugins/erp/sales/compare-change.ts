import type { SalesOrderLines, TaxCodes } from '../../../config/generated/entities.ts'
import type { Refusal } from '../../../config/language/refusal.ts'
import { compareOrder, type ConfirmedLine, type LineRefusal, type OrderChange } from '../engine/change-order.ts'
import type { CreditFact } from './credit.ts'

/** One row of the event's line input: only what is given changes; `cancelRest` leaves what was delivered. */
export type ChangeRow = { readonly line?: string } & Readonly<Record<string, unknown>>

const changeable = ['quantity', 'unitPrice', 'requestedDate'] as const

/** What a change does to lines, money, reservations and credit. A line whose new quantity is 0 is dropped. */
export function compareLines({ before, after, taxCodes, exponent, credit }: {
  readonly before: readonly SalesOrderLines[]
  readonly after: readonly SalesOrderLines[]
  readonly taxCodes: ReadonlyMap<string, TaxCodes>
  readonly exponent: number
  readonly credit?: CreditFact
}): OrderChange {
  const known = new Set(before.map(({ id }) => id))
  const requested = after.filter(({ quantity }) => quantity > 0).map((line) => {
    const { id, ...terms } = confirmedLine(line, taxCodes)
    return known.has(id) ? { id, ...terms } : terms
  })
  return compareOrder({
    confirmed: before.filter(({ quantity }) => quantity > 0).map((line) => confirmedLine(line, taxCodes)), requested, exponent,
    ...(credit ? { credit } : {}),
  })
}

/** What a row changes of its line. */
export function changesOf(line: SalesOrderLines, row: ChangeRow | undefined): Partial<Pick<SalesOrderLines, (typeof changeable)[number]>> {
  const given = Object.fromEntries(changeable.flatMap((field) => ((row?.[field] ?? null) === null ? [] : [[field, row?.[field]]])))
  return row?.cancelRest === true ? { ...given, quantity: line.deliveredQuantity ?? 0 } : given
}

/** Refusals as sentences that name the line by number and part; all of them in one, the first gives the place. */
export function namedRefusal(refusals: readonly LineRefusal[], { lines, rows, partNumberOf }: {
  readonly lines: readonly SalesOrderLines[]
  readonly rows: readonly ChangeRow[]
  readonly partNumberOf: (part: string) => string
}): Refusal | undefined {
  const named = refusals.map(({ line: id, code, message }) => {
    const line = lines.find((candidate) => candidate.id === id)
    const [position, part] = [line?.position ?? 0, line ? partNumberOf(line.part) : '']
    return { code, row: rows.findIndex((row) => row.line === id), en: `Line ${position} (${part}): ${message.en}`, zh: `第 ${position} 行（${part}）：${message.zh}` }
  })
  const [first] = named
  return first && {
    code: first.code, message: { en: named.map(({ en }) => en).join(' '), zh: named.map(({ zh }) => zh).join('') },
    ...(first.row < 0 ? {} : { path: `lines.${first.row}.${first.code === 'change.priceInvoiced' ? 'unitPrice' : 'quantity'}` }),
  }
}

function confirmedLine(line: SalesOrderLines, taxCodes: ReadonlyMap<string, TaxCodes>): ConfirmedLine {
  return {
    id: line.id, part: line.part, quantity: line.quantity, unitPrice: line.unitPrice ?? 0, discountPercent: line.discountPercent ?? 0,
    taxCode: line.taxCode ?? '', taxRate: taxCodes.get(line.taxCode ?? '')?.rate ?? 0,
    ...(line.requestedDate ? { requestedDate: line.requestedDate } : {}),
    reserved: line.reservedQuantity ?? 0, delivered: line.deliveredQuantity ?? 0,
    invoiced: (line.invoicedQuantity ?? 0) - (line.creditedQuantity ?? 0),
  }
}
