import type { LedgerAccounts } from '../../../config/generated/entities.ts'
import type { Store } from '../../core/data/store.ts'
import { failRefused } from '../../core/errors.ts'
import { accountUse, type AccountRole } from '../engine/chart.ts'

/** The active account of each role, in one query. Refuses (422) when the chart has none for one of them. */
export async function accountsByRole(store: Store, roles: Iterable<AccountRole>): Promise<Map<AccountRole, LedgerAccounts>> {
  const wanted = [...new Set(roles)]
  if (wanted.length === 0) return new Map()
  const rows = await store.find('ledger-accounts', { where: { and: [{ accountRole: { in: wanted } }, { active: { equals: true } }] }, sort: 'number' })
  const found = new Map(rows.toReversed().map((row) => [row.accountRole as AccountRole, row]))
  const missing = wanted.filter((role) => !found.has(role))
  if (missing.length > 0) failRefused(missing.map((role) => ({ code: 'ledger.noAccount', message: noAccount(role) })))
  return found
}

function noAccount(role: AccountRole) {
  const { name } = accountUse(role)
  return {
    en: `The chart has no active account for “${name.en}”. Set “Used by the platform for” on one ledger account.`,
    zh: `科目表中没有用途为“${name.zh}”的启用科目，请在会计科目中设置“系统用途”。`,
  }
}
