import type { Finding } from '../../../config/language/refusal.ts'
import { addDays, addMonths, compareDates, dayOfMonth, endOfMonth } from '../../core/engine/dates.ts'
import { allocate, powerOfTen, scales, sumExact } from '../../core/engine/decimal.ts'

/**
 * One instalment: `percent` of the amount (10^-6), due so many months and days after the document's date, or after the end of its month
 * (`from: 'endOfMonth'`, 月结). `dayOfMonth` then moves on to the next such day; 31 is always the last of a month.
 */
export type Instalment = {
  readonly percent: number
  readonly days: number
  readonly months?: number
  readonly from?: 'date' | 'endOfMonth'
  readonly dayOfMonth?: number
}

export type DueAmount = { readonly dueDate: string; readonly amount: number }

/**
 * What is due when, in the order of the terms. Amounts are minor units split by percent so that they sum exactly to `amount`;
 * without instalments all is due on the date itself. Throws RangeError on terms that `checkTerms` finds fault with.
 */
export function calculateDueDates({ date, amount, terms }: {
  readonly date: string
  readonly amount: number
  readonly terms: readonly Instalment[]
}): DueAmount[] {
  if (terms.length === 0) return [{ dueDate: date, amount }]
  const fault = checkTerms(terms)[0]
  if (fault) throw new RangeError(fault.message.en)
  const amounts = allocate(amount, terms.map((instalment) => instalment.percent))
  return terms.map((instalment, index) => ({ dueDate: dueDate(date, instalment), amount: amounts[index] ?? 0 }))
}

/** When one instalment of a document falls due. */
export function dueDate(date: string, instalment: Instalment): string {
  const start = instalment.from === 'endOfMonth' ? endOfMonth(date) : date
  const months = instalment.months ?? 0
  const moved = addMonths(start, months)
  // Months after the end of a month lead to the end of a month again (28 February + 1 month → 31 March).
  const shifted = addDays(instalment.from === 'endOfMonth' && months !== 0 ? endOfMonth(moved) : moved, instalment.days)
  if (instalment.dayOfMonth === undefined) return shifted
  const sameMonth = dayOfMonth(shifted, instalment.dayOfMonth)
  return compareDates(sameMonth, shifted) >= 0 ? sameMonth : dayOfMonth(addMonths(shifted, 1), instalment.dayOfMonth)
}

/** Faults of payment terms; empty when they may be used. */
export function checkTerms(terms: readonly Instalment[]): Finding[] {
  const findings = terms.flatMap((instalment, index) => checkInstalment(instalment, `instalments.${index}`))
  const total = terms.every(({ percent }) => Number.isSafeInteger(percent)) ? sumExact(terms.map(({ percent }) => percent)) : 0
  if (terms.length > 0 && total !== wholePercent) {
    findings.push({
      code: 'terms.notWhole', path: 'instalments', severity: 'error',
      message: { en: 'The instalments do not add up to 100 %. Correct their shares.', zh: '各期付款比例合计不等于 100%，请调整比例。' },
    })
  }
  return findings
}

export const wholePercent = 100 * Number(powerOfTen(scales.percent))

function checkInstalment({ percent, days, months = 0, dayOfMonth: day }: Instalment, path: string): Finding[] {
  const findings: Finding[] = []
  if (!Number.isSafeInteger(percent) || percent <= 0) {
    findings.push({
      code: 'terms.noShare', path: `${path}.percent`, severity: 'error',
      message: { en: 'Each instalment needs a share above 0 %. Enter one, or remove the instalment.', zh: '每期付款比例必须大于 0%，请填写比例或删除该期。' },
    })
  }
  if (![days, months].every((count) => Number.isInteger(count) && count >= 0 && count <= maxSpan)) {
    findings.push({
      code: 'terms.badSpan', path: `${path}.days`, severity: 'error',
      message: { en: `Days and months are whole numbers from 0 to ${maxSpan}. Correct them.`, zh: `天数和月数须为 0 至 ${maxSpan} 的整数，请修改。` },
    })
  }
  if (day !== undefined && !(Number.isInteger(day) && day >= 1 && day <= 31)) {
    findings.push({
      code: 'terms.badDay', path: `${path}.dayOfMonth`, severity: 'error',
      message: { en: 'The day of the month lies between 1 and 31; 31 is the last day.', zh: '每月付款日须在 1 至 31 之间，31 表示月末。' },
    })
  }
  return findings
}

/** Ten years: longer is a typing error. */
const maxSpan = 3650
