import type { LedgerAccounts } from '../../../config/generated/entities.ts'
import type { Finding } from '../../../config/language/refusal.ts'
import type { Text } from '../../../config/language/text.ts'
import type { Store } from '../../core/data/store.ts'
import { failInput } from '../../core/errors.ts'
import type { EntityBehaviour } from '../../core/platform/plugin.ts'
import { typed } from '../typed-rows.ts'

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
  if (changed.length === 0 || (await store.count('journal-lines', { account: { equals: account.id } })) === 0) return []
  return changed.map((field) => finding(field, posted(previous, fixed[field])))
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
  en: 'This account mirrors documents, which find it by its use. Keep the use, or give it to another account once this one is not active.',
  zh: '该科目为统驭科目，单据按系统用途取用，不可清除用途。如需更换，请先停用该科目，再将用途设到其他科目。',
}

function posted({ number, name, nameZh }: LedgerAccounts, what: Text): Text {
  return {
    en: `Account ${number} ${name} has postings, so its ${what.en} stays. Make a new account and deactivate this one instead.`,
    zh: `科目 ${number} ${nameZh ?? name} 已有凭证，${what.zh}不可更改。请新建科目，并停用本科目。`,
  }
}

function heldAlready({ number, name, nameZh }: LedgerAccounts): Text {
  return {
    en: `Account ${number} ${name} has this use already; one active account a use. Choose another use, or deactivate that account first.`,
    zh: `科目 ${number} ${nameZh ?? name} 已有此用途，每种用途只能有一个启用科目。请选择其他用途，或先停用该科目。`,
  }
}
