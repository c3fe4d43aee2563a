import { date } from '../../config/language/fields.ts'
import type { CommandContext } from '../core/commands/context.ts'
import { addDays } from '../core/engine/dates.ts'
import { formatDecimal } from '../core/engine/decimal.ts'
import type { Operation } from '../core/platform/plugin.ts'
import { stateOf } from '../core/workflow/pinned.ts'
import { DateTime } from 'luxon'
import { forecast, rewind, type Change, type Forecast } from './engine/forecast.ts'

/** What the open opportunities are worth, today or as it looked at the end of a past day. */
export const forecastOperation: Operation = {
  name: 'forecast', entity: 'opportunities',
  label: { en: 'Forecast', zh: '销售预测' },
  help: { en: 'Sum of amount and of amount × probability of all open opportunities, by month of the expected close.', zh: '汇总所有进行中商机的金额及金额×赢单概率，按预计成交月份列示。' },
  roles: ['salesRep', 'salesManager'],
  input: [date('at', { en: 'As it was on', zh: '截止日期' })],
  async run(context, input) {
    const today = await context.today()
    const at = typeof input.at === 'string' && input.at < today ? input.at : today
    return { message: tell(await forecastAt(context, at), { at, exponent: await context.exponent(), currency: (await context.company()).currency }) }
  },
}

/** The forecast at the end of the day `at` ("YYYY-MM-DD", the company's time zone), rebuilt from history. */
export async function forecastAt(context: Pick<CommandContext, 'store' | 'company'>, at: string): Promise<Forecast> {
  const { timeZone } = await context.company()
  const end = DateTime.fromISO(addDays(at, 1), { zone: timeZone }).toUTC().toISO() ?? at
  const opportunities = await context.store.find('opportunities', { where: { createdAt: { less_than: end } } })
  const later = await context.store.find('history', {
    where: { and: [{ entity: { equals: 'opportunities' } }, { at: { greater_than_equal: end } }] }, sort: '-documentVersion',
  })
  return forecast(opportunities.map((row) => rewind(
    { ...row, state: stateOf(row) ?? '' },
    later.filter(({ documentId }) => documentId === row.id) as Change[],
  )))
}

function tell({ count, months, ...total }: Forecast, { at, exponent, currency }: { at: string; exponent: number; currency: string }) {
  const money = (amount: number) => formatDecimal(amount, exponent, { minDigits: exponent })
  const each = (noDate: string) => months.map(({ month, weighted }) => `${month || noDate} ${money(weighted)}`)
  return {
    en: `Forecast at the end of ${at}: ${count} open, ${money(total.amount)} ${currency}, weighted by probability ${money(total.weighted)}. ${each('without a date').join('; ')}`.trim(),
    zh: `截至 ${at}：进行中商机 ${count} 个，金额 ${money(total.amount)} ${currency}，按概率加权 ${money(total.weighted)}。${each('未定日期').join('；')}`,
  }
}
