import type { FieldDefinition } from '../../config/language/entity.ts'
import type { ViewDefinition, ViewKind } from '../../config/language/view.ts'
import type { EntityView } from '../../plugins/core/views/entity-view.ts'
import { isBoardField, isDayField, isGroupField, isMeasure, isPictureField, stateField, tidyView } from '../../plugins/core/views/view-rules.ts'

/** A view of another kind over the same documents, by what the entity offers first. */
export function firstSettings(kind: ViewKind, { search, state, filters, sort }: ViewDefinition, entity: EntityView): ViewDefinition {
  const usual = (fits: (field: FieldDefinition) => boolean) => [...entity.fields].filter((field) => fits(field) && !field.advanced).toSorted((a, b) => place(entity, a) - place(entity, b))[0]?.name
  const measure = usual((field) => field.type === 'money' && isMeasure(field, 'sum'))
  const hasStates = entity.states.length > 0
  const kept = { search, state, filters, sort } as Partial<ViewDefinition>
  const own: Partial<Record<ViewKind, object>> = {
    kanban: { groupBy: hasStates ? stateField : usual(isBoardField), measure },
    calendar: { from: usual(isDayField), scale: 'month' },
    gallery: { picture: usual(isPictureField) },
    chart: { groupBy: usual(({ type }) => type === 'date') ?? (hasStates ? stateField : usual(isGroupField)), bucket: 'month', aggregate: measure ? 'sum' : 'count', measure, shape: 'bar' },
  }
  return tidyView({ ...kept, ...own[kind], kind })
}

const place = ({ listColumns, fields }: EntityView, { name }: FieldDefinition) => (listColumns.includes(name) ? listColumns.indexOf(name) : listColumns.length + fields.findIndex((field) => field.name === name))

/** What a card is called by, and what stands below it. */
export function cardFields(view: ViewDefinition, entity: EntityView): { readonly title: FieldDefinition | undefined; readonly lines: readonly FieldDefinition[]; readonly columns: readonly string[] } {
  const known = new Map(entity.fields.map((field) => [field.name, field]))
  const title = known.get(view.title ?? entity.titleField) ?? known.get(entity.listColumns[0] ?? '')
  const lines = (view.fields ?? entity.listColumns.slice(0, usualLines + 1)).flatMap((name) => known.get(name) ?? []).filter((field) => field !== title && field.name !== view.picture)
  const shown = view.fields ? lines : lines.slice(0, usualLines)
  return { title, lines: shown, columns: [...new Set([...(title ? [title.name] : []), ...shown.map(({ name }) => name), ...(view.picture ? [view.picture] : [])])] }
}

const usualLines = 4
