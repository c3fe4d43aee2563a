import type { Companies, JournalEntries } from '../../../config/generated/entities.ts'
import type { Text } from '../../../config/language/text.ts'
import { newId, type CommandContext } from '../../core/commands/context.ts'
import { assignNumber } from '../../core/commands/numbering.ts'
import { appendEvent, appendHistory } from '../../core/commands/record.ts'
import type { Row } from '../../core/data/store.ts'
import { failRefused } from '../../core/errors.ts'
import { checkBalanced, reverseEntry, totalsOf, type JournalLine } from '../engine/journal.ts'
import { accountsByRole } from './accounts.ts'
import { addToAccounts } from './account-balances.ts'
import { requireOpenPeriod } from './period.ts'
import type { LedgerSource } from './post-stock.ts'

/** A line for the role's account, or for `account` (an id) where the document names one (the bank, an expense account). */
export type EntryLine = JournalLine & { readonly account?: string | null }

export type NewEntry = {
  readonly company: Companies
  /** "YYYY-MM-DD"; its period must be open. */
  readonly date: string
  readonly kind: JournalEntries['journalKind']
  readonly lines: readonly EntryLine[]
  readonly source?: LedgerSource
  readonly memo?: Text
  readonly traceId?: string | null
}

/**
 * Posts a journal entry: born in state `posted` with its gapless number, its lines, and the account balances of its period.
 * Refuses (422) closed periods, sides that differ and roles without an account. Lines that are all zero post nothing.
 * @returns the id of the entry, or undefined when there was nothing to post.
 */
export async function postEntry(context: CommandContext, entry: NewEntry): Promise<string | undefined> {
  const { company, lines } = entry
  if (lines.length === 0) return undefined
  const faults = checkBalanced(lines)
  if (faults.length > 0) failRefused(faults)
  const byRole = await accountsByRole(context.store, lines.filter(({ account }) => !account).map(({ accountRole }) => accountRole))
  return storeEntry(context, {
    ...entry,
    rows: lines.map((line) => ({
      account: line.account ?? byRole.get(line.accountRole)?.id ?? '',
      debit: line.debit, credit: line.credit, taxCode: line.taxCode ?? null,
      customer: line.party?.type === 'customer' ? line.party.id : null,
      supplier: line.party?.type === 'supplier' ? line.party.id : null,
      memo: line.memo?.[company.language] ?? null,
    })),
  })
}

/**
 * Undoes a posted entry by one of kind `reversal` with the sides exchanged, on `date`; both name each other.
 * Refuses (422) an entry that is reversed already. @returns the id of the reversal.
 */
export async function reverseJournalEntry(
  context: CommandContext,
  { entry: id, date, memo, source }: { readonly entry: string; readonly date: string; readonly memo?: Text; readonly source?: LedgerSource },
): Promise<string> {
  const entry = await context.store.require('journal-entries', id)
  if (entry.reversedBy) failRefused([{ code: 'ledger.reversed', message: alreadyReversed(entry.number) }])
  const lines = await context.store.find('journal-lines', { where: { journalEntry: { equals: id } }, sort: 'position' })
  const reversal = await storeEntry(context, {
    company: await context.company(entry.company), date, kind: 'reversal', reverses: id, traceId: entry.traceId,
    source: source ?? { entity: entry.sourceEntity ?? 'journal-entries', id: entry.sourceId ?? id, number: entry.sourceNumber ?? entry.number },
    rows: reverseEntry(lines).map(({ account, debit, credit, taxCode, customer, supplier, memo: own }) =>
      ({ account, debit: debit ?? 0, credit: credit ?? 0, taxCode: taxCode ?? null, customer: customer ?? null, supplier: supplier ?? null, memo: own ?? null })),
    memo: memo ?? { en: `Reversal of ${entry.number}`, zh: `冲销 ${entry.number}` },
  })
  await context.store.update('journal-entries', id, { reversedBy: reversal })
  return reversal
}

type StoredLine = {
  readonly account: string
  readonly debit: number
  readonly credit: number
  readonly taxCode: string | null
  readonly customer: string | null
  readonly supplier: string | null
  readonly memo: string | null
}

async function storeEntry(
  context: CommandContext,
  { company, date, kind, rows, source, memo, traceId, reverses }: Omit<NewEntry, 'lines'> & { readonly rows: readonly StoredLine[]; readonly reverses?: string },
): Promise<string> {
  const period = await requireOpenPeriod(context, { company, date })
  const entity = context.entity('journal-entries')
  const compiled = context.platform.workflows.get(entity.slug)
  const document: Row = {
    id: newId(), version: 1, company: company.id, traceId: traceId ?? newId(), entryDate: date, period: period.id, journalKind: kind,
    sourceEntity: source?.entity ?? null, sourceId: source?.id ?? null, sourceNumber: source?.number ?? null,
    memo: memo?.[company.language] ?? null, debitTotal: totalsOf(rows).debit, reverses: reverses ?? null,
    workflow: { state: 'posted', definitionHash: compiled?.hash, since: context.now },
  }
  await addToAccounts(context, { company: company.id, period: period.id, lines: rows })
  await assignNumber(context, entity, document, 'posting')
  await context.store.insert(entity.slug, document as Row & JournalEntries)
  await context.store.insertMany('journal-lines', rows.map((row, index) => ({ id: newId(), journalEntry: document.id, position: index + 1, ...row })))
  await appendHistory(context, {
    entity: entity.slug, document, action: 'create', stateAfter: 'posted', ...(compiled ? { definitionHash: compiled.hash } : {}),
  })
  if (source && source.id !== reverses) await context.link({ entity: source.entity, id: source.id }, { entity: entity.slug, id: document.id }, String(document.traceId))
  await appendEvent(context, { type: 'journal-entries.posted', entity: entity.slug, document, data: {} })
  return document.id
}

function alreadyReversed(number: string): Text {
  return { en: `Journal entry ${number} is reversed already.`, zh: `凭证 ${number} 已被冲销。` }
}

