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
import { passwordFindings } from '../users/password-rules.ts'
import { eraseFirm } from './erase-firm.ts'

/** What has to be typed, in either language, before everything of the demo firm goes. */
export const startConfirmation = { en: 'CLEAR THE DEMO', zh: '清除演示数据' } as const

/**
 * `company`: fields of the operation `setUp` of companies, as people speak them. `confirmation` and `owner`, the firm's first
 * account: where a demo is cleared.
 */
export type StartInput = { readonly confirmation?: unknown; readonly company?: unknown; readonly owner?: unknown }

/** `clear`: the demo firm goes first. `first`: there is no firm yet, and the one who asks stays its owner. */
export type FirmStart = { readonly kind: 'clear' | 'first' } | { readonly refusal: Refusal }

/** How this person can start a firm here, or why not: only the demo firm is ever cleared. */
export async function howToStart(payload: Payload, actor: Actor): Promise<FirmStart> {
  if (!actor.roles.includes('owner')) return { refusal: ownersOnly }
  const store = openStore(payload)
  if ((await store.count('companies')) === 0) return { kind: 'first' }
  return payload.config.custom.mode === 'demo' && (await demoState(store)) !== 'none' ? { kind: 'clear' } : { refusal: noDemo }
}

/**
 * Starts the real firm in one transaction, with its company, books and codes. Where the demo firm is, all business data and
 * all accounts go before, and the owner's account is created; roles and definitions stay. Nothing is changed when anything is
 * refused. Never possible again.
 * @returns the new company's id and the owner's email, who signs in anew where the demo was cleared
 */
export async function startFirm(payload: Payload, actor: Actor, input: StartInput): Promise<{ readonly company: string; readonly owner: string }> {
  const start = await howToStart(payload, actor)
  if ('refusal' in start) failRefused([start.refusal])
  const company = decodeCompany(payload, input.company)
  if (start.kind === 'first') {
    if (company.findings.length > 0) failInput(company.findings)
    return await startFirst(payload, actor, company.values)
  }
  const owner = decode(ownerFields, input.owner, 'owner')
  const findings = [
    ...company.findings, ...owner.findings, ...confirmationFindings(input.confirmation),
    ...(await passwordFindings(owner.values)).map((finding) => ({ ...finding, path: `owner.${finding.path}` })),
  ]
  if (findings.length > 0) failInput(findings)

  const account = { id: newId(), email: String(owner.values.email), password: String(owner.values.password), name: String(owner.values.name) }
  const newOwner: Actor = { ...systemActor, id: account.id, name: account.name, roles: ['owner'] }
  const id = await transact(payload, { actor: newOwner }, async (context) => {
    // Asked again inside: two who start at once would otherwise clear each other's firm.
    if ((await demoState(context.store)) === 'none') failRefused([noDemo])
    await eraseFirm(context)
    await createOwner(context, account)
    return await createCompany(context, company.values)
  })
  forgetFirm(payload)
  forgetRoles(payload)
  return { company: id, owner: account.email }
}

async function startFirst(payload: Payload, actor: Actor, values: Values): Promise<{ readonly company: string; readonly owner: string }> {
  const company = await transact(payload, { actor }, async (context) => {
    if ((await context.store.count('companies')) > 0) failRefused([noDemo])
    return await createCompany(context, values)
  })
  forgetFirm(payload)
  const user = await openStore(payload).get<string>('users', actor.id)
  return { company, owner: String(user?.email ?? actor.name) }
}

type Values = Record<string, unknown>

const setUpOf = (payload: Payload) => platformOf(payload).operations.find(({ entity, name }) => entity === 'companies' && name === 'setUp')

/** Everything that is wrong with the company at once: what is missing, what is not a currency, what its template asks. */
function decodeCompany(payload: Payload, data: unknown) {
  const operation = setUpOf(payload)
  const { values, findings } = decode(operation?.input ?? companies.fields, data, 'company')
  const checked = (operation?.check?.(values) ?? []).map((finding) => ({ ...finding, path: `company.${finding.path}` }))
  return { values, findings: [...findings, ...companyFindings(values, 'company.'), ...checked] }
}

async function createCompany(context: CommandContext, values: Values): Promise<string> {
  const operation = setUpOf(context.payload)
  if (!operation) return await context.create('companies', { values })
  const { documents } = await operation.run(context, values)
  return documents?.[0]?.id ?? fail('badRequest', { reason: { en: 'The company was not set up.', zh: '公司未能建立。' } })
}

async function createOwner({ payload, transactionID }: CommandContext, account: { id: string; email: string; password: string; name: string }): Promise<void> {
  await payload.create({ collection: 'users', data: { ...account, roles: ['owner'] }, req: transactionID === undefined ? {} : { transactionID } })
}

const ownerFields: readonly FieldDefinition[] = [
  text('name', { en: 'Name', zh: '姓名' }, required),
  email('email', { en: 'Email', zh: '邮箱' }, required),
  text('password', { en: 'Password', zh: '密码' }, required),
]

function decode(fields: readonly FieldDefinition[], data: unknown, part: 'company' | 'owner') {
  const label = part === 'company' ? companies.label : { en: 'Owner', zh: '企业主' }
  const { values, findings } = decodeInput(fields, data ?? {}, { exponent: 2, label, path: `${part}.` })
  // What was entered and is wrong is told as such, not as missing.
  const told = new Set(findings.map(({ path }) => path))
  const missing = fields.filter((field) => field.required && field.default === undefined && (values[field.name] ?? null) === null && !told.has(`${part}.${field.name}`))
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
