import type { Payload } from 'payload'
import { companies } from '../../../collections/core/companies.ts'
import type { FieldDefinition } from '../../../config/language/entity.ts'
import { email, required, text } from '../../../config/language/fields.ts'
import type { Finding, Refusal } from '../../../config/language/refusal.ts'
import { forgetRoles, systemActor, type Actor } from '../access/actor.ts'
import { forgetFirm } from '../access/collection-hooks.ts'
import { newId, type CommandContext } from '../commands/context.ts'
import { decodeInput } from '../commands/input.ts'
import { companyFindings } from '../companies/company-rules.ts'
import { transact } from '../commands/transact.ts'
import { openStore } from '../data/open-store.ts'
import { demoState } from '../demo/marker.ts'
import { fail, failInput, failRefused } from '../errors.ts'
import { platformOf } from '../platform/platform.ts'
import { eraseFirm } from './erase-firm.ts'

/** What has to be typed, in either language, before everything of the demo firm goes. */
export const startConfirmation = { en: 'CLEAR THE DEMO', zh: '清除演示数据' } as const

/** The new firm and its first account. `company`: fields of the operation `setUp` of companies, as people speak them. */
export type StartInput = { readonly confirmation?: unknown; readonly company?: unknown; readonly owner?: unknown }

/** Why this platform cannot start a firm, if so: only the demo firm is ever cleared. */
export async function whyNotStart(payload: Payload, actor: Actor): Promise<Refusal | undefined> {
  if (!actor.roles.includes('owner')) return ownersOnly
  const isDemo = payload.config.custom.mode === 'demo' && (await demoState(openStore(payload))) !== 'none'
  return isDemo ? undefined : noDemo
}

/**
 * Clears the demo firm and starts the real one in one transaction: all business data and all accounts go, roles and
 * definitions stay, company and owner are created. Nothing is changed when anything is refused. Never possible again.
 * @returns the new company's id and the owner's email, who signs in anew
 */
export async function startFirm(payload: Payload, actor: Actor, input: StartInput): Promise<{ readonly company: string; readonly owner: string }> {
  const reason = await whyNotStart(payload, actor)
  if (reason) failRefused([reason])
  const operation = platformOf(payload).operations.find(({ entity, name }) => entity === 'companies' && name === 'setUp')
  const company = decode(operation?.input ?? companies.fields, input.company, 'company')
  const owner = decode(ownerFields, input.owner, 'owner')
  const findings = [...company.findings, ...companyFindings(company.values, 'company.'), ...owner.findings, ...confirmationFindings(input.confirmation)]
  if (findings.length > 0) failInput(findings)

  const account = { id: newId(), email: String(owner.values.email), password: String(owner.values.password), name: String(owner.values.name ?? owner.values.email) }
  const newOwner: Actor = { ...systemActor, id: account.id, name: account.name, roles: ['owner'] }
  const id = await transact(payload, { actor: newOwner }, async (context) => {
    // Asked again inside: two who start at once would otherwise clear each other's firm.
    if ((await demoState(context.store)) === 'none') failRefused([noDemo])
    await eraseFirm(context)
    await createOwner(context, account)
    return operation ? idOf(await operation.run(context, company.values)) : context.create('companies', { values: company.values })
  })
  forgetFirm(payload)
  forgetRoles(payload)
  return { company: id, owner: account.email }
}

async function createOwner({ payload, transactionID }: CommandContext, account: { id: string; email: string; password: string; name: string }): Promise<void> {
  await payload.create({ collection: 'users', data: { ...account, roles: ['owner'] }, req: transactionID === undefined ? {} : { transactionID } })
}

const ownerFields: readonly FieldDefinition[] = [
  text('name', { en: 'Name', zh: '姓名' }),
  email('email', { en: 'Email', zh: '邮箱' }, required),
  text('password', { en: 'Password', zh: '密码' }, required),
]

function decode(fields: readonly FieldDefinition[], data: unknown, part: 'company' | 'owner') {
  const label = part === 'company' ? companies.label : { en: 'Owner', zh: '企业主' }
  const { values, findings } = decodeInput(fields, data ?? {}, { exponent: 2, label, path: `${part}.` })
  const missing = fields.filter((field) => field.required && field.default === undefined && (values[field.name] ?? null) === null)
  return {
    values,
    findings: [...findings, ...missing.map((field): Finding => ({
      code: 'required', path: `${part}.${field.name}`, severity: 'error',
      message: { en: `${field.label.en} is required.`, zh: `请填写${field.label.zh}。` },
    }))],
  }
}

function confirmationFindings(confirmation: unknown): Finding[] {
  const { en, zh } = startConfirmation
  if (confirmation === en || confirmation === zh) return []
  return [{
    code: 'notConfirmed', path: 'confirmation', severity: 'error',
    message: { en: `All data and accounts of the demo firm will be removed. Type “${en}” to confirm.`, zh: `演示企业的全部数据和账号将被清除。请输入“${zh}”以确认。` },
  }]
}

function idOf({ documents }: { readonly documents?: readonly { readonly id: string }[] }): string {
  return documents?.[0]?.id ?? fail('badRequest', { reason: { en: 'The company was not set up.', zh: '公司未能建立。' } })
}

const ownersOnly: Refusal = {
  code: 'ownerOnly', message: { en: 'Only an owner clears the demo and starts the firm.', zh: '只有企业主可以清除演示数据并启用正式企业。' },
}
const noDemo: Refusal = {
  code: 'noDemo',
  message: {
    en: 'There is no demo firm here. Only the demo is cleared; data of a real firm is never removed this way.',
    zh: '当前不是演示企业。此操作只清除演示数据，不会清除正式企业的数据。',
  },
}
