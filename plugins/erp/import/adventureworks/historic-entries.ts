import type { Companies, JournalEntries, Periods } from '../../../../config/generated/entities.ts'
import { newId, type CommandContext } from '../../../core/commands/context.ts'
import type { Row } from '../../../core/data/store.ts'
import { insertDocuments } from '../../../core/import/insert-documents.ts'
import { takeNumbers } from '../../../core/import/take-numbers.ts'
import { totalsOf, type JournalLine } from '../../engine/journal.ts'
import type { AccountRole } from '../../engine/chart.ts'
import { addToAccounts } from '../../ledger/account-balances.ts'
import { accountsByRole } from '../../ledger/accounts.ts'

export type HistoricEntry = {
  readonly id: string
  readonly date: string
  readonly kind: JournalEntries['journalKind']
  readonly source: { readonly entity: string; readonly id: string; readonly number: string }
  readonly traceId: string
  readonly lines: readonly JournalLine[]
  readonly memo?: string
}

/**
 * Stores many posted journal entries with their lines and adds them to the balances of their accounts, in the transaction.
 * They have a gapless series of their own a year (JE-AW-2013-00042). The caller has made sure of the periods, has balanced
 * the lines (the builders of the engine do), and links the documents.
 */
export async function storeEntries(
  context: CommandContext,
  { company, entries, periodOf, exponent }: {
    readonly company: Companies; readonly entries: readonly HistoricEntry[]; readonly periodOf: (date: string) => Periods; readonly exponent: number
  },
): Promise<void> {
  const accounts = await accountsByRole(context.store, new Set(entries.flatMap(({ lines }) => lines.map(({ accountRole }) => accountRole))))
  const accountOf = (role: AccountRole) => accounts.get(role)?.id ?? ''
  const numbers = await numbersOf(context, entries)
  await insertDocuments(context, {
    entity: 'journal-entries', exponent,
    documents: entries.map((entry) => ({
      state: 'posted', since: `${entry.date}T00:00:00.000Z`,
      values: {
        id: entry.id, number: numbers.get(entry) ?? '', company: company.id, traceId: entry.traceId, entryDate: entry.date, period: periodOf(entry.date).id,
        journalKind: entry.kind, sourceEntity: entry.source.entity, sourceId: entry.source.id, sourceNumber: entry.source.number,
        memo: entry.memo ?? null, debitTotal: totalsOf(entry.lines).debit,
      },
      lines: entry.lines.map(({ accountRole, debit, credit, taxCode, party }): Row => ({
        id: newId(), account: accountOf(accountRole), debit, credit, taxCode: taxCode ?? null,
        customer: party?.type === 'customer' ? party.id : null, supplier: party?.type === 'supplier' ? party.id : null,
      })),
    })),
  })
  const byPeriod = groupBy(entries, ({ date }) => periodOf(date).id)
  for (const [period, own] of byPeriod) {
    const lines = own.flatMap((entry) => entry.lines).map(({ accountRole, debit, credit }) => ({ account: accountOf(accountRole), debit, credit }))
    await addToAccounts(context, { company: company.id, period, lines })
  }
}

async function numbersOf({ store }: CommandContext, entries: readonly HistoricEntry[]): Promise<Map<HistoricEntry, string>> {
  const numbers = new Map<HistoricEntry, string>()
  for (const [year, own] of groupBy(entries, ({ date }) => date.slice(0, 4))) {
    const series = `JE-AW-${year}`
    const first = await takeNumbers(store, { series, count: own.length })
    own.forEach((entry, index) => numbers.set(entry, `${series}-${String(first + index).padStart(5, '0')}`))
  }
  return numbers
}

/** Node 20 has no Map.groupBy. */
function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item)
    else groups.set(keyOf(item), [item])
  }
  return groups
}
