import type { Refusal } from '../../../config/language/refusal.ts'
import type { Text } from '../../../config/language/text.ts'
import { compareDates } from '../../core/engine/dates.ts'
import { sumExact } from '../../core/engine/decimal.ts'

/** An invoice or bill (or, with a negative amount, a credit note) not yet settled. Minor units. */
export type OpenItem = { readonly id: string; readonly dueDate: string; readonly open: number }

export type Allocation = { readonly id: string; readonly amount: number; readonly openAfter: number }

export type AllocationResult =
  | { readonly ok: true; readonly allocations: readonly Allocation[]; readonly applied: number; readonly unapplied: number }
  | { readonly ok: false; readonly refusals: readonly Refusal[] }

/** Settles the items due first (then by id); credits are left alone, what remains of the payment is `unapplied`. Throws RangeError below 0. */
export function allocateOldestFirst({ amount, items }: { readonly amount: number; readonly items: readonly OpenItem[] }): AllocationResult {
  if (amount < 0) throw new RangeError('A payment is not negative')
  let left = amount
  const allocations: Allocation[] = []
  for (const item of [...items].sort(byAge)) {
    const part = Math.min(left, Math.max(item.open, 0))
    if (part === 0) continue
    allocations.push({ id: item.id, amount: part, openAfter: item.open - part })
    left -= part
  }
  return { ok: true, allocations, applied: amount - left, unapplied: left }
}

/**
 * Settles exactly the given items with the given amounts. A credit note is used by a negative amount, which makes that much more of the
 * payment available. Refused as a whole, with every reason: unknown or repeated item, amount of zero or the wrong sign, more than is
 * open, more than the payment. Paths are `allocations.<index>`.
 */
export function allocateExplicitly({ amount, items, wanted }: {
  readonly amount: number
  readonly items: readonly OpenItem[]
  readonly wanted: readonly { readonly id: string; readonly amount: number }[]
}): AllocationResult {
  if (amount < 0) throw new RangeError('A payment is not negative')
  const open = new Map(items.map((item) => [item.id, item.open]))
  const seen = new Set<string>()
  const refusals: Refusal[] = []
  const allocations = wanted.map((part, index): Allocation => {
    const left = open.get(part.id)
    const code = fault({ left, part: part.amount, repeated: seen.has(part.id) })
    if (code) refusals.push({ code, path: `allocations.${index}`, message: messages[code] })
    seen.add(part.id)
    return { id: part.id, amount: part.amount, openAfter: (left ?? 0) - part.amount }
  })
  if (refusals.length > 0) return { ok: false, refusals }
  const applied = sumExact(wanted.map((part) => part.amount))
  if (applied < 0 || applied > amount) {
    const code = applied < 0 ? 'allocation.creditLeft' : 'allocation.overPayment'
    return { ok: false, refusals: [{ code, path: 'allocations', message: messages[code] }] }
  }
  return { ok: true, allocations, applied, unapplied: amount - applied }
}

function fault({ left, part, repeated }: { readonly left: number | undefined; readonly part: number; readonly repeated: boolean }): keyof typeof messages | undefined {
  if (left === undefined) return 'allocation.unknownItem'
  if (repeated) return 'allocation.repeatedItem'
  if (!Number.isSafeInteger(part) || part === 0 || Math.sign(part) !== Math.sign(left)) return 'allocation.badAmount'
  return Math.abs(part) > Math.abs(left) ? 'allocation.overItem' : undefined
}

function byAge(a: OpenItem, b: OpenItem): number {
  return compareDates(a.dueDate, b.dueDate) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

const messages = {
  'allocation.unknownItem': { en: 'This item is not open. Choose one of the open items.', zh: '该单据没有未结金额，请从未结单据中选择。' },
  'allocation.repeatedItem': { en: 'This item is listed twice. Put its amounts on one line.', zh: '该单据重复，请合并为一行。' },
  'allocation.badAmount': {
    en: 'The amount must be above zero (below zero for a credit note). Correct it, or remove the line.',
    zh: '核销金额须大于零（贷项须小于零），请修改或删除该行。',
  },
  'allocation.overItem': { en: 'More than is open on this item. Lower the amount to what is open.', zh: '核销金额超过该单据未结金额，请调低金额。' },
  'allocation.overPayment': { en: 'The items add up to more than the payment. Lower an amount, or record a larger payment.', zh: '核销合计超过付款金额，请调低核销金额或登记更大的付款。' },
  'allocation.creditLeft': { en: 'The credits are larger than the items they settle. Use less of the credit.', zh: '使用的贷项超过所核销的金额，请减少贷项金额。' },
} satisfies Record<string, Text>
