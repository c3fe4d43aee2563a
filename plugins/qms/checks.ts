import { sumExact } from '../core/engine/decimal.ts'
import type { Check } from '../core/platform/plugin.ts'
import { openResult } from '../core/verify/check-result.ts'
import { inPages } from '../core/verify/pages.ts'

const pageSize = 500
const place = ['company', 'part', 'location', 'lot'] as const
type Place = { readonly [K in (typeof place)[number]]?: unknown }
const keyOf = (row: Place) => place.map((name) => String(row[name] ?? '')).join(' ')

/** What inspections and nonconformances say of quantities is so. */
export const qmsChecks: readonly Check[] = [
  {
    name: 'qms.verdicts',
    label: { en: 'Verdicts and dispositions share out the whole quantity', zh: '检验判定与处置数量合计等于全部数量' },
    async run(store) {
      const { fail, count, result } = openResult()
      for await (const { number, quantity, acceptedQuantity, rejectedQuantity } of store.streamOnly('inspections', ['number', 'quantity', 'acceptedQuantity', 'rejectedQuantity'], { 'workflow.state': { in: ['accepted', 'partlyAccepted', 'rejected', 'waived'] } })) {
        count()
        const shared = sumExact([acceptedQuantity ?? 0, rejectedQuantity ?? 0])
        if (shared !== quantity) fail(`${number}: ${shared} are accepted or not, the lot has ${quantity}.`)
      }
      for await (const page of inPages(store.streamOnly('nonconformances', ['number', 'quantity'], { 'workflow.state': { in: ['decided', 'closed'] } }), pageSize)) {
        const sums = new Map((await store.sum('nonconformance-dispositions', { where: { nonconformance: { in: page.map(({ id }) => id) } }, groupBy: ['nonconformance'], fields: ['quantity'] })).map((row) => [row.nonconformance, Number(row.quantity)]))
        for (const { id, number, quantity } of page) {
          count()
          if (sums.get(id) !== quantity) fail(`${number}: ${sums.get(id) ?? 0} are disposed of, ${quantity} do not conform.`)
        }
      }
      return result()
    },
  },
  {
    name: 'qms.holds',
    label: { en: 'What waits for a verdict or a disposition is in stock, out of reach', zh: '待判定或待处置的数量均在不可分配库存中' },
    async run(store) {
      const { fail, count, result } = openResult()
      for (const [entity, stockStatus] of [['inspections', 'quarantine'], ['nonconformances', 'blocked']] as const) {
        const held = await store.sum(entity, { where: { onHold: { equals: true } }, groupBy: place, fields: ['quantity'] })
        for (let from = 0; from < held.length; from += pageSize) {
          const page = held.slice(from, from + pageSize)
          const balances = await store.find('stock-balances', { where: { and: [{ part: { in: [...new Set(page.map(({ part }) => String(part)))] } }, { stockStatus: { equals: stockStatus } }] } })
          const onHand = new Map<string, number>()
          for (const row of balances) onHand.set(keyOf(row), (onHand.get(keyOf(row)) ?? 0) + (row.onHand ?? 0))
          for (const row of page) {
            count()
            const has = onHand.get(keyOf(row)) ?? 0
            if (Number(row.quantity) > has) fail(`${entity} hold ${String(row.quantity)} of part ${String(row.part)}, ${has} are ${stockStatus} there.`)
          }
        }
      }
      return result()
    },
  },
]
