import type { Check } from '../../core/platform/plugin.ts'
import { openResult } from '../../core/verify/check-result.ts'
import { inPages } from '../../core/verify/pages.ts'
import { ownStock, placeKey, stockPlace, type StockPlace } from '../ledger/stock-key.ts'
import type { Store } from '../../core/data/store.ts'
import { pageSize, sumBy, type Sum } from './sums.ts'

const placeFields = ['company', 'part', 'location', 'lot', 'stockStatus', 'stockOwner'] as const

export const stockChecks: readonly Check[] = [
  {
    name: 'erp.stockBalances',
    label: { en: 'Stock balances are the sums of the stock ledger', zh: '库存余额等于库存流水合计' },
    async run(store) {
      const { fail, count, result } = openResult()
      let seen = 0
      for await (const { rows, in: where } of byParts(store, 'stock-balances')) {
        const entries: Sum[] = await store.sum('stock-entries', { where, groupBy: placeFields, fields: ['quantity'] })
        const expected = new Map(entries.map((row) => [keyOf(row), Number(row.quantity)]))
        seen += entries.reduce((sum, row) => sum + Number(row.count), 0)
        for (const row of rows) {
          count()
          const onHand = expected.get(keyOf(row)) ?? 0
          expected.delete(keyOf(row))
          if (Number(row.onHand) !== onHand) fail(`Balance ${String(row.id)} (part ${String(row.part)}): on hand ${String(row.onHand)}, the ledger says ${onHand}.`)
          if (Number(row.available) !== Number(row.onHand) - Number(row.reserved)) fail(`Balance ${String(row.id)}: available is not on hand less reserved.`)
        }
        for (const [key, quantity] of expected) if (quantity !== 0) fail(`The ledger has ${quantity} without a balance: ${key}.`)
      }
      const all = await store.count('stock-entries')
      if (seen !== all) fail(`${all - seen} stock entries are of parts that have no balance.`)
      return result()
    },
  },
  {
    name: 'erp.stockValues',
    label: { en: 'Stock quantities and values of a part are the sums of the stock ledger', zh: '物料库存数量和金额等于库存流水合计' },
    async run(store) {
      const { fail, count, result } = openResult()
      let seen = 0
      for await (const { rows, in: where } of byParts(store, 'stock-values')) {
        const entries: Sum[] = await store.sum('stock-entries', {
          where: { and: [where, { stockOwner: { equals: ownStock } }] }, groupBy: ['company', 'part'], fields: ['quantity', 'value'],
        })
        const expected = new Map(entries.map((row) => [`${String(row.company)} ${String(row.part)}`, row]))
        seen += entries.reduce((sum, row) => sum + Number(row.count), 0)
        for (const row of rows) {
          count()
          const key = `${String(row.company)} ${String(row.part)}`
          const fold = expected.get(key)
          expected.delete(key)
          if (Number(row.quantity) !== Number(fold?.quantity ?? 0) || Number(row.value) !== Number(fold?.value ?? 0)) {
            fail(`Part ${String(row.part)}: kept ${String(row.quantity)} worth ${String(row.value)}, the ledger says ${String(fold?.quantity ?? 0)} worth ${String(fold?.value ?? 0)}.`)
          }
        }
        for (const [key, { quantity, value }] of expected) {
          if (Number(quantity) !== 0 || Number(value) !== 0) fail(`No value is kept for company and part ${key}; the ledger says ${String(quantity)} worth ${String(value)}.`)
        }
      }
      const all = await store.count('stock-entries', { stockOwner: { equals: ownStock } })
      if (seen !== all) fail(`${all - seen} stock entries are of parts that do not exist.`)
      return result()
    },
  },
  {
    name: 'erp.reservations',
    label: { en: 'Reserved stock is the sum of open reservations', zh: '预留量等于未完成预留合计' },
    async run(store) {
      const { fail, count, result } = openResult()
      let seen = 0
      for await (const { rows, in: where } of byParts(store, 'stock-balances')) {
        const open: Sum[] = await store.sum('reservations', {
          where: { and: [where, { reservationState: { equals: 'open' } }] }, groupBy: ['company', 'part', 'location', 'lot'], fields: ['quantity'],
        })
        const expected = new Map(open.map((row) => [keyOf(row), Number(row.quantity)]))
        seen += open.reduce((sum, row) => sum + Number(row.count), 0)
        for (const row of rows) {
          count()
          const reserved = expected.get(keyOf(row)) ?? 0
          expected.delete(keyOf(row))
          if (Number(row.reserved) !== reserved) fail(`Balance ${String(row.id)} (part ${String(row.part)}): reserved ${String(row.reserved)}, open reservations ${reserved}.`)
        }
        for (const [key, quantity] of expected) if (quantity !== 0) fail(`${quantity} are reserved without a balance: ${key}.`)
      }
      const all = await store.count('reservations', { reservationState: { equals: 'open' } })
      if (seen !== all) fail(`${all - seen} open reservations are of parts that have no balance.`)
      return result()
    },
  },
  {
    name: 'erp.inventoryAccount',
    label: { en: 'The inventory account equals the value of the stock ledger', zh: '存货科目余额等于库存台账金额' },
    async run(store) {
      const { fail, count, result } = openResult()
      const accounts = await store.find('ledger-accounts', { where: { accountRole: { equals: 'inventory' } } })
      const books: Sum[] = await store.sum('account-balances', { where: { account: { in: accounts.map(({ id }) => id) } }, groupBy: ['company'], fields: ['debit', 'credit'] })
      const ledger = await sumBy(store, 'stock-entries', { where: { stockOwner: { equals: ownStock } }, by: 'company', field: 'value' })
      const booked = new Map(books.map((row) => [String(row.company), Number(row.debit) - Number(row.credit)]))
      for (const company of new Set([...booked.keys(), ...ledger.keys()])) {
        count()
        const [account, value] = [booked.get(company) ?? 0, ledger.get(company) ?? 0]
        if (account !== value) fail(`Company ${company}: the inventory account stands at ${account}, the stock ledger at ${value}.`)
      }
      return result()
    },
  },
]

const keyOf = (row: Sum) => `${String(row.company)} ${placeKey(stockPlace(row as unknown as StockPlace))}`

/** The rows of a balance entity, by pages of parts, so that each page can be compared with one grouped sum. */
async function* byParts(store: Store, entity: 'stock-balances' | 'stock-values') {
  for await (const parts of inPages(store.stream('parts'), pageSize)) {
    const where = { part: { in: parts.map(({ id }) => id) } }
    yield { rows: (await store.find<string>(entity, { where })) as readonly Sum[], in: where }
  }
}
