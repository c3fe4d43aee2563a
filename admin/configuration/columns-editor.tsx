'use client'

import { useState } from 'react'
import { boolean, quantity, integer, required, select, text } from '../../config/language/fields.ts'
import type { FieldDefinition, FieldType } from '../../config/language/entity.ts'
import type { Text } from '../../config/language/text.ts'
import { isTotalled } from '../../plugins/core/platform/table-findings.ts'
import { Button, IconButton } from '../kit/button.tsx'
import { LabelledField } from '../kit/field-input.tsx'
import { useText } from '../kit/kit-context.tsx'
import { configurationTexts, fieldTypeTexts } from '../locales/configuration-texts.ts'
import { columnsOf, columnTypeOptions, keyedColumns, rulesOfColumns, type ColumnDraft } from './column-settings.ts'
import { ofType, settingsOf } from './field-settings.ts'
import { OptionsEditor } from './options-editor.tsx'
import { RulesEditor } from './rules-editor.tsx'
import { soundFields } from './sound-draft.ts'
import styles from './configuration.module.css'

type Props = {
  readonly columns: unknown
  /** The other fields of the form, which rules of columns may ask for. */
  readonly head: readonly FieldDefinition[]
  /** As they are published: they may hold data. */
  readonly published: readonly FieldDefinition[]
  /** By the rest of the path of the table: `columns.0.label.en`. */
  readonly findings: ReadonlyMap<string, Text>
  readonly onChange: (columns: readonly ColumnDraft[]) => void
}

/** The columns of a table, each folded to a line that says what it is. */
export function ColumnsEditor({ columns, head, published, findings, onChange }: Props) {
  const say = useText()
  const list = columnsOf(columns)
  const kept = new Map(published.map((column) => [column.name, column]))
  const known = soundFields(keyedColumns(columns))
  const put = (index: number, column: ColumnDraft) => onChange(list.map((one, at) => (at === index ? column : one)))
  const move = (index: number, by: number) => onChange(list.map((one, at) => (at === index ? list[index + by] ?? one : at === index + by ? list[index] ?? one : one)))
  const ofAll = findings.get('columns')
  return (
    <fieldset className={styles.options}>
      <legend>{say(configurationTexts.columns)}</legend>
      {ofAll ? <p role="alert" className={styles.error}>{say(ofAll)}</p> : null}
      {list.map((column, index) => (
        <Column
          key={index} column={column} number={index + 1} known={known} head={head} published={kept.get(String(column.name))} onChange={(next) => put(index, next)}
          findings={new Map([...findings].flatMap(([path, message]) => (path.startsWith(`columns.${index}.`) ? [[path.slice(`columns.${index}.`.length), message] as const] : [])))}
          actions={(
            <>
              <IconButton icon="up" label={`${say(configurationTexts.up)} ${index + 1}`} disabled={index === 0} onClick={() => move(index, -1)} />
              <IconButton icon="down" label={`${say(configurationTexts.down)} ${index + 1}`} disabled={index === list.length - 1} onClick={() => move(index, 1)} />
              {kept.has(String(column.name)) ? null : <IconButton icon="trash" label={`${say(configurationTexts.remove)} ${index + 1}`} onClick={() => onChange(list.filter((_, at) => at !== index))} />}
            </>
          )}
        />
      ))}
      <Button small icon="plus" onClick={() => onChange([...list, { type: 'text' }])}>{say(configurationTexts.addColumn)}</Button>
    </fieldset>
  )
}

type ColumnProps = {
  readonly column: ColumnDraft
  readonly number: number
  readonly known: readonly FieldDefinition[]
  readonly head: readonly FieldDefinition[]
  readonly published: FieldDefinition | undefined
  readonly findings: ReadonlyMap<string, Text>
  readonly onChange: (column: ColumnDraft) => void
  readonly actions: React.ReactNode
}

function Column({ column, number, known, head, published, findings, onChange, actions }: ColumnProps) {
  const say = useText()
  const label = (column.label ?? {}) as Partial<Text>
  const type = column.type as FieldType
  const set = new Set(settingsOf(type))
  // One that was just added, and one that has to be mended, stands open.
  const [isOpen, setOpen] = useState(column.label === undefined || findings.size > 0)
  const input = (field: FieldDefinition, value: unknown, change: (value: unknown) => void, path: string) => {
    const finding = findings.get(path)
    return <LabelledField key={field.name} field={field} value={value === undefined || value === null ? '' : typeof value === 'boolean' ? value : String(value)} onChange={change} {...(finding ? { error: say(finding) } : {})} />
  }
  const settings = [quantity('min', configurationTexts.min), quantity('max', configurationTexts.max), integer('maxLength', configurationTexts.maxLength), text('unit', configurationTexts.unit, { maxLength: 20 }), text('mask', configurationTexts.mask, { maxLength: 60, help: configurationTexts.maskHelp })] as const
  return (
    <details className={styles.column} open={isOpen} onToggle={(event) => { if (event.target === event.currentTarget) setOpen(event.currentTarget.open) }}>
      <summary>
        <span>{label.en || label.zh ? say({ en: label.en || label.zh || '', zh: label.zh || label.en || '' }) : `${say(configurationTexts.column)} ${number}`}</span>
        <small>{say(fieldTypeTexts[type] ?? { en: '', zh: '' })}</small>
      </summary>
      <div className={styles.columnActions}>{actions}</div>
      <div className={styles.two}>
        {(['en', 'zh'] as const).map((language) => input(text(`label-${language}`, language === 'en' ? configurationTexts.labelEn : configurationTexts.labelZh), label[language], (value) => onChange({ ...column, label: { ...label, [language]: String(value) } }), `label.${language}`))}
        {published ? null : input(select('type', configurationTexts.type, { ...required, options: columnTypeOptions }), type, (value) => onChange(ofType(column, value as FieldType)), 'type')}
        {published ? null : input(text('key', configurationTexts.key, { maxLength: 50 }), column.name ?? known[number - 1]?.name, (value) => onChange({ ...column, name: String(value) }), 'name')}
        {settings.filter(({ name }) => set.has(name as 'min')).map((field) => input(field, column[field.name as 'min'], (value) => onChange({ ...column, [field.name]: value }), field.name))}
      </div>
      {set.has('options') ? <OptionsEditor options={column.options} kept={new Set(published?.options?.map(({ value }) => value))} findings={findings} onChange={(options) => onChange({ ...column, options })} /> : null}
      {isTotalled({ type }) ? <div className={styles.checks}>{input(boolean('total', configurationTexts.total), column.total === true, (value) => onChange({ ...column, total: value === true }), 'total')}</div> : null}
      <RulesEditor rules={column.rules ?? {}} isOwn isChoice={type === 'select'} isYesNo={type === 'boolean'} isKept={false} only={rulesOfColumns} fields={known} head={head} roles={[]} findings={new Map([...findings].map(([path, message]) => [path.replace(/^rules\./, ''), message]))} onChange={(rules) => onChange({ ...column, rules })} />
    </details>
  )
}
