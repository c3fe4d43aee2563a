'use client'

import { useCallback, useRef, useState } from 'react'
import type { FieldDefinition } from '../../config/language/entity.ts'
import { isDueSpan } from '../../plugins/core/views/due-field.ts'
import { needsValue, type Filter } from '../../plugins/core/views/list-query.ts'
import { Popover } from '../kit/floating.tsx'
import { formatDateText, formatDecimalText } from '../kit/format.ts'
import { Icon } from '../kit/icon.tsx'
import { useKit, useText } from '../kit/kit-context.tsx'
import { useTitles } from '../kit/titles-context.tsx'
import { isNumeric } from '../kit/values.tsx'
import { listTexts, spanTexts } from '../locales/list-texts.ts'
import { kitTexts } from '../locales/texts.ts'
import { FilterEditor } from './filter-editor.tsx'
import { operatorText } from './operator-text.ts'
import styles from './list.module.css'

/** One condition: a click changes it, the cross takes it away. */
export function FilterChip({ field, filter, onChange }: { readonly field: FieldDefinition; readonly filter: Filter; readonly onChange: (filter: Filter | null) => void }) {
  const say = useText()
  const anchor = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState(false)
  const close = useCallback(() => setOpen(false), [])
  const value = useValueText(field, filter)
  const text = `${say(field.label)} ${operatorText(say, field, filter.operator)}`
  return (
    <span className={styles.chip}>
      <button ref={anchor} type="button" className={styles.chipText} aria-haspopup="dialog" aria-expanded={open} onClick={() => setOpen(!open)}>{text}{value ? <strong>{value}</strong> : null}</button>
      <button type="button" className={styles.chipClose} aria-label={say(listTexts.removeFilter, { what: text })} onClick={() => onChange(null)}><Icon name="close" size={11} /></button>
      {open ? <Popover anchor={anchor} onClose={close} label={text}><FilterEditor field={field} filter={filter} onApply={(next) => { close(); onChange(next) }} /></Popover> : null}
    </span>
  )
}

function useValueText(field: FieldDefinition, { operator, value }: Filter): string {
  const say = useText()
  const { language } = useKit()
  const { titles } = useTitles()
  if (!needsValue(operator)) return ''
  if (operator === 'span') return isDueSpan(value) ? say(spanTexts[value]) : value
  if (field.type === 'boolean') return say(value === 'true' ? kitTexts.yes : kitTexts.no)
  if (field.type === 'select') return value.split(',').map((one) => { const option = field.options?.find((candidate) => candidate.value === one); return option ? say(option.label) : one }).join(', ')
  if (field.type === 'relation') return value.split(',').map((id) => titles[field.to ?? '']?.[id]?.title ?? '…').join(', ')
  if (field.type === 'date' || field.type === 'dateTime') return formatDateText(value, language)
  return isNumeric(field) ? formatDecimalText(value) : value
}
