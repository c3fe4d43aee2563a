'use client'

import { useState } from 'react'
import type { FieldDefinition } from '../../config/language/entity.ts'
import { dueSpans } from '../../plugins/core/views/due-field.ts'
import { needsValue, operatorsOf, type Filter, type FilterOperator } from '../../plugins/core/views/list-query.ts'
import { Button } from '../kit/button.tsx'
import { FieldInput } from '../kit/field-input.tsx'
import { plainDecimal } from '../kit/format.ts'
import { useText } from '../kit/kit-context.tsx'
import { isNumeric } from '../kit/values.tsx'
import { listTexts, spanTexts } from '../locales/list-texts.ts'
import { kitTexts } from '../locales/texts.ts'
import { operatorText } from './operator-text.ts'
import fieldStyles from '../kit/fields.module.css'
import styles from './list.module.css'

/** Condition and value of a filter, by the type of its field. */
export function FilterEditor({ field, filter, onApply }: { readonly field: FieldDefinition; readonly filter?: Filter; readonly onApply: (filter: Filter) => void }) {
  const say = useText()
  const operators = operatorsOf(field)
  const [operator, setOperator] = useState<FilterOperator>(filter?.operator ?? operators[0] ?? 'is')
  const [value, setValue] = useState(filter?.value ?? '')
  const apply = (chosen = value) => {
    const plain = isNumeric(field) ? plainDecimal(chosen) : chosen.trim()
    if (plain || !needsValue(operator)) onApply({ field: field.name, operator, value: needsValue(operator) ? plain : '' })
  }
  // A span is no day, and no day a span.
  const choose = (next: FilterOperator) => { if ((next === 'span') !== (operator === 'span')) setValue(''); setOperator(next) }
  const label = say(field.label)
  const chosen = value.split(',').filter(Boolean)
  return (
    <form className={styles.editor} onSubmit={(event) => { event.preventDefault(); apply() }}>
      <strong>{label}</strong>
      {operators.length > 1 ? (
        <select className={fieldStyles.input} aria-label={say(listTexts.operator)} value={operator} onChange={(event) => choose(event.target.value as FilterOperator)}>
          {operators.map((one) => <option key={one} value={one}>{operatorText(say, field, one)}</option>)}
        </select>
      ) : null}
      {/* The value is what people come to type; the condition is a step back. */}
      <div className={styles.editorValue} data-autofocus>
      {!needsValue(operator) ? null : field.type === 'boolean' ? (
        <div className={styles.editorButtons}>{(['true', 'false'] as const).map((one) => <Button key={one} onClick={() => apply(one)}>{say(one === 'true' ? kitTexts.yes : kitTexts.no)}</Button>)}</div>
      ) : operator === 'span' ? (
        <div className={styles.editorButtons}>{dueSpans.map((one) => <Button key={one} aria-pressed={value === one} onClick={() => apply(one)}>{say(spanTexts[one])}</Button>)}</div>
      ) : field.type === 'select' ? (
        field.options?.map((option) => (
          <label key={option.value} className={styles.choice}>
            <input type="checkbox" checked={chosen.includes(option.value)} onChange={() => setValue((chosen.includes(option.value) ? chosen.filter((one) => one !== option.value) : [...chosen, option.value]).join(','))} />
            {say(option.label)}
          </label>
        ))
      ) : field.type === 'relation' ? (
        <FieldInput field={{ ...field, many: true, required: false }} label={say(listTexts.value)} value={chosen} onChange={(next) => setValue(Array.isArray(next) ? next.join(',') : '')} />
      ) : (
        <FieldInput field={{ ...field, type: field.type === 'dateTime' ? 'date' : field.type === 'longText' ? 'text' : field.type, required: false }} label={say(listTexts.value)} value={value} onChange={(next) => setValue(String(next))} />
      )}
      </div>
      {field.type === 'boolean' || operator === 'span' ? null : <Button type="submit" look="primary">{say(listTexts.apply)}</Button>}
    </form>
  )
}
