import type { Periods } from '../../../config/generated/entities.ts'
import type { Refusal } from '../../../config/language/refusal.ts'
import { option, select, text } from '../../../config/language/fields.ts'
import type { GuardType } from '../../../workflows/engine/registry.ts'
import type { Store } from '../../core/data/store.ts'
import { failInput } from '../../core/errors.ts'
import type { EntityBehaviour, FactLoader, FactQuestion } from '../../core/platform/plugin.ts'
import { periodRefusal } from '../ledger/period.ts'
import { typed } from '../../core/data/typed-rows.ts'
import { draftsInPeriod, type DraftCount } from './drafts-in-period.ts'

export const periodFacts: readonly FactLoader[] = [
  { name: 'erp.periods', load: loadPeriods },
  { name: 'erp.draftsInPeriod', load: draftsInPeriod },
]

export const periodGuards: readonly GuardType[] = [
  {
    type: 'erp.periodOpen',
    label: { en: 'The period of the date is open', zh: '所属会计期间未结账' },
    facts: ['erp.periods', 'core.today'],
    params: [text('field', { en: 'Date field', zh: '日期字段' }), text('input', { en: 'Date input', zh: '日期录入项' })],
    check({ facts, params, document, input }) {
      if (params.input !== undefined && input === undefined) return true
      const given = params.input === undefined ? document[String(params.field)] : input?.[String(params.input)]
      const date = String(given || facts['core.today'])
      const periods = (facts['erp.periods'] ?? []) as readonly Periods[]
      return periodRefusal(periods.find((period) => period.fromDate <= date && date <= period.toDate), date) ?? true
    },
  },
  {
    type: 'erp.periodOrder',
    label: { en: 'Periods are closed and opened in their order', zh: '按顺序结账和反结账' },
    facts: ['erp.periods', 'erp.draftsInPeriod', 'core.today'],
    params: [select('step', { en: 'Step', zh: '步骤' }, {
      required: true,
      options: [option('close', { en: 'Close', zh: '结账' }), option('reopen', { en: 'Open again', zh: '反结账' })],
    })],
    check({ facts, params, document }) {
      const question: OrderQuestion = {
        period: document as unknown as Periods,
        others: (facts['erp.periods'] ?? []) as readonly Periods[],
        drafts: (facts['erp.draftsInPeriod'] ?? []) as readonly DraftCount[],
        today: String(facts['core.today']),
      }
      return params.step === 'close' ? checkClose(question) : checkReopen(question)
    },
  },
]

/** A period has two ends in order, and overlaps no other of its company. */
export const periodBehaviour: EntityBehaviour = {
  async prepare({ store }, { document }) {
    const period = typed<'periods'>(document)
    if (!period.fromDate || !period.toDate) return
    if (period.fromDate > period.toDate) {
      failInput([{
        code: 'period.reversed', path: 'toDate', severity: 'error',
        message: { en: 'The period ends before it begins. Correct one of the dates.', zh: '结束日期早于开始日期，请更正。' },
      }])
    }
    const other = await store.findOne('periods', {
      and: [
        { id: { not_equals: period.id } }, { company: { equals: period.company } },
        { fromDate: { less_than_equal: period.toDate } }, { toDate: { greater_than_equal: period.fromDate } },
      ],
    })
    if (!other) return
    failInput([{
      code: 'period.overlaps', path: 'fromDate', severity: 'error',
      message: {
        en: `The period overlaps ${other.name} (${other.fromDate} to ${other.toDate}). Choose dates outside of it.`,
        zh: `与会计期间 ${other.name}（${other.fromDate} 至 ${other.toDate}）重叠，请调整日期。`,
      },
    }])
  },
}

type OrderQuestion = {
  readonly period: Periods
  readonly others: readonly Periods[]
  readonly drafts: readonly DraftCount[]
  readonly today: string
}

function checkClose({ period, others, drafts, today }: OrderQuestion): true | Refusal {
  if (today <= period.toDate) {
    return refusal('period.running', {
      en: `The period runs until ${period.toDate}. Close it afterwards.`, zh: `该期间至 ${period.toDate} 才结束，请在其后结账。`,
    })
  }
  const earlier = others.find((other) => other.toDate < period.fromDate && other.workflow?.state === 'open')
  if (earlier) {
    return refusal('period.earlierOpen', {
      en: `The earlier period ${earlier.name} is still open. Close it first.`, zh: `更早的会计期间 ${earlier.name} 尚未结账，请先结账。`,
    })
  }
  if (drafts.length === 0) return true
  const listed = (language: 'en' | 'zh') => drafts
    .map(({ count, label, labels }) => (language === 'zh' ? `${label.zh} ${count} 张` : `${count} ${(count === 1 ? label : labels).en.toLowerCase()}`))
    .join(language === 'zh' ? '、' : ', ')
  return refusal('period.drafts', {
    en: `Drafts are dated in this period: ${listed('en')}. Post them, discard them or change their date first.`,
    zh: `该期间内有未过账单据：${listed('zh')}。请先过账、删除或更改日期。`,
  })
}

function checkReopen({ period, others }: OrderQuestion): true | Refusal {
  const later = others.find((other) => other.fromDate > period.toDate && other.workflow?.state === 'closed')
  if (!later) return true
  return refusal('period.laterClosed', {
    en: `The later period ${later.name} is closed. Open that one again first.`, zh: `更晚的会计期间 ${later.name} 已结账，请先对其反结账。`,
  })
}

function refusal(code: string, message: Refusal['message']): Refusal {
  return { code, message }
}

/** All periods of each document's company, in one query. */
async function loadPeriods(store: Store, { documents }: FactQuestion): Promise<Map<string, readonly Periods[]>> {
  const companies = [...new Set(documents.flatMap(({ company }) => (typeof company === 'string' ? [company] : [])))]
  if (companies.length === 0) return new Map()
  const periods = await store.find('periods', { where: { company: { in: companies } }, sort: 'fromDate' })
  return new Map(documents.map((document) => [document.id, periods.filter(({ company }) => company === document.company)]))
}
