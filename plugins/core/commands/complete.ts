import type { EntityDefinition, FieldDefinition } from '../../../config/language/entity.ts'
import type { Finding } from '../../../config/language/refusal.ts'
import type { Row } from '../data/store.ts'
import { documentsHolding, keyOf, uniqueKeys } from '../data/unique-keys.ts'
import { numbered } from '../entities/master-numbers.ts'
import { failInput } from '../errors.ts'
import { applyForm } from '../forms/apply-form.ts'
import type { Draft } from '../platform/plugin.ts'
import { usersEntity } from '../users/users-entity.ts'
import type { CommandContext } from './context.ts'
import { takeFiles } from './file-values.ts'
import { outsideFilters, type FilteredRow } from './relation-filters.ts'
import { takeLookups } from './lookups.ts'
import { takeSignatures } from './signatures.ts'
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

/** Lets the entity's behaviours fill in what they give to many drafts at once; before each is prepared. */
export async function fillDrafts(context: CommandContext, entity: EntityDefinition, drafts: readonly Draft[]): Promise<void> {
  await context.platform.behaviours.get(entity.slug)?.fill?.(context, drafts)
  for (const { name, type, prefix = '', retired } of entity.fields) {
    if (type === 'sequence' && !retired) await numbered({ entity: entity.slug, field: name, prefix, key: `${entity.slug}.${name}` }).fill?.(context, drafts)
  }
}

/** Refuses a draft whose required fields are empty, whose relations lead nowhere, or whose unique values are taken. */
export async function requireComplete(context: CommandContext, entity: EntityDefinition, draft: Draft): Promise<void> {
  const [findings = []] = await incompleteDrafts(context, entity, [draft])
  if (findings.length > 0) failInput(findings)
}

/**
 * Lets the form's rules compute, clear and give values, then tells what they refuse, what is missing, leads nowhere or is taken in each
 * draft, in a bounded number of queries. Of two with the same unique value the first one has it.
 */
export async function incompleteDrafts(context: CommandContext, entity: EntityDefinition, drafts: readonly Draft[]): Promise<Finding[][]> {
  await takeLookups(context, drafts.flatMap((draft) => rowsOf(context, entity, draft)))
  const entered = drafts.flatMap((draft, of) => filteredRows(context, entity, draft).map((row) => ({ ...row, of })))
  const files = await takeFiles(context, entered)
  const signatures = takeSignatures(context, entered)
  const ruled = await ruledDrafts(context, entity, drafts)
  const rows = drafts.flatMap((draft, of) => rowsOf(context, entity, draft).map((row) => ({ ...row, of })))
  const found = [
    ...ruled,
    ...rows.flatMap(({ of, entity: own, row, path }) => emptyRequired(own, row, path).map((one): Found => ({ of, finding: one }))),
    ...(await brokenRelations(context, rows, entity)),
    ...[...files, ...signatures, ...(await outsideFilters(context, entered))].map(({ row, finding: one }): Found => ({ of: row.of, finding: one })),
    ...(await brokenUnits(context, rows)),
    ...(await takenValues(context, entity, drafts)),
  ]
  const findings = drafts.map((): Finding[] => [])
  for (const { of, finding: one } of found) findings[of]?.push(one)
  return findings
}

async function ruledDrafts(context: CommandContext, entity: EntityDefinition, drafts: readonly Draft[]): Promise<Found[]> {
  const lineEntity = entity.lines && context.entity(entity.lines.entity)
  if (!context.platform.forms.has(entity.slug) && !(lineEntity && context.platform.forms.has(lineEntity.slug))) return []
  const found: Found[] = []
  for (const [of, { document, previous, lines, previousLines, entered }] of drafts.entries()) {
    for (const one of await applyForm(context, { entity, row: document, previous, entered: entered?.document })) found.push({ of, finding: one })
    if (!lineEntity) continue
    const old = new Map(previousLines?.map((line) => [line.id, line]))
    for (const [index, row] of lines.entries()) {
      const wrong = await applyForm(context, { entity: lineEntity, row, head: document, previous: old.get(row.id), entered: entered?.lines[index] })
      for (const one of wrong) found.push({ of, finding: { ...one, path: `lines.${index}.${one.path}` } })
    }
  }
  return found
}

/** A finding about one of several drafts, by its place among them. */
type Found = { readonly of: number; readonly finding: Finding }

type PathRow = { entity: EntityDefinition; row: Row; path: string }
type PlacedRow = PathRow & { readonly of: number }

function rowsOf(context: CommandContext, entity: EntityDefinition, draft: Draft): PathRow[] {
  const lineEntity = entity.lines && context.entity(entity.lines.entity)
  return [
    { entity, row: draft.document, path: '' },
    ...draft.lines.map((row, index) => ({ entity: lineEntity ?? entity, row, path: `lines.${index}.` })),
  ]
}

/** The rows of a draft with what stood before and what someone has entered. */
function filteredRows(context: CommandContext, entity: EntityDefinition, draft: Draft): FilteredRow[] {
  const old = new Map(draft.previousLines?.map((line) => [line.id, line]))
  return rowsOf(context, entity, draft).map((row, index) => ({
    ...row, before: index === 0 ? draft.previous : old.get(row.row.id), entered: index === 0 ? draft.entered?.document : draft.entered?.lines[index - 1],
  }))
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
async function brokenRelations(context: CommandContext, rows: readonly PlacedRow[], owner: EntityDefinition): Promise<Found[]> {
  const references = rows.flatMap(({ of, entity, row, path }) =>
    entity.fields
      .filter((field) => field.type === 'relation' && field.to && !isEmpty(row[field.name]))
      .filter((field) => !(entity.kind === 'line' && field.name === owner.lines?.parentField))
      .flatMap((field) => idsOf(row[field.name]).map((id) => ({ of, field, id, path: path + field.name }))),
  )
  const findings: Found[] = []
  for (const to of new Set(references.map(({ field }) => field.to as string))) {
    const wanted = references.filter(({ field }) => field.to === to)
    const found = await context.store.byIds(to, wanted.map(({ id }) => id))
    const { label } = to === usersEntity.slug ? usersEntity : context.entity(to)
    for (const { of, field, id, path } of wanted) {
      if (found.has(id)) continue
      findings.push({ of, finding: finding('unknownReference', path, {
        en: `${field.label.en}: there is no ${label.en.toLowerCase()} "${id}". Choose an existing one.`,
        zh: `${field.label.zh}：不存在${label.zh}“${id}”，请选择已有的记录。`,
      }) })
    }
  }
  return findings
}

async function takenValues(context: CommandContext, entity: EntityDefinition, drafts: readonly Draft[]): Promise<Found[]> {
  const changed = drafts.map(({ document, previous }) => uniqueKeys(entity).filter((fields) =>
    keyOf(fields, document) !== undefined && (!previous || keyOf(fields, document) !== keyOf(fields, previous))))
  const holder = await documentsHolding(context.store, { entity, rows: drafts.filter((_, of) => changed[of]?.length).map(({ document }) => document) })
  const given = new Map<string, string>()
  return drafts.flatMap(({ document }, of) => (changed[of] ?? []).flatMap((fields): Found[] => {
    const key = `${fields.join()} ${keyOf(fields, document) ?? ''}`
    const others = holder(fields, document).filter((id) => id !== document.id)
    const isTaken = others.length > 0 || given.has(key)
    given.set(key, document.id)
    if (!isTaken) return []
    const labels = fields.map((name) => entity.fields.find((field) => field.name === name)?.label ?? { en: name, zh: name })
    const path = fields.at(-1) ?? ''
    const value = fields.length === 1 ? String(document[path]) : undefined
    return [{ of, finding: finding('taken', path, {
      en: value === undefined ? `There is one with the same ${labels.map(({ en }) => en.toLowerCase()).join(', ')} already. Change that one, or choose other values.` : `${labels[0]?.en} "${value}" is already used. Choose another.`,
      zh: value === undefined ? `已存在${labels.map(({ zh }) => zh).join('、')}相同的记录。请修改该记录，或更换取值。` : `${labels[0]?.zh}“${value}”已被使用，请更换。`,
    }) }]
  }))
}

const finding = (code: string, path: string, message: Finding['message']): Finding => ({ code, path, severity: 'error', message })
const isEmpty = (value: unknown) => value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
const idsOf = (value: unknown): string[] => (Array.isArray(value) ? value : [value]).filter((id): id is string => typeof id === 'string')

