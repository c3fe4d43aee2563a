import type { Finding } from '../../../config/language/refusal.ts'
import type { Text } from '../../../config/language/text.ts'
import { sumExact } from '../../core/engine/decimal.ts'
import type { AccountRole } from './chart.ts'

/** Whom a line on a receivable, payable, deposit or advance account concerns. */
export type Party = { readonly type: 'customer' | 'supplier'; readonly id: string }

/** One side of an entry. Amounts are non-negative minor units of the company's currency; one of the two is zero. */
export type JournalLine = {
  readonly accountRole: AccountRole
  readonly debit: number
  readonly credit: number
  readonly taxCode?: string
  readonly party?: Party
  readonly memo?: Text
}

/** What a builder says about a line before its side is known: a positive amount is a debit, a negative one a credit. */
export type SignedLine = Omit<JournalLine, 'debit' | 'credit'> & { readonly amount: number }

/** A builder was handed figures that do not agree with each other: a bug or a refused input, never a posting. */
export class UnbalancedEntryError extends RangeError {
  override readonly name = 'UnbalancedEntryError'
}

/** Turns signed amounts into debits and credits, drops zeros; throws UnbalancedEntryError when they do not sum to zero. */
export function buildEntry<Line extends SignedLine>(lines: readonly Line[]): (Omit<Line, 'amount'> & Sides)[] {
  const entry = lines.filter((line) => line.amount !== 0).map(toSides)
  const { debit, credit } = totalsOf(entry)
  if (debit !== credit) throw new UnbalancedEntryError(`Debits of ${debit} do not equal credits of ${credit}`)
  return entry
}

/** Sums of both sides in minor units. */
export function totalsOf(lines: readonly Sides[]): { readonly debit: number; readonly credit: number } {
  return { debit: sumExact(lines.map((line) => line.debit)), credit: sumExact(lines.map((line) => line.credit)) }
}

/** What is wrong with an entry, hand-written ones too; empty when it may be posted. Paths are `lines.<index>` or `lines`. */
export function checkBalanced(lines: readonly Sides[]): Finding[] {
  const findings = lines.flatMap((line, index) => checkSides(line, `lines.${index}`))
  if (findings.length > 0) return findings
  if (lines.length === 0) return [finding('journal.empty', 'lines')]
  const { debit, credit } = totalsOf(lines)
  return debit === credit ? [] : [finding('journal.unbalanced', 'lines')]
}

/** The entry that undoes another: same accounts, parties and taxes, sides exchanged. */
export function reverseEntry<Line extends Sides>(lines: readonly Line[]): Line[] {
  return lines.map((line) => ({ ...line, debit: line.credit, credit: line.debit }))
}

/**
 * Closes a difference of at most `limit` minor units with a line on the rounding account, as sums of amounts that were each
 * rounded once may differ by some units. Throws UnbalancedEntryError beyond the limit: that is an error, not rounding.
 */
export function addRounding({ lines, limit }: { readonly lines: readonly JournalLine[]; readonly limit: number }): JournalLine[] {
  const { debit, credit } = totalsOf(lines)
  const difference = credit - debit
  if (Math.abs(difference) > limit) throw new UnbalancedEntryError(`${difference} is more than rounding may close (${limit})`)
  const memo = { en: 'Rounding difference', zh: '尾差' }
  return difference === 0 ? [...lines] : [...lines, toSides({ accountRole: 'rounding', amount: difference, memo })]
}

type Sides = { readonly debit: number; readonly credit: number }

function toSides<Line extends SignedLine>({ amount, ...line }: Line): Omit<Line, 'amount'> & Sides {
  return { ...line, debit: amount > 0 ? amount : 0, credit: amount < 0 ? -amount : 0 }
}

function checkSides({ debit, credit }: Sides, path: string): Finding[] {
  if (!Number.isSafeInteger(debit) || !Number.isSafeInteger(credit)) return [finding('journal.notMinorUnits', path)]
  if (debit < 0 || credit < 0) return [finding('journal.negative', path)]
  return (debit === 0) === (credit === 0) ? [finding('journal.oneSide', path)] : []
}

const messages = {
  'journal.empty': { en: 'An entry needs lines. Add a debit and a credit.', zh: '凭证没有分录，请至少录入一借一贷。' },
  'journal.unbalanced': { en: 'Debits and credits differ. Correct the amounts until both sides are equal.', zh: '借贷不平，请调整金额直至借方合计等于贷方合计。' },
  'journal.notMinorUnits': { en: 'An amount is not a whole number of minor units. Enter an amount the currency can hold.', zh: '金额超出币种的小数位，请按币种精度填写。' },
  'journal.negative': { en: 'Amounts are never negative. Enter it on the other side.', zh: '金额不能为负数，请填在相反方向。' },
  'journal.oneSide': { en: 'A line is either a debit or a credit. Fill exactly one of the two.', zh: '每行分录只能填写借方或贷方中的一项。' },
} satisfies Record<string, Text>

function finding(code: keyof typeof messages, path: string): Finding {
  return { code, path, severity: 'error', message: messages[code] }
}
