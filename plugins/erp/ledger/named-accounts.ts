import type { LedgerAccounts } from '../../../config/generated/entities.ts'
import type { Finding } from '../../../config/language/refusal.ts'
import type { Text } from '../../../config/language/text.ts'
import type { Store } from '../../core/data/store.ts'

/** An account that a document names, at the path of its field. */
export type NamedAccount = { readonly account: string | null | undefined; readonly path: string }
export type AccountUse = 'money' | 'expense'

/**
 * Why a document may not post to the accounts it names: a payment moves money, so it names an asset account for it (`money`: bank,
 * cash or one without a use); nothing names a control account, since otherwise its subledger and the books would part.
 */
export async function checkNamedAccounts(store: Store, { use, named }: { readonly use: AccountUse; readonly named: readonly NamedAccount[] }): Promise<Finding[]> {
  const accounts = await store.byIds('ledger-accounts', named.map(({ account }) => account))
  return named.flatMap(({ account, path }): Finding[] => {
    const found = accounts.get(account ?? '')
    const fault = found && faultOf(found, use)
    return fault ? [{ ...fault, path, severity: 'error' }] : []
  })
}

function faultOf(account: LedgerAccounts, use: AccountUse): { readonly code: string; readonly message: Text } | undefined {
  const name = `${account.number} ${account.name}`
  const nameZh = `${account.number} ${account.nameZh ?? account.name}`
  if (use === 'money' && !holdsMoney(account)) {
    return {
      code: 'payment.notMoneyAccount',
      message: {
        en: `Account ${name} holds no money. Choose a bank or cash account, or leave the field empty.`,
        zh: `科目 ${nameZh} 不是资金科目，请选择银行存款或库存现金科目，或留空。`,
      },
    }
  }
  if (account.control) {
    return {
      code: 'bill.controlAccount',
      message: {
        en: `Account ${name} mirrors documents and takes no expenses. Choose an expense account.`,
        zh: `科目 ${nameZh} 为统驭科目，不能登记费用，请选择费用科目。`,
      },
    }
  }
  if (account.active === false) {
    return {
      code: 'account.inactive',
      message: { en: `Account ${name} is not active. Choose an active one.`, zh: `科目 ${nameZh} 未启用，请选择启用的科目。` },
    }
  }
  return undefined
}

/** Control accounts are assets too (stock, receivables), but no money lies in them. */
const holdsMoney = ({ accountType, accountRole, control }: LedgerAccounts) =>
  accountType === 'asset' && !control && (!accountRole || accountRole === 'bank' || accountRole === 'cash')
