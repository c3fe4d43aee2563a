import type { Payload } from 'payload'
import type { EntityDefinition, FieldDefinition } from '../../../config/language/entity.ts'
import type { Actor } from '../access/actor.ts'
import { openRehearsal } from '../commands/rehearse.ts'
import { exponentFor } from '../commands/create.ts'
import { failInput } from '../errors.ts'
import { fieldsOfImport, mappingFindings } from './check-mapping.ts'
import type { ImportField } from './import-fields.ts'
import type { ImportRecord } from './import-record.ts'
import { actorOfImport } from './import-rights.ts'
import type { CellForm } from './read-cell.ts'

export type PlannedColumn = { readonly index: number; readonly header: string; readonly field: ImportField; readonly by?: string }

/** All that is needed to make documents of rows. */
export type ImportPlan = {
  readonly record: ImportRecord
  readonly actor: Actor
  readonly entity: EntityDefinition
  readonly lineEntity?: EntityDefinition
  /** Columns that fill the document, and its lines. */
  readonly head: readonly PlannedColumn[]
  readonly lines: readonly PlannedColumn[]
  /** Columns that have a name or fill a field; what stands beyond them belongs nowhere. */
  readonly width: number
  /** Definitions of the fields that they fill; a number that a file brings is none that people type. */
  readonly headFields: readonly FieldDefinition[]
  readonly lineFields: readonly FieldDefinition[]
  /** By its value a row finds its document: in the file (rows of one document), and among those that are there. */
  readonly key?: PlannedColumn
  readonly form: CellForm
  /** Digits of the currency's minor unit. */
  readonly exponent: number
}

/** @throws what keeps the import from going on: rights that were taken away, a mapping that does not fit any more */
export async function openPlan(payload: Payload, record: ImportRecord): Promise<ImportPlan> {
  const actor = await actorOfImport(payload, record)
  const fields = fieldsOfImport(payload, actor, record)
  const findings = mappingFindings({ record, fields, mapping: record.mapping, matching: record.matching, isComplete: true })
  if (findings.length > 0) failInput(findings)
  const known = new Map(fields.map((field) => [field.path, field]))
  const columns = record.columns.flatMap(({ index, header }): PlannedColumn[] => {
    const target = record.mapping[index]
    const field = target && known.get(target.field)
    const by = target?.by ?? field?.relation?.keys[0]?.field
    return field ? [{ index, header, field, ...(by === undefined ? {} : { by }) }] : []
  })
  const context = openRehearsal(payload, actor)
  const entity = context.entity(record.entity)
  const keyPath = record.matching.key ?? 'number'
  const head = columns.filter(({ field }) => field.group === 'document')
  const lines = columns.filter(({ field }) => field.group === 'lines')
  const key = columns.find(({ field }) => field.path === keyPath && field.isKey)
  return {
    record, actor, entity, ...(entity.lines ? { lineEntity: context.entity(entity.lines.entity) } : {}),
    head, lines, width: widthOf(record, columns), headFields: writable(head), lineFields: writable(lines),
    ...(key ? { key } : {}),
    form: {
      decimalMark: record.options.decimalMark ?? '.', dateOrder: record.options.dateOrder ?? 'ymd', from1904: record.options.from1904 ?? false,
      ...(entity.slug === 'companies' ? { zone: 'UTC' } : firmOf(await context.company())),
    },
    exponent: await exponentFor(context, entity),
  }
}

const firmOf = ({ timeZone, currency }: { readonly timeZone: string; readonly currency: string }) => ({ zone: timeZone, currency })

const widthOf = ({ columns }: ImportRecord, mapped: readonly PlannedColumn[]): number =>
  1 + Math.max(columns.findLastIndex(({ header }) => header !== ''), ...mapped.map(({ index }) => index))

const writable = (columns: readonly PlannedColumn[]): FieldDefinition[] => columns.map(({ field }) => ({ ...field.definition, readOnly: false }))
