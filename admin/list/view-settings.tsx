'use client'

import type { FieldDefinition } from '../../config/language/entity.ts'
import { calendarScales, chartShapes, viewAggregates, viewBuckets, type ViewDefinition } from '../../config/language/view.ts'
import type { Text } from '../../config/language/text.ts'
import { isBoardField, isDayField, isGroupField, isMeasure, isPictureField, stateField } from '../../plugins/core/views/view-rules.ts'
import { useText } from '../kit/kit-context.tsx'
import { listTexts } from '../locales/list-texts.ts'
import { aggregateTexts, bucketTexts, scaleTexts, settingTexts, shapeTexts, viewTexts } from '../locales/view-texts.ts'
import type { OpenList } from './use-list.ts'
import styles from './views.module.css'

type Entry = { readonly value: string; readonly label: string }

/** What a view of this kind goes by: each a short list of what fits. */
export function ViewSettings({ open: { shown, change, view: { entity } } }: { readonly open: OpenList }) {
  const say = useText()
  const fields = (fits: (field: FieldDefinition) => boolean): Entry[] => entity.fields.filter((field) => fits(field) && !field.advanced).map(({ name, label }) => ({ value: name, label: say(label) }))
  const state: Entry[] = entity.states.length > 0 ? [{ value: stateField, label: say(listTexts.states) }] : []
  const words = <Value extends string>(values: readonly Value[], texts: Readonly<Record<Value, Text>>): Entry[] => values.map((value) => ({ value, label: say(texts[value]) }))
  const fieldName = (name: string) => say(entity.fields.find((field) => field.name === name)?.label ?? { en: name, zh: name })
  const choice = (name: keyof ViewDefinition, label: Text, entries: readonly Entry[], { optional = false, none = viewTexts.noneOf as Text, set = (value: string) => ({ [name]: value || undefined }) as Partial<ViewDefinition> } = {}) => (
    <label key={name} className={styles.setting}>
      <span>{say(label)}</span>
      <select value={String(shown[name] ?? '')} onChange={(event) => change(set(event.target.value))}>
        {optional || shown[name] === undefined ? <option value="">{say(optional ? none : viewTexts.choose)}</option> : null}
        {shown[name] !== undefined && !entries.some(({ value }) => value === shown[name]) ? <option value={String(shown[name])}>{say(viewTexts.unfit, { field: fieldName(String(shown[name])) })}</option> : null}
        {entries.map(({ value, label: text }) => <option key={value} value={value}>{text}</option>)}
      </select>
    </label>
  )
  const isByDay = entity.fields.some((field) => field.name === shown.groupBy && isDayField(field))
  const aggregate = shown.aggregate ?? 'count'
  const measures = fields((field) => isMeasure(field, aggregate === 'avg' ? 'avg' : 'sum'))
  const takeFigure = (value: string) => ({ aggregate: value as ViewDefinition['aggregate'], measure: value === 'count' ? undefined : shown.measure ?? measures[0]?.value }) as Partial<ViewDefinition>
  const title = choice('title', settingTexts.title, fields(({ type }) => type === 'text' || type === 'relation'), { optional: true, none: viewTexts.usual })
  const settings: Readonly<Record<ViewDefinition['kind'], readonly React.ReactNode[]>> = {
    table: [], form: [],
    kanban: [choice('groupBy', settingTexts.groupBy, [...state, ...fields(isBoardField)]), choice('measure', settingTexts.measure, fields((field) => isMeasure(field, 'sum')), { optional: true }), title],
    calendar: [choice('from', settingTexts.from, fields(isDayField)), choice('to', settingTexts.to, fields(isDayField), { optional: true }), choice('scale', settingTexts.scale, words(calendarScales, scaleTexts)), title],
    gallery: [...(fields(isPictureField).length > 0 ? [choice('picture', settingTexts.picture, fields(isPictureField), { optional: true })] : []), title],
    chart: [
      choice('groupBy', settingTexts.groupBy, [...state, ...fields(isGroupField)]), ...(isByDay ? [choice('bucket', settingTexts.bucket, words(viewBuckets, bucketTexts))] : []),
      choice('aggregate', settingTexts.aggregate, words(viewAggregates.filter((one) => one === 'count' || measures.length > 0), aggregateTexts), { set: takeFigure }),
      ...(aggregate === 'count' ? [] : [choice('measure', settingTexts.figure, measures)]), choice('shape', settingTexts.shape, words(chartShapes, shapeTexts)),
    ],
  }
  if (settings[shown.kind].length === 0) return null
  return <div className={styles.settings}>{settings[shown.kind]}</div>
}
