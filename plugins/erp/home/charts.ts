import type { Where } from 'payload'
import type { Chart, ChartRow } from '../../core/home/home-parts.ts'
import { addDays, daysBetween } from '../../core/engine/dates.ts'
import { sumExact } from '../../core/engine/decimal.ts'

const weeksBack = 12
const weeksAhead = 8

const ordersPerWeek: Chart = {
  name: 'erp.ordersPerWeek',
  label: { en: 'Orders confirmed per week', zh: '每周确认的订单额' },
  meaning: { en: 'Net total of the sales orders confirmed in each of the last twelve weeks, cancelled ones left out.', zh: '最近十二周每周确认的销售订单未税金额，不含已取消订单。' },
  reads: ['sales-orders.netTotal'],
  kind: 'money',
  series: [{ label: { en: 'Net total', zh: '未税金额' }, tone: 'waiting' }],
  async load(store, { today }) {
    const first = addDays(mondayOf(today), -7 * (weeksBack - 1))
    const days = await store.sum('sales-orders', {
      where: { and: [{ confirmedDate: { greater_than_equal: first } }, { 'workflow.state': { in: ['confirmed', 'closed'] } }] }, groupBy: ['confirmedDate'], fields: ['netTotal'],
    })
    return weeks(first, weeksBack).map((from): ChartRow => ({ from, values: [sumBetween(days, { field: 'netTotal', by: 'confirmedDate', from, to: addDays(from, 6) })] }))
  },
}

const cashExpected: Chart = {
  name: 'erp.cashExpected',
  label: { en: 'Cash expected', zh: '预计收付款' },
  meaning: { en: 'Open invoices and supplier bills by the week they are due. The first bar is what is overdue already.', zh: '未结清的销售发票与供应商账单，按到期周汇总；第一组为已逾期。' },
  reads: ['invoices.openAmount', 'supplier-bills.openAmount'],
  kind: 'money',
  series: [{ label: { en: 'In from customers', zh: '应收' }, tone: 'good' }, { label: { en: 'Out to suppliers', zh: '应付' }, tone: 'warning' }],
  async load(store, { today }) {
    const open: Where = { and: [{ 'workflow.state': { equals: 'posted' } }, { openAmount: { greater_than: 0 } }] }
    const [incoming, outgoing] = await Promise.all(['invoices', 'supplier-bills'].map((entity) => store.sum(entity, { where: open, groupBy: ['dueDate'], fields: ['openAmount'] })))
    const both = (from: string, to: string) => [incoming ?? [], outgoing ?? []].map((days) => sumBetween(days, { field: 'openAmount', by: 'dueDate', from, to }))
    const rest = 7 - daysBetween(mondayOf(today), today)
    return [
      { from: 'overdue', label: { en: 'Overdue', zh: '已逾期' }, values: both('', addDays(today, -1)) },
      { from: today, label: { en: 'This week', zh: '本周' }, values: both(today, addDays(today, rest - 1)) },
      ...weeks(addDays(today, rest), weeksAhead - 1).map((from): ChartRow => ({ from, values: both(from, addDays(from, 6)) })),
    ]
  },
}

export const erpCharts: readonly Chart[] = [ordersPerWeek, cashExpected]

/** The Monday of the ISO week: 1 January 1970 was a Thursday. */
function mondayOf(date: string): string {
  return addDays(date, -((daysBetween('1970-01-01', date) + 3) % 7))
}

const weeks = (first: string, count: number) => Array.from({ length: count }, (_, index) => addDays(first, 7 * index))

type Span = { readonly field: string; readonly by: string; readonly from: string; readonly to: string }

function sumBetween(days: readonly Record<string, unknown>[], { field, by, from, to }: Span): number {
  return sumExact(days.filter((day) => typeof day[by] === 'string' && day[by] >= from && day[by] <= to).map((day) => Number(day[field])))
}
