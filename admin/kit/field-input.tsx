'use client'

import { useId, type KeyboardEvent, type ReactNode, type Ref } from 'react'
import type { FieldDefinition } from '../../config/language/entity.ts'
import { kitTexts } from '../locales/texts.ts'
import { DateInput } from './date-input.tsx'
import { maskTyped } from '../../plugins/core/engine/masks.ts'
import { Choices, StarsInput } from './choice-inputs.tsx'
import { FileInput } from './file-input.tsx'
import { fromForm, toForm, type FormValue, type FormValues } from './field-values.ts'
import { currencySign, plainDecimal } from './format.ts'
import { useKit, useText } from './kit-context.tsx'
import { PositionInput } from './position-input.tsx'
import { RelationInput, RelationsInput } from './relation-input.tsx'
import { RichTextInput } from './rich-text-input.tsx'
import { SignatureInput } from './signature-input.tsx'
import { ScanInput } from './scan-input.tsx'
import styles from './fields.module.css'

export type InputProps = {
  readonly field: FieldDefinition
  readonly value: FormValue
  readonly onChange: (value: FormValue) => void
  readonly onBlur?: () => void
  readonly onKeyDown?: (event: KeyboardEvent<HTMLElement>) => void
  readonly id?: string
  readonly invalid?: boolean
  readonly describedBy?: string
  /** The name for screen readers where no label stands beside it (cells). */
  readonly label?: string
  /** In a grid: no frame. */
  readonly bare?: boolean
  readonly placeholder?: string
  /** What stands beside it in the same row, by which what it offers is filtered. */
  readonly around?: { readonly entity: string; readonly values: FormValues }
  readonly ref?: Ref<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>
}

/** The input of a field by its type. Decimals are typed as text and never become floating-point numbers. */
export function FieldInput(props: InputProps) {
  const { field, value, onChange, bare, invalid, describedBy, label, id, placeholder, onKeyDown } = props
  const { firm } = useKit()
  const say = useText()
  const common = {
    id, placeholder: placeholder || field.mask || (field.type === 'duration' && !bare ? '1:30' : undefined), onKeyDown, 'aria-label': label, 'aria-invalid': invalid || undefined, 'aria-describedby': describedBy,
    'aria-required': field.required || undefined, className: `${styles.input} ${bare ? styles.bare : ''}`, name: field.name,
  }
  const text = typeof value === 'string' ? value : ''
  const refOf = <Element,>() => props.ref as Ref<Element> | undefined
  switch (field.type) {
    case 'boolean':
      return (
        <label className={styles.check}>
          <input ref={refOf<HTMLInputElement>()} id={id} type="checkbox" name={field.name} checked={value === true} aria-label={label} aria-describedby={describedBy} onKeyDown={onKeyDown} onChange={(event) => onChange(event.target.checked)} onBlur={props.onBlur} />
          {bare ? null : <span>{say(field.label)}</span>}
        </label>
      )
    case 'rating': return <StarsInput {...props} />
    case 'select':
      if (field.many) return <Choices {...props} />
      return (
        <select {...common} ref={refOf<HTMLSelectElement>()} value={text} onChange={(event) => onChange(event.target.value)} onBlur={props.onBlur}>
          {field.required && text ? null : <option value="">{bare ? '' : say(kitTexts.choose)}</option>}
          {field.options?.map((option) => <option key={option.value} value={option.value}>{say(option.label)}</option>)}
        </select>
      )
    case 'date': return <DateInput {...props} />
    case 'relation': return field.many ? <RelationsInput {...props} /> : <RelationInput {...props} />
    case 'longText':
      return <textarea {...common} ref={refOf<HTMLTextAreaElement>()} rows={1} value={text} onChange={(event) => onChange(event.target.value)} onBlur={props.onBlur} />
    case 'geolocation': return bare ? <input {...common} ref={refOf<HTMLInputElement>()} value={text} onChange={(event) => onChange(event.target.value)} onBlur={props.onBlur} /> : <PositionInput {...props} />
    case 'richText': return <RichTextInput {...props} />
    case 'signature': return <SignatureInput {...props} />
    case 'file': case 'image': return <FileInput {...props} />
    case 'json':
      return <textarea {...common} ref={refOf<HTMLTextAreaElement>()} rows={4} spellCheck={false} className={`${common.className} ${styles.code}`} value={text} onChange={(event) => onChange(event.target.value)} onBlur={props.onBlur} />
    case 'integer': case 'quantity': case 'unitPrice': case 'money': case 'percent': case 'rate': {
      const sign = bare ? '' : field.type === 'money' || field.type === 'unitPrice' ? currencySign(firm.currency).trim() : field.type === 'percent' ? '%' : ''
      const input = (
        <input
          {...common} ref={refOf<HTMLInputElement>()} inputMode="decimal" autoComplete="off" value={text}
          className={`${common.className} ${styles.number} ${sign ? styles.signed : ''}`}
          onChange={(event) => onChange(event.target.value)}
          onBlur={() => { if (text && plainDecimal(text) !== text) onChange(plainDecimal(text)); props.onBlur?.() }}
        />
      )
      if (field.unit !== undefined) return <span className={styles.affix}>{input}<span className={styles.unit}>{field.unit}</span></span>
      return sign ? <span className={styles.affix}><span className={styles.sign} aria-hidden="true">{sign}</span>{input}</span> : input
    }
    default:
      if (field.scan) return <ScanInput {...props} />
      return (
        <input
          {...common} ref={refOf<HTMLInputElement>()} type={inputTypes[field.type] ?? 'text'} autoComplete="off"
          value={field.type === 'dateTime' ? text.slice(0, 16) : text} onChange={(event) => onChange(field.mask === undefined ? event.target.value : maskTyped(field.mask, event.target.value))} onBlur={() => { if (field.type === 'duration') onChange(toForm(field, fromForm(field, text))); props.onBlur?.() }}
        />
      )
  }
}

const inputTypes: Readonly<Record<string, string>> = { email: 'email', phone: 'tel', url: 'url', dateTime: 'datetime-local', time: 'time' }

/** Label, input, help and the finding of one field. */
export function LabelledField({ error, hideLabel = false, ...props }: InputProps & { readonly error?: string; readonly hideLabel?: boolean }) {
  const { field } = props
  const id = useId()
  const say = useText()
  const note = error ?? (field.help ? say(field.help) : undefined)
  return (
    <div className={`${styles.field} ${isWide(field) ? styles.wide : ''}`}>
      {hideLabel || field.type === 'boolean' ? null : <label htmlFor={id} className={`${styles.label} ${field.required ? styles.required : ''}`}>{say(field.label)}</label>}
      <FieldInput {...props} id={id} invalid={Boolean(error)} {...(note ? { describedBy: `${id}-note` } : {})} />
      {note ? <span id={`${id}-note`} className={error ? styles.error : styles.help} {...(error ? { role: 'alert' } : {})}>{note}</span> : null}
    </div>
  )
}

/** A value that is kept by the platform, with its label. */
export function ShownField({ field, children }: { readonly field: FieldDefinition; readonly children: ReactNode }) {
  const say = useText()
  return (
    <div className={`${styles.field} ${isWide(field) ? styles.wide : ''}`}>
      <span className={styles.label} {...(field.help ? { title: say(field.help) } : {})}>{say(field.label)}</span>
      <div>{children}</div>
    </div>
  )
}

const isWide = ({ type }: FieldDefinition) => type === 'json' || type === 'signature' || type === 'richText'
