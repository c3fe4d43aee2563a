import type { LedgerAccounts } from '../../../config/generated/entities.ts'
import type { Finding } from '../../../config/language/refusal.ts'
import type { Text } from '../../../config/language/text.ts'
import type { Store } from '../../core/data/store.ts'
import { failInput } from '../../core/errors.ts'
import type { EntityBehaviour } from '../../core/platform/plugin.ts'
import { typed } from '../../core/data/typed-rows.ts'

/** Postings find their account by its role, so a role has one active account, and what is posted keeps its meaning. */
export const accountBehaviour: EntityBehaviour = {
  async prepare({ store }, draft) {
    const account = typed<'ledger-accounts'>(draft.document)
    const previous = draft.previous && typed<'ledger-accounts'>(draft.previous)
    const findings = [...(previous ? await changeFindings(store, { account, previous }) : []), ...(await roleFindings(store, account))]
    if (findings.length > 0) failInput(findings)
  },
}

type Change = { readonly account: LedgerAccounts; readonly previous: LedgerAccounts }

/** What may not change: the use of a control account ever, and what gives posted lines their meaning once there are some. */
async function changeFindings(store: Store, { account, previous }: Change): Promise<Finding[]> {
  if (previous.control && previous.accountRole && !account.accountRole) return [finding('accountRole', controlKeepsRole)]
  const changed = (Object.keys(fixed) as (keyof typeof fixed)[]).filter((field) => (account[field] ?? null) !== (previous[field] ?? null))
  const stops = account.active === false && previous.active !== false
  if ((changed.length === 0 && !stops) || (await store.count('journal-lines', { account: { equals: account.id } })) === 0) return []
  const kept = changed.filter((field) => field !== 'accountRole' || account.accountRole).map((field) => finding(field, posted(previous, fixed[field])))
  const stopped = stops ? await stopRefusal(store, account) : undefined
  return [...kept, ...(stopped ? [finding('active', stopped)] : [])]
}

/** Why an account with postings may not be put out of use: documents still find it, or an amount would be left on it. */
async function stopRefusal(store: Store, account: LedgerAccounts): Promise<Text | undefined> {
  if (account.control) return controlStays(account)
  if (account.accountRole) return roleStays(account)
  const [sums] = await store.sum('account-balances', { where: { account: { equals: account.id } }, fields: ['debit', 'credit'] })
  return Number(sums?.debit ?? 0) === Number(sums?.credit ?? 0) ? undefined : balanceStays(account)
}

async function roleFindings(store: Store, { id, accountRole, active }: LedgerAccounts): Promise<Finding[]> {
  if (!accountRole || active === false) return []
  const [holder] = await store.find('ledger-accounts', {
    where: { and: [{ accountRole: { equals: accountRole } }, { active: { equals: true } }, { id: { not_equals: id } }] }, limit: 1,
  })
  return holder ? [finding('accountRole', heldAlready(holder))] : []
}

const finding = (path: string, message: Text): Finding => ({ code: 'ledger.accountFixed', path, severity: 'error', message })

const fixed = {
  number: { en: 'number', zh: '编码' },
  accountType: { en: 'type', zh: '类别' },
  accountRole: { en: 'use by the platform', zh: '系统用途' },
  control: { en: 'mark as mirroring a subledger', zh: '统驭标志' },
} as const satisfies Partial<Record<keyof LedgerAccounts, Text>>

const controlKeepsRole: Text = {
  en: 'This account mirrors documents, which find it by its use. Keep the use; before the first posting another account may take it once this one is not active.',
  zh: '该科目为统驭科目，单据按系统用途取用，不可清除用途。尚无凭证时，可先停用该科目，再将用途设到其他科目。',
}

const nameOf = ({ number, name, nameZh }: LedgerAccounts) => ({ en: `${number} ${name}`, zh: `${number} ${nameZh ?? name}` })

function controlStays(account: LedgerAccounts): Text {
  const { en, zh } = nameOf(account)
  return {
    en: `Account ${en} mirrors posted documents, which post to it again when they are paid, credited or moved. Keep it active; its name may change.`,
    zh: `科目 ${zh} 为统驭科目且已有凭证，后续收付款、红冲和出入库仍需记入，不能停用。请保持启用，如需可更改名称。`,
  }
}

function roleStays(account: LedgerAccounts): Text {
  const { en, zh } = nameOf(account)
  return {
    en: `The platform posts to account ${en} by its use. Clear the use here and give it to another account first, then deactivate this one.`,
    zh: `系统按用途向科目 ${zh} 记账，不能停用。请先清除其系统用途，并将用途设到其他科目，再停用本科目。`,
  }
}

function balanceStays(account: LedgerAccounts): Text {
  const { en, zh } = nameOf(account)
  return {
    en: `Account ${en} still has a balance. Move it to another account with a journal entry first, then deactivate this one.`,
    zh: `科目 ${zh} 尚有余额，不能停用。请先用会计凭证结转余额，再停用本科目。`,
  }
}

function posted(account: LedgerAccounts, what: Text): Text {
  const { en, zh } = nameOf(account)
  return {
    en: `Account ${en} has postings, so its ${what.en} stays. Make a new account for what comes instead.`,
    zh: `科目 ${zh} 已有凭证，${what.zh}不可更改。请新建科目供以后使用。`,
  }
}

function heldAlready(account: LedgerAccounts): Text {
  const { en, zh } = nameOf(account)
  return {
    en: `Account ${en} has this use already; one active account a use. Choose another use, or ${account.control ? 'deactivate that account' : 'clear the use there'} first.`,
    zh: `科目 ${zh} 已有此用途，每种用途只能有一个启用科目。请选择其他用途，或先${account.control ? '停用该科目' : '清除该科目的用途'}。`,
  }
}
