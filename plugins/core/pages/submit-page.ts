import type { Payload } from 'payload'
import type { EntityDefinition, FieldDefinition } from '../../../config/language/entity.ts'
import type { Finding } from '../../../config/language/refusal.ts'
import type { Text } from '../../../config/language/text.ts'
import type { Actor } from '../access/actor.ts'
import { can, requireRight } from '../access/can.ts'
import { ownedBy } from '../access/own-rows.ts'
import { runCommand } from '../commands/run-command.ts'
import { openStore } from '../data/open-store.ts'
import type { Row } from '../data/store.ts'
import { keyFieldOf } from '../entities/key-field.ts'
import { fail, failInput, ProblemError } from '../errors.ts'
import { platformOf } from '../platform/platform.ts'
import { titleOf } from '../views/titles.ts'
import type { OpenPage } from './open-pages.ts'
import { uploaderBy } from './page-files.ts'
import { pageFieldNames } from './page-view.ts'

export type PageAnswer = { readonly id: string | null; readonly number: string | null; readonly thanks: Text }

/** What came by a page becomes a record, by the command that makes every other; its history names the page. */
export async function submitPage(payload: Payload, open: OpenPage, { actor, data, key }: { readonly actor: Actor; readonly data: unknown; readonly key: string | undefined }): Promise<PageAnswer> {
  const { slug, page, entity } = open
  const entered = askedOnly(open, data)
  const found = page.kind === 'shopFloor' ? await namedRecords(payload, { actor, entity, entered }) : entered
  const result = await runCommand(
    payload, actor,
    { action: 'create', entity: entity.slug, data: { ...found, ...page.given }, reason: `${page.title.en} · ${page.title.zh} (${slug})` },
    key === undefined ? {} : { idempotencyKey: key },
  ).catch((error: unknown) => {
    // Of one opening one record is made: whoever changes something and sends it again is told so in words of the page.
    if (error instanceof ProblemError && error.problem.code === 'idempotencyMismatch') fail('pageSent')
    if (error instanceof ProblemError && error.problem.findings) failInputOfPage(open, error)
    throw error
  })
  const told = (text: string) => text.replaceAll('{number}', result.number ?? '')
  return { id: result.id, number: result.number, thanks: { en: told(page.thanks.en), zh: told(page.thanks.zh) } }
}

/** Who enters by a public page: nobody that we know, who can do this and nothing else. `key`: of the stamp of this opening, whose files are its own. */
export const anyoneBy = ({ slug, entity }: OpenPage, language: Actor['language'], key: string): Actor => ({
  id: `page:${slug}`, name: 'Public page · 公开页面', roles: [], permissions: [{ entity: entity.slug, actions: ['create'] }], language, isAnyone: true, uploadsAs: uploaderBy(key),
})

/** What is wrong with a field that the page does not ask for can be mended by whoever made the page alone: it says so. */
function failInputOfPage(open: OpenPage, error: ProblemError): never {
  const asked = new Set(pageFieldNames(open))
  const labels = new Map(open.entity.fields.map(({ name, label }) => [name, label]))
  const isLacking = ({ path }: Finding) => { const [name = ''] = path.split('.'); return labels.has(name) && !asked.has(name) && !Object.hasOwn(open.page.given ?? {}, name) }
  const { findings = [] } = error.problem
  if (error.problem.code !== 'invalidInput' || !findings.some(isLacking)) throw error
  failInput(findings.map((one): Finding => {
    const label = isLacking(one) ? labels.get(one.path.split('.')[0] ?? '') : undefined
    return label ? { ...one, message: { en: `${one.message.en} This page does not ask for ${label.en}: tell whoever gave it to you.`, zh: `${one.message.zh}此页面没有“${label.zh}”，请告知页面提供方。` } } : one
  }))
}

type Entered = Readonly<Record<string, unknown>>

function askedOnly(open: OpenPage, data: unknown): Entered {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) failInput([finding('notAnObject', 'data', { en: 'data must be an object of the fields of this page.', zh: 'data 必须是此页面字段的对象。' })])
  const asked = new Set(pageFieldNames(open))
  const { offers } = open.page
  const findings = Object.entries(data).flatMap(([name, value]): Finding[] => {
    const shown = name.slice(0, 60)
    if (!asked.has(name)) return [finding('notAsked', shown, { en: `This page does not ask for "${shown}". Leave it out.`, zh: `此页面没有“${shown}”，请删去。` })]
    if (!offers || !Object.hasOwn(offers, name) || value === null || value === '' || value === undefined || offers[name]?.some((id) => id === value)) return []
    const label = open.entity.fields.find((field) => field.name === name)?.label ?? { en: name, zh: name }
    return [finding('notOffered', name, { en: `${label.en}: choose one of those that are offered.`, zh: `${label.zh}：请从所列选项中选择。` })]
  })
  if (findings.length > 0) failInput(findings)
  return data as Entered
}

/** On the shop floor a record is named by the code that stands on it: its number, its barcode or, as everywhere, its id. */
async function namedRecords(payload: Payload, { actor, entity, entered }: { readonly actor: Actor; readonly entity: EntityDefinition; readonly entered: Entered }): Promise<Entered> {
  const codes = entity.fields.filter((field) => field.type === 'relation' && !field.many && typeof entered[field.name] === 'string' && entered[field.name] !== '')
  const found = await Promise.all(codes.map(async (field) => [field, await recordByCode(payload, actor, field, String(entered[field.name]).trim())] as const))
  const missing = found.filter(([, id]) => id === undefined).map(([field]) => finding('unknownReference', field.name, {
    en: `${field.label.en}: there is nothing with the code "${String(entered[field.name]).slice(0, 60)}". Scan another one.`, zh: `${field.label.zh}：找不到编码“${String(entered[field.name]).slice(0, 60)}”，请扫描其他条码。`,
  }))
  if (missing.length > 0) failInput(missing)
  return { ...entered, ...Object.fromEntries(found.map(([{ name }, id]) => [name, id])) }
}

/** The record that a scanned code names, with what people call it; null: there is none, or several. */
export async function recordForScan(payload: Payload, open: OpenPage, { actor, field: name, code }: { readonly actor: Actor; readonly field: string; readonly code: string }): Promise<{ readonly id: string; readonly title: string } | null> {
  requireRight(actor, 'create', open.entity)
  const field = open.entity.fields.find((one) => one.name === name && one.type === 'relation')
  if (open.page.kind !== 'shopFloor' || !field?.to || !pageFieldNames(open).includes(name)) fail('pageUnknown')
  const id = await recordByCode(payload, actor, field, code.trim().slice(0, 200))
  const row = id === undefined ? undefined : (await openStore(payload).byIds(field.to, [id])).get(id) as Row | undefined
  return row ? { id: row.id, title: titleOf({ platform: platformOf(payload), actor, language: actor.language }, field.to, row).title } : null
}

async function recordByCode(payload: Payload, actor: Actor, { to = '' }: FieldDefinition, code: string): Promise<string | undefined> {
  const target = platformOf(payload).entities.get(to)
  const { allowed, own } = target ? can(actor, 'read', target) : { allowed: false, own: false }
  if (!target || !allowed) return code
  const keys = [...new Set([keyFieldOf(target), ...(target.fields.some(({ name }) => name === 'barcode') ? ['barcode'] : [])])]
  // A GTIN of 14 digits is printed with 13, 12 or 8 on what is sold one by one.
  const codes = /^0\d{13}$/.test(code) ? [code, code.slice(1), code.replace(/^0+/, '')] : [code]
  const rows = await openStore(payload).find(to, { where: { and: [{ or: [...keys, 'id'].map((name) => ({ [name]: { in: codes } })) }, ...(own ? [ownedBy(target, actor.id)] : [])] }, limit: 2 }) as Row[]
  return rows.length === 1 ? rows[0]?.id : undefined
}

const finding = (code: string, path: string, message: Text): Finding => ({ code, path, severity: 'error', message })
