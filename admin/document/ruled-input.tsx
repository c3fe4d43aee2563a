'use client'

import { memo } from 'react'
import { Controller, type Control } from 'react-hook-form'
import type { FieldDefinition } from '../../config/language/entity.ts'
import type { Text } from '../../config/language/text.ts'
import { LabelledField } from '../kit/field-input.tsx'
import type { FormValue, FormValues } from '../kit/field-values.ts'
import { useText } from '../kit/kit-context.tsx'
import { givenField } from './form-rules.ts'
import type { DocumentForm } from './form-values.ts'

type Props = {
  readonly control: Control<DocumentForm>
  readonly field: FieldDefinition
  /** What a rule gives where nothing is entered. */
  readonly given?: FormValue | undefined
  readonly finding?: Text | undefined
  readonly onEdited?: () => void
  /** Where records are chosen by what the form holds. */
  readonly around?: { readonly entity: string; readonly values: FormValues }
}

/**
 * A field of a form as its rules leave it: its input with what is wrong, and what it becomes when it is left empty. Drawn anew only when
 * something about it has changed: a form may have hundreds, and every keystroke asks all rules.
 */
export const RuledInput = memo(Input, (before, after) =>
  isSameField(before.field, after.field) && JSON.stringify(before.given) === JSON.stringify(after.given)
  && (['control', 'finding', 'onEdited', 'around'] as const).every((name) => before[name] === after[name]))

/** Rules make a field anew each time they are asked, with other options where they forbid some. */
function isSameField(before: FieldDefinition, after: FieldDefinition): boolean {
  if (before === after) return true
  const { options: old, ...rest } = before
  const { options: now, ...others } = after
  const names = Object.keys({ ...rest, ...others }) as (keyof typeof rest)[]
  return names.every((name) => rest[name] === others[name]) && old?.length === now?.length && (old ?? []).every((option, index) => option.value === now?.[index]?.value && option.label.en === now[index].label.en)
}

function Input({ control, field, given, finding, onEdited, around }: Props) {
  const say = useText()
  return (
    <Controller
      control={control} name={`fields.${field.name}`}
      render={({ field: { value, onChange, onBlur } }) => (
        <LabelledField
          field={givenField(field, given, value ?? '')}
          value={value ?? ''} {...(around && { around })} onBlur={onBlur} onChange={(next) => { onChange(next); onEdited?.() }} {...(finding ? { error: say(finding) } : {})}
        />
      )}
    />
  )
}
