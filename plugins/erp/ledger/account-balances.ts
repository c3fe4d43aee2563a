import { newId, type CommandContext } from '../../core/commands/context.ts'
import { sumExact } from '../../core/engine/decimal.ts'
import { onFirstUse } from './unique.ts'

export type AccountLine = { readonly account: string; readonly debit: number; readonly credit: number }

/**
 * Adds posted lines (minor units) to the balances of their accounts in a period: one read, one atomic write an account.
 */
export async function addToAccounts(
  { store }: CommandContext,
  { company, period, lines }: { readonly company: string; readonly period: string; readonly lines: readonly AccountLine[] },
): Promise<void> {
  const accounts = [...new Set(lines.map(({ account }) => account))]
  if (accounts.length === 0) return
  const rows = await store.find('account-balances', {
    where: { and: [{ company: { equals: company } }, { period: { equals: period } }, { account: { in: accounts } }] },
  })
  const idOf = new Map(rows.map((row) => [row.account, row.id]))
  const added = accounts.filter((account) => !idOf.has(account)).map((account) => ({ id: newId(), company, period, account, debit: 0, credit: 0 }))
  if (added.length > 0) await onFirstUse(() => store.insertMany('account-balances', added))
  for (const { account, id } of added) idOf.set(account, id)
  for (const [account, id] of idOf) {
    const own = lines.filter((line) => line.account === account)
    await store.update('account-balances', id, {
      debit: { $inc: sumExact(own.map(({ debit }) => debit)) },
      credit: { $inc: sumExact(own.map(({ credit }) => credit)) },
    })
  }
}
