import type { EntityDefinition } from '../../../config/language/entity.ts'
import type { Text } from '../../../config/language/text.ts'
import { exponentFor } from '../commands/create.ts'
import { decodeInput } from '../commands/input.ts'
import { newId, type CommandContext } from '../commands/context.ts'
import { allFields } from '../entities/system-fields.ts'
import type { Row } from '../data/store.ts'
import { documentsHolding, keyOf, uniqueKeys } from '../data/unique-keys.ts'
import type { Draft } from '../platform/plugin.ts'
import { inPages } from '../verify/pages.ts'
import { readCsv, type CsvRow } from './csv.ts'
import { documentsOf, keyRow } from './external-keys.ts'
import { isUnreadable, type FieldSource } from './field-sources.ts'
import type { Counts, ImportRun, ImportStep, RowProblem } from './importer.ts'
import { insertDocuments } from './insert-documents.ts'
import { isMissing, problemOf, spokenCell, unknownReference } from './row-values.ts'

export type MasterMapping = {
  readonly file: string
  readonly entity: string
  /** The step's name where an entity has several; else the entity's. */
  readonly name?: string
  readonly label?: Text
  /** Columns the file must have beside those that `fields` read. */
  readonly columns?: readonly string[]
  /** The other system's id of the row. */
  readonly externalId: (row: CsvRow) => string
  readonly fields: Readonly<Record<string, FieldSource>>
  /** Rows that make a document. */
  readonly only?: (row: CsvRow) => boolean
  /** Several rows may make the same document: only the first one counts. */
  readonly repeats?: boolean
  /** Another step makes its own of the same rows, and tells what is wrong with them. */
  readonly quiet?: boolean
}

const rowsPerBatch = 500

/** A step that makes one master record of each row, in batches of one transaction each. */
export function masterStep(mapping: MasterMapping, label: Text): ImportStep {
  return {
    name: mapping.name ?? mapping.entity, label: mapping.label ?? label,
    async run(run, tally) {
      const columns = [...(mapping.columns ?? []), ...Object.values(mapping.fields).map(({ column }) => column).filter(Boolean)]
      const report = (problem: RowProblem) => {
        if (!mapping.quiet) run.report(problem)
      }
      const structural = (problem: RowProblem) => {
        tally.counts.read++
        tally.counts.bad++
        report(problem)
      }
      const seen = new Set<string>()
      const rows = readCsv({ folder: run.folder, file: mapping.file, columns, report: structural })
      for await (const page of inPages(rows, rowsPerBatch)) {
        const wanted = page.filter((row) => mapping.only?.(row) ?? true)
        tally.counts.read += mapping.repeats ? new Set(wanted.map(mapping.externalId)).size : wanted.length
        const fresh = wanted.filter((row) => {
          const id = mapping.externalId(row)
          const again = seen.has(id)
          seen.add(id)
          if (again && mapping.repeats) return false
          if (!again) return true
          tally.counts.bad++
          report(problemOf({ file: mapping.file, row, column: firstColumn(mapping), message: repeated(id) }))
          return false
        })
        const { counts, problems } = await run.transact((context) => applyRows(context, { run, mapping, rows: fresh }))
        tally.counts.applied += counts.applied
        tally.counts.known += counts.known
        tally.counts.adopted += counts.adopted
        tally.counts.bad += counts.bad
        problems.forEach(report)
        tally.moved()
      }
    },
  }
}

type Outcome = { readonly counts: Omit<Counts, 'read'>; readonly problems: readonly RowProblem[] }

async function applyRows(context: CommandContext, { run, mapping, rows }: { readonly run: ImportRun; readonly mapping: MasterMapping; readonly rows: readonly CsvRow[] }): Promise<Outcome> {
  const { source } = run
  const entity = context.entity(mapping.entity)
  const known = await documentsOf(context.store, { source, entity: entity.slug, externalIds: rows.map(mapping.externalId) })
  const unknown = rows.filter((row) => !known.has(mapping.externalId(row)))
  const readings = await readRows(context, { run, mapping, entity, rows: unknown })
  const { fresh, adopted, problems } = await withoutTaken(context, { run, mapping, entity, readings: readings.filter(({ problems: own }) => own.length === 0) })

  const exponent = await exponentFor(context, entity)
  const behaviour = context.platform.behaviours.get(entity.slug)
  const drafts = fresh.map(({ document }): Draft => ({ document, lines: [] }))
  await behaviour?.fill?.(context, drafts)
  for (const draft of drafts) await behaviour?.prepare?.(context, draft)
  await insertDocuments(context, { entity: entity.slug, documents: drafts.map(({ document }) => ({ values: document })), exponent })
  for (const draft of drafts) await behaviour?.stored?.(context, draft)
  const keys = [...fresh.map(({ row, document }) => ({ row, id: document.id })), ...adopted]
  await context.store.insertMany('external-keys', keys.map(({ row, id }) => keyRow({ source, entity: entity.slug, externalId: mapping.externalId(row), documentId: id })))
  const all = [...readings.flatMap(({ problems: own }) => own), ...problems]
  return {
    counts: { applied: fresh.length, known: known.size, adopted: adopted.length, bad: new Set(all.map(({ row }) => row)).size },
    problems: all,
  }
}

type Reading = { readonly row: CsvRow; readonly document: Row; readonly problems: readonly RowProblem[] }

/** Stored values of each row, or what is wrong with it; one query an entity referred to. */
async function readRows(
  context: CommandContext,
  { run, mapping, entity, rows }: { readonly run: ImportRun; readonly mapping: MasterMapping; readonly entity: EntityDefinition; readonly rows: readonly CsvRow[] },
): Promise<Reading[]> {
  const sources = Object.entries(mapping.fields)
  const found = new Map<string, Map<string, string>>()
  for (const to of new Set(sources.flatMap(([, by]) => (by.kind === 'reference' ? [by.to] : [])))) {
    const ids = sources.flatMap(([, by]) => (by.kind === 'reference' && by.to === to ? rows.map(by.externalId) : []))
    found.set(to, await documentsOf(context.store, { source: run.source, entity: to, externalIds: ids.filter(Boolean) }))
  }
  const exponent = await exponentFor(context, entity)
  const fields = allFields(entity)
  const byName = new Map(fields.map((field) => [field.name, field]))
  return rows.map((row) => {
    const problems: RowProblem[] = []
    const spoken: Record<string, unknown> = {}
    for (const [name, by] of sources) {
      if (by.kind === 'cell') {
        const value = by.speak(row.values[by.column] ?? '', row)
        // One cell may fill several fields: what is wrong with it is said once.
        if (isUnreadable(value)) {
          if (!problems.some(({ column }) => column === by.column)) problems.push(problemOf({ file: mapping.file, row, column: by.column, message: value.unreadable }))
        } else spoken[name] = typeof value === 'string' ? spokenCell(byName.get(name) ?? { type: 'text' }, value) : value
        continue
      }
      const externalId = by.externalId(row)
      if (externalId === '') continue
      spoken[name] = found.get(by.to)?.get(externalId)
      if (spoken[name]) continue
      const label = context.entity(by.to).label
      problems.push(problemOf({ file: mapping.file, row, column: by.column, message: unknownReference({ label, value: row.values[by.column] ?? externalId }) }))
    }
    const columnOf = (name: string) => mapping.fields[name]?.column ?? ''
    const { values, findings } = decodeInput(fields, spoken, { exponent, label: entity.label })
    for (const { path, message } of findings) problems.push(problemOf({ file: mapping.file, row, column: columnOf(path), message }))
    for (const field of fields) {
      const absent = field.required && field.default === undefined && !field.readOnly && (values[field.name] ?? '') === ''
      if (!absent || problems.some(({ column }) => column === columnOf(field.name))) continue
      problems.push(problemOf({ file: mapping.file, row, column: columnOf(field.name), message: isMissing(columnOf(field.name) || field.label.en) }))
    }
    const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null))
    return { row, document: { id: newId(), ...given }, problems }
  })
}

type Sorted = { readonly fresh: readonly Reading[]; readonly adopted: readonly { readonly row: CsvRow; readonly id: string }[]; readonly problems: readonly RowProblem[] }

/**
 * What holds a row's unique value already: another row of this source (then the row is wrong), or a record that was here
 * before (then it is the same thing under the same code, and stays as it is).
 */
async function withoutTaken(
  context: CommandContext,
  { run, mapping, entity, readings }: { readonly run: ImportRun; readonly mapping: MasterMapping; readonly entity: EntityDefinition; readonly readings: readonly Reading[] },
): Promise<Sorted> {
  const holder = await documentsHolding(context.store, { entity, rows: readings.map(({ document }) => document) })
  const heldIds = readings.flatMap(({ document }) => uniqueKeys(entity).flatMap((fields) => holder(fields, document)))
  const imported = new Set(heldIds.length > 0
    ? (await context.store.find('external-keys', { where: { and: [{ source: { equals: run.source } }, { documentId: { in: heldIds } }] } })).map(({ documentId }) => documentId)
    : [])
  const fresh: Reading[] = []
  const adopted: { row: CsvRow; id: string }[] = []
  const problems: RowProblem[] = []
  const taken = new Set<string>()
  for (const reading of readings) {
    const { row, document } = reading
    const keys = uniqueKeys(entity).map((fields) => ({ fields, text: `${fields.join()} ${keyOf(fields, document) ?? document.id}`, id: holder(fields, document)[0] }))
    const clash = keys.find(({ text, id }) => taken.has(text) || (id !== undefined && imported.has(id)))
    if (clash) {
      const column = clash.fields.map((field) => mapping.fields[field]?.column).find(Boolean) ?? ''
      problems.push(problemOf({ file: mapping.file, row, column, message: alreadyTaken(entity, row.values[column] ?? '') }))
      continue
    }
    for (const { text } of keys) taken.add(text)
    const here = keys.find(({ id }) => id !== undefined)?.id
    if (here === undefined) fresh.push(reading)
    else adopted.push({ row, id: here })
  }
  return { fresh, adopted, problems }
}

const firstColumn = ({ columns, fields }: MasterMapping): string => columns?.[0] ?? Object.values(fields)[0]?.column ?? ''

const repeated = (id: string): Text => ({
  en: `The row with the key "${id}" stands in the file twice. Remove one of them.`, zh: `键“${id}”在文件中重复出现，请删除其中一行。`,
})

const alreadyTaken = ({ label }: EntityDefinition, value: string): Text => ({
  en: `Another row already made a ${label.en.toLowerCase()} "${value}". Give this one a value of its own, or remove it.`,
  zh: `已有另一行使用${label.zh}“${value}”。请改用其他值，或删除该行。`,
})
