import type { Companies, Periods } from '../../../../config/generated/entities.ts'
import type { Text } from '../../../../config/language/text.ts'
import type { CommandContext } from '../../../core/commands/context.ts'
import { endOfMonth } from '../../../core/engine/dates.ts'
import { documentOf, keyRow } from '../../../core/import/external-keys.ts'
import type { ImportStep } from '../../../core/import/importer.ts'
import { stateOf } from '../../../core/workflow/pinned.ts'
import { loadCompany } from './set-up.ts'
import { fixtures, source } from './source.ts'

/** The period of a date, whatever its state. */
export type PeriodOf = (date: string) => Periods

/** Periods of the dates: those the company has, and months for dates that lie in none, open until the history is in. */
export async function ensurePeriods(context: CommandContext, { company, dates }: { readonly company: Companies; readonly dates: Iterable<string> }): Promise<PeriodOf> {
  const load = () => context.store.find('periods', { where: { company: { equals: company.id } } })
  let periods = await load()
  const find = (date: string) => periods.find(({ fromDate, toDate }) => fromDate <= date && date <= toDate)
  const months = [...new Set([...dates].filter((date) => !find(date)).map((date) => date.slice(0, 7)))].sort()
  for (const month of months) {
    const id = await context.create('periods', { values: { company: company.id, name: month, fromDate: `${month}-01`, toDate: endOfMonth(`${month}-01`) } })
    await context.store.insertMany('external-keys', [keyRow({ source, entity: 'periods', externalId: month, documentId: id })])
  }
  if (months.length > 0) periods = await load()
  return (date) => {
    const period = find(date)
    if (!period) throw new RangeError(`There is no period for ${date}`)
    return period
  }
}

export const isOpen = (period: Periods): boolean => stateOf(period) === 'open'

/** The months that the import made are closed, oldest first, once the count that ends the history is posted: nobody posts into the past by mistake. */
export const closePeriods: ImportStep = {
  name: 'periods', label: { en: 'Periods of the history, closed', zh: '历史会计期间（结账）' },
  async run(run, { counts }) {
    await run.transact(async (context) => {
      Object.assign(counts, { read: 0, applied: 0, known: 0, bad: 0 })
      const { company } = await loadCompany(context)
      const keys = await context.store.find('external-keys', { where: { and: [{ source: { equals: source } }, { entity: { equals: 'periods' } }] } })
      const own = [...(await context.store.byIds('periods', keys.map(({ documentId }) => documentId))).values()].sort((a, b) => (a.fromDate < b.fromDate ? -1 : 1))
      counts.read = own.length
      if ((await documentOf(context.store, { source, entity: 'stock-counts', externalId: fixtures.stockCount })) === undefined) return
      for (const period of own) {
        if (!isOpen(period)) counts.known++
        else if (await context.offer('periods', period.id, 'close', { reason: reasonOf(company) })) counts.applied++
        else {
          run.tell(staysOpen(period.name))
          return
        }
      }
    })
  },
}

const reasonOf = ({ language }: Companies) => (language === 'zh' ? 'AdventureWorks 历史数据已导入' : 'The history of AdventureWorks is in')

const staysOpen = (name: string): Text => ({
  en: `Period ${name} stays open: an earlier period is open, or drafts are dated in it. Close it under Periods.`,
  zh: `会计期间 ${name} 未结账：存在更早的未结账期间或该期间的草稿单据。请在“会计期间”中结账。`,
})
