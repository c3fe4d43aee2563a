'use client'

import type { KeyboardEvent } from 'react'
import type { FieldDefinition } from '../../config/language/entity.ts'
import { mostStars } from '../../plugins/core/commands/input.ts'
import { kitTexts } from '../locales/texts.ts'
import type { InputProps } from './field-input.tsx'
import { useText } from './kit-context.tsx'
import styles from './fields.module.css'

/** Several of a closed list, each with a box of its own, in the order of the list. */
export function Choices({ field, value, onChange, onBlur, onKeyDown, id, invalid, describedBy, label }: InputProps) {
  const say = useText()
  const chosen = Array.isArray(value) ? (value as readonly string[]) : []
  const toggle = (one: string) => onChange((field.options ?? []).map((option) => option.value).filter((option) => (option === one ? !chosen.includes(one) : chosen.includes(option))))
  return (
    <div id={id} role="group" aria-label={label ?? say(field.label)} aria-invalid={invalid || undefined} aria-describedby={describedBy} className={styles.choices} onBlur={onBlur} onKeyDown={onKeyDown}>
      {field.options?.map((option) => (
        <label key={option.value} className={styles.choice}>
          <input type="checkbox" name={field.name} checked={chosen.includes(option.value)} onChange={() => toggle(option.value)} />
          {say(option.label)}
        </label>
      ))}
    </div>
  )
}

const starsOf = ({ max = mostStars }: FieldDefinition): readonly number[] => Array.from({ length: max }, (_, index) => index + 1)

/** Stars to be pressed; arrows move as in any choice, Delete takes the rating back. */
export function StarsInput({ field, value, onChange, onBlur, onKeyDown, id, invalid, describedBy, label }: InputProps) {
  const say = useText()
  const given = Number(typeof value === 'string' ? value : 0)
  const stars = starsOf(field)
  const keys = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'Delete' || event.key === 'Backspace') onChange('')
    // Arrows choose here, also within a grid.
    else if (!event.key.startsWith('Arrow')) onKeyDown?.(event)
  }
  return (
    <div id={id} role="radiogroup" aria-label={label ?? say(field.label)} aria-invalid={invalid || undefined} aria-describedby={describedBy} aria-required={field.required || undefined} className={styles.stars} onBlur={onBlur} onKeyDown={keys}>
      {stars.map((star) => (
        <label key={star} data-on={star <= given || undefined}>
          <input type="radio" name={id ?? `${field.name}-${label ?? ''}`} checked={star === given} aria-label={say(kitTexts.stars, { count: star, of: stars.length })} onChange={() => onChange(String(star))} />
          <span aria-hidden="true">★</span>
        </label>
      ))}
      {given > 0 ? <button type="button" className={styles.noStars} aria-label={say(kitTexts.noStars)} onClick={() => onChange('')}>×</button> : null}
    </div>
  )
}
