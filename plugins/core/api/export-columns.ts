import type { EntityDefinition, FieldDefinition } from '../../../config/language/entity.ts'
import { isOutsideFiles } from '../../../config/language/fields.ts'
import type { Text } from '../../../config/language/text.ts'
import type { WorkflowDefinition } from '../../../config/language/workflow.ts'
import type { Actor } from '../access/actor.ts'
import { hiddenFields } from '../access/can.ts'
import { keyFieldOf } from '../entities/key-field.ts'
import { allFields } from '../entities/system-fields.ts'
import { failField, failQuestion } from '../errors.ts'
import { dueField } from '../views/due-field.ts'
import { mayBeDue } from '../views/listed-entity.ts'
import type { Platform } from '../platform/platform.ts'

export type ExportColumn = {
  /** As one asks for it: `customer`, `workflow.state`, `lines.quantity`. */
  readonly name: string
  readonly label: Text
  readonly field: FieldDefinition
  readonly isOfLine: boolean
  /** The life of the entity, where the column is its state. */
  readonly states?: WorkflowDefinition['states']
}

/** As Payload reads it for the user: decimals as texts, without hidden fields. */
export type Row = { readonly id: string } & Readonly<Record<string, unknown>>
export type ExportRow = { readonly document: Row; readonly line: Row | null }

/** Whom a file is for: a reader, or an import that brings the same records in again. */
export type Purpose = 'people' | 'import'

/**
 * The columns that were asked for; for none, all that a person would want to see, or all that an import needs.
 * @throws 400 for an unknown column, 403 for one the actor may not see
 */
export function exportColumns({ entity, actor, platform, names, purpose }: { entity: EntityDefinition; actor: Actor; platform: Platform; names: readonly string[]; purpose: Purpose }): ExportColumn[] {
  const lineEntity = entity.lines && platform.entities.get(entity.lines.entity)
  const known = new Map([
    ...columnsOf(entity, platform),
    ...(lineEntity ? columnsOf(lineEntity, platform).filter(([name]) => name !== entity.lines?.parentField) : [])
      .map(([name, column]): Entry => [`lines.${name}`, { ...column, name: `lines.${name}`, isOfLine: true }]),
  ])
  // A line's rights are its document's, so both hide the same fields.
  const hidden = hiddenFields(actor, entity)
  const isHidden = ({ field }: ExportColumn) => hidden.has(field.name)
  if (names.length === 0 && purpose === 'import') return importColumns([...known.values()].filter((column) => !isHidden(column)), keyFieldOf(entity))
  if (names.length === 0) {
    return [...known.values()].filter((column) => !column.isOfLine && !column.field.advanced && column.field.type !== 'json' && column.name !== 'id' && !isHidden(column))
  }
  return names.map((name) => {
    const column = known.get(name) ?? failQuestion('columns', unknownColumn(name.slice(0, 60), entity, [...known.values()].filter((each) => !isHidden(each))))
    if (isHidden(column)) failField('hiddenField', 'columns', { field: name })
    return column
  })
}

/** What people may write, of the document and its lines; in front what it is known by, where the platform gives that. */
function importColumns(known: readonly ExportColumn[], key: string): ExportColumn[] {
  const isKey = ({ name }: ExportColumn) => name === key
  return [...known.filter(isKey), ...known.filter((column) => !isKey(column) && column.field.readOnly !== true && !isOutsideFiles(column.field))]
}

const unknownColumn = (name: string, { labels }: EntityDefinition, known: readonly ExportColumn[]): Text => {
  const names = known.map((column) => column.name)
  return { en: `"${name}" in columns is not a field of ${labels.en}. Known: ${names.join(', ')}.`, zh: `columns 中的“${name}”不是${labels.zh}的字段。可用：${names.join('、')}。` }
}

type Entry = [string, ExportColumn]

const id: FieldDefinition = { name: 'id', type: 'text', label: { en: 'Id', zh: 'ID' }, readOnly: true }
const state: FieldDefinition = { name: 'workflow.state', type: 'text', label: { en: 'State', zh: '状态' }, readOnly: true }

function columnsOf(entity: EntityDefinition, platform: Platform): Entry[] {
  const workflow = platform.workflows.get(entity.slug)?.definition
  const fields = [id, ...allFields(entity).filter(({ hidden }) => !hidden)].map((field): Entry => [field.name, { name: field.name, label: field.label, field, isOfLine: false }])
  return entity.workflow
    ? [...fields, ...(mayBeDue(platform, entity.slug) ? [[dueField.name, { name: dueField.name, label: dueField.label, field: dueField, isOfLine: false }] as const satisfies Entry] : []), ['workflow.state', { name: 'workflow.state', label: state.label, field: state, isOfLine: false, ...(workflow ? { states: workflow.states } : {}) }]]
    : fields
}
