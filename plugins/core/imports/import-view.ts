import type { PayloadRequest, Where } from 'payload'
import type { FieldDefinition } from '../../../config/language/entity.ts'
import type { Text } from '../../../config/language/text.ts'
import type { EntityDefinition } from '../../../config/language/entity.ts'
import type { Actor } from '../access/actor.ts'
import { can, requireRight } from '../access/can.ts'
import { actorOfRequest } from '../access/collection-hooks.ts'
import { isDecimal } from '../commands/defaults.ts'
import { openStore } from '../data/open-store.ts'
import { failQuestion } from '../errors.ts'
import { surroundingsOf } from '../operations/surroundings.ts'
import { platformOf } from '../platform/platform.ts'
import { exists, importFolder } from './import-files.ts'
import { importFields, type ImportField } from './import-fields.ts'
import { importRecord, type ImportRecord } from './import-record.ts'
import { refusalOf, type ImportAction } from './what-may-happen.ts'

/** Everything that a screen shows of an import. */
export async function importView(req: PayloadRequest, actor: Actor, record: ImportRecord): Promise<Record<string, unknown>> {
  const { payload } = req
  const entity = platformOf(payload).entities.get(record.entity)
  const { owner, apiKey: _, headersKey: __, lastRow: ___, position: ____, ...shown } = record
  const names = await namesOf(req, [owner])
  const hasFile = record.status === 'reading' || (await exists(importFolder(surroundingsOf(payload).dataDir, record.id).rows))
  const fields = entity ? importFields(platformOf(payload), actor, entity) : []
  return {
    ...shown,
    options: { ...record.options, isMarkGuessed: (record.options.isMarkGuessed ?? false) && couldBeEither(record, fields) },
    entityLabel: entity?.label, entityLabels: entity?.labels,
    createdBy: { id: owner, name: names.get(owner) ?? owner },
    fields: fields.map(shownField),
    progress: progressOf(record), rowsPerSecond: speedOf(record),
    can: Object.fromEntries((['change', 'check', 'run', 'pause', 'resume', 'cancel', 'undo'] as const).map((action) => [action, mayOf(record, action, hasFile)])),
  }
}

/** Whether nothing that fills a field of numbers says which decimal mark the file has. */
function couldBeEither({ columns, mapping }: ImportRecord, fields: readonly ImportField[]): boolean {
  const numbers = new Set(fields.filter(({ definition }) => isDecimal(definition) || definition.type === 'integer').map(({ path }) => path))
  const figures = columns.filter(({ index }) => numbers.has(mapping[index]?.field ?? '')).map((column) => column.figures)
  return figures.includes('either') && !figures.includes('clear')
}

const parameters = ['entity', 'page', 'limit'] as const

/** One's own imports, the newest first; who reads them all (the owner) sees all. */
export async function importList(req: PayloadRequest): Promise<Record<string, unknown>> {
  const actor = await actorOfRequest(req)
  const { entities } = platformOf(req.payload)
  const imports = entities.get('imports') as EntityDefinition
  requireRight(actor, 'read', imports)
  const { own } = can(actor, 'read', imports)
  const unknown = [...askedOf(req).keys()].find((name) => !parameters.some((known) => known === name))
  if (unknown !== undefined) failQuestion(unknown.slice(0, 60), { en: `"${unknown.slice(0, 60)}" is not a parameter of the list of imports. Use ${parameters.join(', ')}.`, zh: `“${unknown.slice(0, 60)}”不是导入列表的参数。可用：${parameters.join('、')}。` })
  const [page, limit] = [wholeOf(req, 'page', 1, 1_000_000), wholeOf(req, 'limit', 25, 100)]
  const wanted = askedOf(req).get('entity')
  const importable = [...entities.values()].filter((entity) => can(actor, 'import', entity).allowed).map(({ slug }) => slug)
  const where: Where = { and: [
    { entity: { in: importable.filter((slug) => wanted === null || slug === wanted) } },
    ...(own ? [{ owner: { equals: actor.id } }] : []),
  ] }
  const store = openStore(req.payload)
  const rows = await store.find('imports', { where, sort: ['-createdAt', '-id'], limit, page })
  const names = await namesOf(req, rows.map(({ owner }) => owner))
  return {
    docs: rows.map(importRecord).map(({ id, number, entity, status, fileName, counts, owner, createdAt, endedAt, error }) => ({
      id, number, entity, entityLabel: entities.get(entity)?.labels, status, fileName, counts, error, createdBy: { id: owner, name: names.get(owner) ?? owner }, createdAt, endedAt: endedAt ?? null,
    })),
    page, limit, totalDocs: await store.count('imports', where),
  }
}

export const askedOf = (req: PayloadRequest): URLSearchParams => new URL(req.url ?? '/', 'http://localhost').searchParams

/** A whole number from 1 in the address. @throws 400 for anything else */
export function wholeOf(req: PayloadRequest, name: string, usual: number, most: number): number {
  const asked = askedOf(req).get(name)
  if (asked === null || asked === '') return usual
  if (/^[1-9]\d{0,6}$/.test(asked) && Number(asked) <= most) return Number(asked)
  return failQuestion(name, { en: `${name} must be a whole number from 1 to ${most}.`, zh: `${name} 须为 1 至 ${most} 的整数。` })
}

async function namesOf({ payload }: PayloadRequest, ids: readonly string[]): Promise<Map<string, string>> {
  const users = await openStore(payload).byIds<string>('users', ids)
  return new Map([...users].map(([id, user]) => [id, typeof user.name === 'string' && user.name !== '' ? user.name : String(user.email)]))
}

function shownField({ path, group, label, definition, isKey, relation }: ImportField): Record<string, unknown> {
  const { type, required = false, options, help, many, default: usual } = definition
  return { path, group, label, type: typeOf(definition, type), required: required && usual === undefined && !definition.givenWhenEmpty, isKey, ...(help ? { help } : {}), ...(options ? { options } : {}), ...(many ? { many } : {}), ...(relation ? { relation } : {}) }
}

const typeOf = ({ readOnly }: FieldDefinition, type: string): string => (readOnly ? 'key' : type)

function mayOf(record: ImportRecord, action: ImportAction, hasFile: boolean): true | Text {
  if (!hasFile && action !== 'cancel' && action !== 'undo') return fileGone
  return refusalOf(record, action) ?? true
}

const fileGone: Text = { en: 'The file of this import is no longer kept. Upload it again for another import.', zh: '此导入的文件已不再保留，请重新上传。' }

const workedOn: ReadonlySet<string> = new Set(['checking', 'running', 'paused'])

function progressOf({ status, counts }: ImportRecord): number | null {
  if (!workedOn.has(status) || !counts.rows) return null
  return Math.min(1, counts.read / counts.rows)
}

function speedOf({ status, counts, startedAt, endedAt }: ImportRecord): number | null {
  if (!startedAt || (status !== 'running' && status !== 'done') || counts.read === 0) return null
  const milliseconds = (endedAt ? Date.parse(endedAt) : Date.now()) - Date.parse(startedAt)
  return milliseconds > 0 ? Math.round((counts.read / milliseconds) * 1000) : null
}

