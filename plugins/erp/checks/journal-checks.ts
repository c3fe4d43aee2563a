import type { Store } from '../../core/data/store.ts'
import type { Check } from '../../core/platform/plugin.ts'
import { openResult } from '../../core/verify/check-result.ts'
import { inPages } from '../../core/verify/pages.ts'
import { pageSize, posted, type Sum } from './sums.ts'

export const journalChecks: readonly Check[] = [
  {
    name: 'erp.entriesBalance',
    label: { en: 'Debits equal credits in every journal entry and in total', zh: '每张凭证及全部凭证借贷平衡' },
    async run(store) {
      const { fail, count, result } = openResult()
      let [debits, credits] = [0n, 0n]
      for await (const page of inPages(store.stream('journal-entries', posted), pageSize)) {
        const sums = await linesByEntry(store, page.map(({ id }) => id))
        for (const { id, number, debitTotal } of page) {
          count()
          const { debit, credit } = sums.get(id) ?? { debit: 0, credit: 0 }
          debits += BigInt(debit)
          credits += BigInt(credit)
          if (debit !== credit) fail(`Journal entry ${number}: debits ${debit}, credits ${credit}.`)
          if (debit !== (debitTotal ?? 0)) fail(`Journal entry ${number}: its total is ${debitTotal ?? 0}, its lines add up to ${debit}.`)
        }
      }
      if (debits !== credits) fail(`In total: debits ${debits}, credits ${credits}.`)
      return result()
    },
  },
  {
    name: 'erp.accountBalances',
    label: { en: 'Account balances are the sums of the journal', zh: '科目余额等于凭证分录合计' },
    async run(store) {
      const { fail, count, result } = openResult()
      const expected = await foldJournal(store)
      for await (const row of store.stream('account-balances')) {
        count()
        const key = keyOf(row.company, row.account, row.period)
        const { debit, credit } = expected.get(key) ?? { debit: 0, credit: 0 }
        expected.delete(key)
        if (row.debit !== debit || row.credit !== credit) {
          fail(`Account ${row.account} in period ${row.period}: kept ${row.debit} / ${row.credit}, the journal says ${debit} / ${credit}.`)
        }
      }
      for (const [key, { debit, credit }] of expected) {
        if (debit !== 0 || credit !== 0) fail(`No balance is kept for ${key}; the journal says ${debit} / ${credit}.`)
      }
      return result()
    },
  },
]

type Sides = { readonly debit: number; readonly credit: number }

async function linesByEntry(store: Store, entries: readonly string[]): Promise<Map<string, Sides>> {
  const rows: Sum[] = await store.sum('journal-lines', { where: { journalEntry: { in: [...entries] } }, groupBy: ['journalEntry'], fields: ['debit', 'credit'] })
  return new Map(rows.map((row) => [String(row.journalEntry), { debit: Number(row.debit), credit: Number(row.credit) }]))
}

/** Memory is that of the balances: companies × accounts × periods. */
async function foldJournal(store: Store): Promise<Map<string, Sides>> {
  const balances = new Map<string, Sides>()
  for await (const page of inPages(store.stream('journal-entries', posted), pageSize)) {
    const entries = new Map(page.map((entry) => [entry.id, entry]))
    const rows: Sum[] = await store.sum('journal-lines', {
      where: { journalEntry: { in: [...entries.keys()] } }, groupBy: ['journalEntry', 'account'], fields: ['debit', 'credit'],
    })
    for (const row of rows) {
      const entry = entries.get(String(row.journalEntry))
      const key = keyOf(entry?.company, row.account, entry?.period)
      const known = balances.get(key) ?? { debit: 0, credit: 0 }
      balances.set(key, { debit: known.debit + Number(row.debit), credit: known.credit + Number(row.credit) })
    }
  }
  return balances
}

const keyOf = (company: unknown, account: unknown, period: unknown) => `company ${String(company)}, account ${String(account)}, period ${String(period)}`
