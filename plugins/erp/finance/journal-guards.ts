import type { JournalEntries, JournalLines, LedgerAccounts } from '../../../config/generated/entities.ts'
import type { Refusal } from '../../../config/language/refusal.ts'
import type { GuardType } from '../../../workflows/engine/registry.ts'
import type { Store } from '../../core/data/store.ts'
import type { FactLoader, FactQuestion } from '../../core/platform/plugin.ts'
import { checkBalanced } from '../engine/journal.ts'

export const journalFacts: readonly FactLoader[] = [{ name: 'erp.accounts', load: loadAccounts }]

export const journalGuards: readonly GuardType[] = [
  {
    type: 'erp.balanced',
    label: { en: 'Debits equal credits, on accounts that may be used', zh: '借贷平衡且科目可用' },
    facts: ['core.lines', 'erp.accounts'],
    check({ facts }) {
      const lines = (facts['core.lines'] ?? []) as readonly JournalLines[]
      const [finding] = checkBalanced(lines)
      if (finding) return { code: finding.code, path: finding.path, message: finding.message }
      const accounts = facts['erp.accounts'] as ReadonlyMap<string, LedgerAccounts>
      for (const [index, line] of lines.entries()) {
        const refusal = checkAccount(accounts.get(line.account), `lines.${index}.account`)
        if (refusal) return refusal
      }
      return true
    },
  },
  {
    type: 'erp.manualEntry',
    label: { en: 'Written by hand', zh: '手工凭证' },
    facts: [],
    check({ document }) {
      const { journalKind, sourceEntity, sourceNumber } = document as unknown as JournalEntries
      // An opening invoice or stock count books its entry as opening too: reversed here, its subledger would stay.
      if (!sourceEntity && (journalKind === 'manual' || journalKind === 'opening')) return true
      const source = sourceNumber ? ` ${sourceNumber}` : ''
      return {
        code: 'journal.fromDocument',
        message: {
          en: `This entry was booked by a document. Reverse it there:${source || ' on its source document'}.`,
          zh: `该凭证由单据生成，请在原单据${source}上冲销。`,
        },
      }
    },
  },
]

/** Control accounts mirror documents, so opening balances of stock, receivables and payables are documents too. */
function checkAccount(account: LedgerAccounts | undefined, path: string): Refusal | undefined {
  const name = account ? `${account.number} ${account.name}` : ''
  const nameZh = account ? `${account.number} ${account.nameZh ?? account.name}` : ''
  if (!account?.active) {
    return {
      code: 'journal.inactiveAccount', path,
      message: { en: `Account ${name} is not active. Choose an active one.`, zh: `科目 ${nameZh} 未启用，请选择启用的科目。` },
    }
  }
  if (!account.control) return undefined
  return {
    code: 'journal.controlAccount', path,
    message: {
      en: `Account ${name} mirrors documents and is not posted to by hand. Use an invoice, bill, payment or stock count, also for opening balances.`,
      zh: `科目 ${nameZh} 为统驭科目，不可手工记账。请通过发票、账单、收付款或盘点单登记，期初余额也是如此。`,
    },
  }
}

/** Accounts of the lines of journal entries, by id. */
async function loadAccounts(store: Store, { documents }: FactQuestion): Promise<Map<string, ReadonlyMap<string, LedgerAccounts>>> {
  if (documents.length === 0) return new Map()
  const lines = await store.find('journal-lines', { where: { journalEntry: { in: documents.map(({ id }) => id) } } })
  const accounts = await store.byIds('ledger-accounts', lines.map(({ account }) => account))
  return new Map(documents.map(({ id }) => [id, accounts]))
}
