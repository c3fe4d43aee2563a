import type { Finding } from '../../../config/language/refusal.ts'
import type { Text } from '../../../config/language/text.ts'
import { can } from '../access/can.ts'
import { draftDocuments, type Drafted, type NewDocument } from '../commands/create.ts'
import type { CommandContext } from '../commands/context.ts'
import { draftEdit, linesOf, type DocumentChange } from '../commands/edit.ts'
import { rehearsed } from '../commands/rehearse.ts'
import { rememberReads } from '../data/remember-reads.ts'
import { keyOf, uniqueKeys } from '../data/unique-keys.ts'
import type { Row } from '../data/store.ts'
import { DecimalOverflowError } from '../engine/decimal.ts'
import { ProblemError, RetryCommand } from '../errors.ts'
import type { RowGroup } from './group-rows.ts'
import type { ImportPlan, PlannedColumn } from './import-plan.ts'
import type { ImportProblem } from './import-record.ts'
import { columnAt, namedIn, problemAt, readGroup, type Reading } from './read-group.ts'
import type { Lookup } from './relation-lookup.ts'
import type { Elsewhere } from './split-documents.ts'
import { isUnchanged } from './unchanged.ts'

/** Unique values of earlier rows of the file that were found good, with the row that has each. */
export type EarlierRows = {
  readonly rowOf: (text: string) => number | undefined
  /** Asked first, with the keys of a batch and the documents that they name already. */
  readonly load?: (context: CommandContext, batch: { readonly keys: readonly string[]; readonly documents: readonly string[] }) => Promise<void>
}

export type Judged =
  | { readonly kind: 'create'; readonly reading: Reading; readonly drafted: Drafted }
  | { readonly kind: 'update'; readonly reading: Reading; readonly id: string; readonly change: DocumentChange }
  | { readonly kind: 'skip'; readonly reading: Reading }
  /** The document is as the rows say already. */
  | { readonly kind: 'unchanged'; readonly reading: Reading; readonly id: string; readonly version: number }
  | { readonly kind: 'bad'; readonly reading: Reading }

type Batch = { readonly plan: ImportPlan; readonly groups: readonly RowGroup[]; readonly lookup: Lookup; readonly earlier: EarlierRows; readonly elsewhere: Elsewhere }

/**
 * What becomes of each document of a batch, with everything that is wrong: the same for the dry run and for the run. Nothing
 * is stored. Of what is bad every row says so.
 */
export async function judgeBatch(inCommand: CommandContext, { plan, groups, lookup, earlier, elsewhere }: Batch): Promise<{ readonly judged: readonly Judged[]; readonly problems: readonly ImportProblem[] }> {
  // Several rules ask the same about the same rows; nothing is written meanwhile.
  const context = { ...inCommand, store: rememberReads(inCommand.store) }
  const readings = await readGroups(context, { plan, groups, lookup })
  const found = await existingDocuments(context, plan, readings)
  await earlier.load?.(context, { keys: readings.map(({ group }) => group.key).filter((text) => text !== ''), documents: [...found.values()].flat() })
  const inBatch = new Map<string, number>()
  for (const reading of readings) repeatedValues({ plan, reading, earlier, elsewhere, inBatch, isThere: (found.get(reading)?.length ?? 0) > 0 })
  const judged = new Map<Reading, Judged>()
  const fresh: Reading[] = []
  for (const reading of readings) {
    const ids = found.get(reading) ?? []
    if (ids.length === 0) fresh.push(reading)
    else if (ids.length > 1) fault(plan, reading, plan.key?.field.path ?? '', severalThere)
    else if (plan.record.matching.existing === 'refuse') fault(plan, reading, plan.key?.field.path ?? '', isThere(plan))
    else if (plan.record.matching.existing === 'skip' && reading.problems.length === 0) judged.set(reading, { kind: 'skip', reading })
    else if (plan.record.matching.existing === 'update') {
      const edit = await editOf(context, { plan, reading, id: ids[0] ?? '' })
      if (edit && reading.problems.length === 0) judged.set(reading, edit)
    }
  }
  await takenIds(context, plan, fresh)
  await takenNumbers(context, plan, fresh)
  const sound = fresh.filter(({ problems }) => problems.length === 0)
  const drafted = await draftDocuments(context, plan.entity.slug, sound.map((reading) => newDocument(plan, context, reading)))
  drafted.forEach((one, index) => {
    const reading = sound[index] as Reading
    if (one.fault === undefined && one.findings.length === 0) judged.set(reading, { kind: 'create', reading, drafted: one })
    else tellFindings(plan, reading, [...findingsOf(one.fault), ...one.findings])
  })
  await alsoWrong(context, plan, fresh.filter((reading) => !sound.includes(reading)))
  const all = readings.map((reading): Judged => judged.get(reading) ?? { kind: 'bad', reading })
  return { judged: all, problems: all.flatMap(problemsOf) }
}

async function readGroups(context: CommandContext, { plan, groups, lookup }: Omit<Batch, 'earlier' | 'elsewhere'>): Promise<Reading[]> {
  const wanted = new Map<string, { entity: string; by: string; texts: string[] }>()
  const placeOf = ({ field, by = 'id' }: PlannedColumn) => `${field.relation?.entity ?? ''} ${by}`
  for (const { column, text } of groups.flatMap((group) => namedIn(plan, group))) {
    const known = wanted.get(placeOf(column)) ?? { entity: column.field.relation?.entity ?? '', by: column.by ?? 'id', texts: [] }
    known.texts.push(text)
    wanted.set(placeOf(column), known)
  }
  const answers = new Map<string, Awaited<ReturnType<Lookup>>>()
  for (const [place, question] of wanted) answers.set(place, await lookup(context, question))
  return groups.map((group) => readGroup(plan, group, (column, text) => answers.get(placeOf(column))?.(text) ?? 'none'))
}

/** Ids of the documents that a row's key names; several where the key is none of its own. */
async function existingDocuments(context: CommandContext, { key, entity }: ImportPlan, readings: readonly Reading[]): Promise<Map<Reading, string[]>> {
  const result = new Map<Reading, string[]>()
  if (!key) return result
  const name = key.field.definition.name
  const valueOf = ({ values }: Reading) => values[name] as string | number | null | undefined
  const wanted = [...new Set(readings.map(valueOf).filter((value) => value !== null && value !== undefined && value !== ''))]
  const byValue = new Map<unknown, string[]>()
  for (let from = 0; from < wanted.length; from += 500) {
    for (const row of (await context.store.find<string>(entity.slug, { where: { and: [{ [name]: { in: wanted.slice(from, from + 500) } }] } })) as Row[]) {
      byValue.set(row[name], [...(byValue.get(row[name]) ?? []), row.id])
    }
  }
  for (const reading of readings) result.set(reading, byValue.get(valueOf(reading)) ?? [])
  return result
}

type Repeated = { readonly plan: ImportPlan; readonly reading: Reading; readonly earlier: EarlierRows; readonly elsewhere: Elsewhere; readonly inBatch: Map<string, number>; readonly isThere: boolean }

/** Two rows of one file cannot both have a value that only one record may have. The first one has it. */
function repeatedValues({ plan, reading, earlier, elsewhere, inBatch, isThere: exists }: Repeated): void {
  const apart = elsewhere(reading.group)
  for (const { text, path } of uniqueTexts(plan, reading)) {
    const isApart = apart !== undefined && path === plan.key?.field.path
    const row = isApart ? apart : earlier.rowOf(text) ?? inBatch.get(text)
    // What is skipped does no harm twice.
    if (row !== undefined && exists && plan.record.matching.existing === 'skip') continue
    if (row !== undefined) fault(plan, reading, path, isApart ? apartFrom(row) : sameAsRow(row))
    else inBatch.set(text, reading.group.rows[0]?.row ?? 0)
  }
}

/** What a document has that no other of the file may have: its key, and its unique values as far as the file gives them. */
export function uniqueTexts({ entity, key }: Pick<ImportPlan, 'entity' | 'key'>, { group, values }: Reading): { readonly text: string; readonly path: string }[] {
  const number = entity.numbering && key?.field.path !== 'number' && typeof values.number === 'string' && values.number !== '' ? [{ text: `number ${values.number}`, path: 'number' }] : []
  const keyText = key && group.key !== '' ? [{ text: keyTextOf(group.key), path: key.field.path }] : []
  return [...keyText, ...number, ...uniqueKeys(entity).flatMap((fields) => {
    const text = keyOf(fields, values)
    return text === undefined || (fields.length === 1 && fields[0] === key?.field.path) ? [] : [{ text: `${fields.join()} ${text}`, path: fields.at(-1) ?? '' }]
  })]
}

export const keyTextOf = (key: string): string => `key ${key}`

/** Ids that the file brings are free, and were never another document's. */
async function takenIds({ store }: CommandContext, plan: ImportPlan, readings: readonly Reading[]): Promise<void> {
  const given = readings.filter(({ values }) => typeof values.id === 'string')
  if (given.length === 0) return
  const ids = given.map(({ values }) => values.id as string)
  const used = new Set((await store.byIds<string>(plan.entity.slug, ids)).keys())
  for (const { documentId } of await store.find('history', { where: { and: [{ documentId: { in: ids } }, { entity: { equals: plan.entity.slug } }] } })) used.add(documentId)
  for (const reading of given) if (used.has(reading.values.id as string)) fault(plan, reading, 'id', idTaken)
}

/** A document's number is its own, though no index says so. */
async function takenNumbers({ store }: CommandContext, plan: ImportPlan, readings: readonly Reading[]): Promise<void> {
  const given = plan.entity.numbering && keepsNumber(plan.entity) ? readings.filter(({ values }) => typeof values.number === 'string' && values.number !== '') : []
  for (let from = 0; from < given.length; from += 500) {
    const slice = given.slice(from, from + 500)
    const rows = (await store.find<string>(plan.entity.slug, { where: { number: { in: slice.map(({ values }) => values.number) } } })) as Row[]
    const used = new Set(rows.map(({ number }) => number))
    for (const reading of slice) if (used.has(reading.values.number)) fault(plan, reading, 'number', numberTaken)
  }
}

function newDocument({ entity, record, key }: ImportPlan, context: CommandContext, { values, lines }: Reading): NewDocument {
  const given = { ...values }
  if (key?.field.path === 'number' && !keepsNumber(entity)) delete given.number
  // A cell that says "(empty)" gives null: nobody owns it.
  if (given.owner === undefined && context.actor.id !== 'system' && entity.fields.some(({ name }) => name === 'owner')) given.owner = context.actor.id
  return { values: given, ...(entity.lines ? { lines } : {}), isEntered: true, reason: `${record.number} · ${record.fileName}` }
}

/** Masters' numbers are fields of theirs; documents keep the number of the file where the law does not ask for a series without gaps. */
export const keepsNumber = ({ numbering }: ImportPlan['entity']): boolean => !numbering || (numbering.gapless !== true && (numbering.at ?? 'create') === 'create')

/** What a row changes of the document that is there; its problems where it may not. */
async function editOf(context: CommandContext, { plan, reading, id }: { readonly plan: ImportPlan; readonly reading: Reading; readonly id: string }): Promise<Judged | undefined> {
  const { entity, key, lines: lineColumns, record } = plan
  const { allowed, own } = can(context.actor, 'edit', entity)
  const document = (await context.store.get(entity.slug, id)) as Row | undefined
  if (!document || !allowed || (own && document.owner !== context.actor.id)) {
    fault(plan, reading, key?.field.path ?? '', notYours)
    return undefined
  }
  const values = Object.fromEntries(Object.entries({ ...reading.values, ...Object.fromEntries(reading.emptied.map((name) => [name, null])) }).filter(([name]) => name !== 'id' && name !== 'number' && name !== key?.field.path))
  const before = lineColumns.length > 0 ? await linesOf(context, entity, id) : []
  const lines = lineColumns.length > 0 ? reading.lines.map((line, index) => (before[index] ? { ...line, id: before[index].id } : line)) : undefined
  const change: DocumentChange = { values, ...(lines ? { lines } : {}), isEntered: true, reason: `${record.number} · ${record.fileName}` }
  if (reading.problems.length > 0) return undefined
  try {
    const draft = await draftEdit(rehearsed(context), entity.slug, id, change)
    return isUnchanged(draft) ? { kind: 'unchanged', reading, id, version: Number(document.version) } : { kind: 'update', reading, id, change }
  } catch (error) {
    tellFindings(plan, reading, findingsOf(error))
    return undefined
  }
}

/** What else is wrong with rows whose cells are: told at once, as far as it does not follow from that. */
async function alsoWrong(context: CommandContext, plan: ImportPlan, readings: readonly Reading[]): Promise<void> {
  if (readings.length === 0) return
  const drafted = await draftDocuments(rehearsed(context), plan.entity.slug, readings.map((reading) => newDocument(plan, context, reading)))
  drafted.forEach(({ fault: thrown, findings }, index) => {
    const reading = readings[index] as Reading
    const known = [...findings, ...(thrown instanceof ProblemError ? findingsOf(thrown) : [])]
    tellFindings(plan, reading, known.filter(({ path, code }) => path !== '' && !reading.wrong.has(path) && code !== 'import.thrown'))
  })
}

/** An error as findings. @throws what is not about the input: conflicts run again, faults are ours */
function findingsOf(error: unknown): Finding[] {
  if (error === undefined) return []
  if (error instanceof DecimalOverflowError) return [{ code: 'tooLarge', path: '', severity: 'error', message: tooLarge }]
  if (!(error instanceof ProblemError) || error instanceof RetryCommand || error.problem.status >= 500) throw error
  const { findings = [], refusals = [], message } = error.problem
  const told = [...findings, ...refusals.map(({ code, message: why, path = '' }): Finding => ({ code, path, severity: 'error', message: why }))]
  return told.length > 0 ? told : [{ code: 'import.thrown', path: '', severity: 'error', message }]
}

function tellFindings(plan: ImportPlan, reading: Reading, findings: readonly Finding[]): void {
  for (const { path, message } of findings) fault(plan, reading, path, message)
}

/** Notes what is wrong at a field, which may be one of a line (`lines.2.part`). */
function fault({ head, lines }: ImportPlan, reading: Reading, path: string, message: Text): void {
  const [, index, name] = /^lines\.(\d+)\.?(.*)$/.exec(path) ?? []
  const told = index === undefined ? columnAt(head, path, message) : columnAt(lines, name ?? '', message)
  reading.problems.push(problemAt(reading.group, { at: index === undefined ? 0 : (reading.lineRows[Number(index)] ?? 0), ...told }))
  reading.wrong.add(path)
}

/** In the order of the rows and columns; a row of a bad document that has no problem of its own says which one has. */
function problemsOf({ kind, reading: { problems, group } }: Judged): ImportProblem[] {
  if (kind !== 'bad') return []
  const bad = new Set(problems.map(({ row }) => row))
  const [first] = [...bad].sort((a, b) => a - b)
  const others = group.rows.flatMap(({ row }, at) => (bad.has(row) ? [] : [problemAt(group, { at, column: null, message: withRow(first ?? 0) })]))
  return [...problems, ...others].sort((a, b) => a.row - b.row || (a.column ?? -1) - (b.column ?? -1))
}

const sameAsRow = (row: number): Text => ({
  en: `Row ${row} of the file has the same. Give this one a value of its own, or remove it.`, zh: `与文件第 ${row} 行重复，请改用其他值，或删除该行。`,
})
const apartFrom = (row: number): Text => ({
  en: `Row ${row} belongs to the same document. The rows of a document must stand together, so none of it is brought in: sort the file by this column.`,
  zh: `第 ${row} 行属于同一单据。同一单据的行须连续排列，因此整张单据不予导入，请按此列排序后重新导入。`,
})
const withRow = (row: number): Text => ({
  en: `Row ${row} of the same document has a problem, so none of it is brought in.`, zh: `同一单据的第 ${row} 行有问题，整张单据不予导入。`,
})
const isThere = ({ entity }: ImportPlan): Text => ({
  en: `There is a ${entity.label.en.toLowerCase()} with this key already. Choose to skip or change those that are there, or remove the row.`,
  zh: `已存在相同键值的${entity.label.zh}。请选择跳过或更新已有数据，或删除该行。`,
})
const severalThere: Text = { en: 'Several records have this key, so it is not clear which one is meant. Match by another field.', zh: '有多条记录使用此键值，无法确定对应哪一条，请改用其他匹配字段。' }
const notYours: Text = { en: 'It is there already, and your roles do not let you change it. Remove the row, or ask the owner.', zh: '该记录已存在，您的角色无权修改。请删除该行，或联系负责人。' }
const idTaken: Text = { en: 'This id is or was that of another record. Leave it out, and a new one is made.', zh: '此 id 已被使用过。请留空，由系统生成。' }
const numberTaken: Text = { en: 'A document with this number is there already. Leave the number out, and the next one is given.', zh: '已存在此编号的单据。请留空，由系统编号。' }
const tooLarge: Text = { en: 'A figure or a total becomes too large to be kept exactly. Enter smaller quantities or prices, or split the document.', zh: '某项数值或合计过大，无法精确保存。请减小数量或单价，或拆分单据。' }
