import type { Bill, BillLine } from '../../../plugins/mrp/engine/bill.ts'

export const million = 1_000_000

/** A line that draws so many of a component, in its stock unit. */
export const line = (component: string, pieces: number, extra: Partial<BillLine> = {}): BillLine =>
  ({ id: `of-${component}`, position: 1, component, quantity: pieces * million, ...extra })

/** A bill for one of a part, good everywhere and always; lines stand in the given order. */
export const bill = (part: string, lines: readonly BillLine[], extra: Partial<Bill> = {}): Bill =>
  ({ id: `bill-${part}`, part, outputQuantity: million, lines: lines.map((each, index) => ({ ...each, position: index + 1 })), ...extra })

export const billsOf = (...bills: readonly Bill[]): ReadonlyMap<string, Bill> => new Map(bills.map((each) => [each.part, each]))
