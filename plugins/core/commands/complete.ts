import type { EntityDefinition, FieldDefinition } from '../../../config/language/entity.ts'
import type { Finding } from '../../../config/language/refusal.ts'
import type { Row } from '../data/store.ts'
import { failInput } from '../errors.ts'
import type { Draft } from '../platform/plugin.ts'
import { usersEntity } from '../users/users-entity.ts'
import type { CommandContext } from './context.ts'
import { brokenUnits } from './unit-decimals.ts'

/**
 * Lets the entity's behaviour fill in and compute. Where it stumbles over a value that is not there, what is required and
 * empty is told instead.
 */
export async function prepareDraft(context: CommandContext, entity: EntityDefinition, draft: Draft): Promise<void> {
  try {
    await context.platform.behaviours.get(entity.slug)?.prepare?.(context, draft)
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error
    const findings = rowsOf(context, entity, draft).flatMap(({ entity: of, row, path }) => emptyRequired(of, row, path, ({ readOnly }) => !readOnly))
    if (findings.length > 0) failInput(findings)
    throw error
  }
}

/** Refuses a draft whose required fields are empty, whose relations lead nowhere, or whose unique values are taken. */
export async function requireComplete(context: CommandContext, entity: EntityDefinition, draft: Draft): Promise<void> {
  const rows = rowsOf(context, entity, draft)
  const findings = [
    ...rows.flatMap(({ entity: of, row, path }) => emptyRequired(of, row, path)),
    ...(await brokenRelations(context, rows, entity)),
    ...(await brokenUnits(context, rows)),
    ...(await takenValues(context, entity, draft)),
  ]
  if (findings.length > 0) failInput(findings)
}

type PathRow = { entity: EntityDefinition; row: Row; path: string }

function rowsOf(context: CommandContext, entity: EntityDefinition, draft: Draft): PathRow[] {
  const lineEntity = entity.lines && context.entity(entity.lines.entity)
  return [
    { entity, row: draft.document, path: '' },
    ...draft.lines.map((row, index) => ({ entity: lineEntity ?? entity, row, path: `lines.${index}.` })),
  ]
}

function emptyRequired(entity: EntityDefinition, row: Row, path: string, concerns: (field: FieldDefinition) => boolean = () => true): Finding[] {
  return entity.fields
    .filter((field) => field.required && concerns(field) && isEmpty(row[field.name]) && !waitsForSource(field, row))
    .map((field) => finding('required', path + field.name, {
      en: `${field.label.en} is required.`, zh: `请填写${field.label.zh}。`,
    }))
}

/** What another field brings is not asked for while that one is empty, which is told. */
const waitsForSource = ({ filledFrom }: FieldDefinition, row: Row): boolean => filledFrom !== undefined && isEmpty(row[filledFrom])

/** One query for each entity referred to, however many rows. */
async function brokenRelations(context: CommandContext, rows: readonly PathRow[], owner: EntityDefinition): Promise<Finding[]> {
  const references = rows.flatMap(({ entity, row, path }) =>
    entity.fields
      .filter((field) => field.type === 'relation' && field.to && !isEmpty(row[field.name]))
      .filter((field) => !(entity.kind === 'line' && field.name === owner.lines?.parentField))
      .flatMap((field) => idsOf(row[field.name]).map((id) => ({ field, id, path: path + field.name }))),
  )
  const findings: Finding[] = []
  for (const to of new Set(references.map(({ field }) => field.to as string))) {
    const wanted = references.filter(({ field }) => field.to === to)
    const found = await context.store.byIds(to, wanted.map(({ id }) => id))
    const { label } = to === usersEntity.slug ? usersEntity : context.entity(to)
    for (const { field, id, path } of wanted) {
      if (found.has(id)) continue
      findings.push(finding('unknownReference', path, {
        en: `${field.label.en}: there is no ${label.en.toLowerCase()} "${id}". Choose an existing one.`,
        zh: `${field.label.zh}：不存在${label.zh}“${id}”，请选择已有的记录。`,
      }))
    }
  }
  return findings
}

async function takenValues(context: CommandContext, entity: EntityDefinition, { document, previous }: Draft): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const field of entity.fields.filter(({ unique }) => unique)) {
    const value = document[field.name]
    if (isEmpty(value) || value === previous?.[field.name]) continue
    const other = await context.store.findOne(entity.slug, { [field.name]: { equals: value }, id: { not_equals: document.id } })
    if (other) {
      findings.push(finding('taken', field.name, {
        en: `${field.label.en} "${String(value)}" is already used. Choose another.`,
        zh: `${field.label.zh}“${String(value)}”已被使用，请更换。`,
      }))
    }
  }
  return findings
}

const finding = (code: string, path: string, message: Finding['message']): Finding => ({ code, path, severity: 'error', message })
const isEmpty = (value: unknown) => value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
const idsOf = (value: unknown): string[] => (Array.isArray(value) ? value : [value]).filter((id): id is string => typeof id === 'string')

