import { sumExact } from '../../core/engine/decimal.ts'
import { failInput } from '../../core/errors.ts'
import type { ActionHandler, EntityBehaviour } from '../../core/platform/plugin.ts'
import { addToAccounts } from '../ledger/account-balances.ts'
import { requireOpenPeriod } from '../ledger/period.ts'
import { reverseJournalEntry } from '../ledger/post-entry.ts'
import { typed, typedRows } from '../../core/data/typed-rows.ts'

export const journalActions: readonly ActionHandler[] = [
  {
    type: 'erp.postJournal', label: { en: 'Post the entry', zh: '登记凭证' },
    async run(context, step) {
      const entry = typed<'journal-entries'>(step.document)
      const lines = typedRows<'journal-lines'>(step.lines)
      const company = await context.company(entry.company)
      const period = await requireOpenPeriod(context, { company, date: entry.entryDate })
      entry.period = period.id
      entry.debitTotal = sumExact(lines.map(({ debit }) => debit ?? 0))
      await addToAccounts(context, {
        company: company.id, period: period.id,
        lines: lines.map(({ account, debit, credit }) => ({ account, debit: debit ?? 0, credit: credit ?? 0 })),
      })
    },
  },
  {
    type: 'erp.reverseJournal', label: { en: 'Book the opposite entry', zh: '登记反向凭证' },
    async run(context, step) {
      const entry = typed<'journal-entries'>(step.document)
      const date = dateOf(step.input.reversalDate) ?? (await context.today())
      const memo = step.reason ? { en: step.reason, zh: step.reason } : undefined
      entry.reversedBy = await reverseJournalEntry(context, { entry: entry.id, date, ...(memo ? { memo } : {}) })
    },
  },
]

/** People write manual and opening entries; the total of a draft is that of its debits. */
export const journalBehaviour: EntityBehaviour = {
  prepare(_, { document, lines }) {
    const entry = typed<'journal-entries'>(document)
    if (entry.journalKind !== 'manual' && entry.journalKind !== 'opening') {
      failInput([{
        code: 'journal.kind', path: 'journalKind', severity: 'error',
        message: {
          en: 'Entries written by hand are manual or opening entries; the other kinds are booked by documents. Choose one of the two.',
          zh: '手工录入的凭证类型只能是手工或期初，其他类型由单据生成，请重新选择。',
        },
      }])
    }
    entry.debitTotal = sumExact(typedRows<'journal-lines'>(lines).map(({ debit }) => debit ?? 0))
    return Promise.resolve()
  },
}

export const dateOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)
