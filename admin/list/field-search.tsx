'use client'

import { Command } from 'cmdk'
import { useState, type ReactNode } from 'react'
import type { FieldDefinition } from '../../config/language/entity.ts'
import { Icon } from '../kit/icon.tsx'
import { useText } from '../kit/kit-context.tsx'
import { listTexts } from '../locales/list-texts.ts'
import { foundFields } from './found-fields.ts'
import floating from '../kit/floating.module.css'

/** Fields to choose from, with a box to find one by its name; what only the platform needs comes when it is asked for. */
export function FieldSearch({ fields, usual, isChosen, onChoose, children }: {
  readonly fields: readonly FieldDefinition[]
  readonly usual: readonly string[]
  /** Absent: choosing one is the end; present: each is a box to tick. */
  readonly isChosen?: (name: string) => boolean
  readonly onChoose: (field: FieldDefinition) => void
  readonly children?: ReactNode
}) {
  const say = useText()
  const [words, setWords] = useState('')
  const found = foundFields(fields, { words, usual })
  return (
    <Command label={say(listTexts.findField)} shouldFilter={false} loop className={floating.chooser}>
      <Command.Input value={words} onValueChange={setWords} placeholder={say(listTexts.findField)} aria-label={say(listTexts.findField)} data-autofocus />
      <Command.List label={say(listTexts.filterBy)}>
        {found.map((field) => (
          <Command.Item key={field.name} value={field.name} onSelect={() => onChoose(field)} className={floating.item} {...(isChosen ? { 'aria-checked': isChosen(field.name) } : {})}>
            {isChosen ? <span className={floating.tick}>{isChosen(field.name) ? <Icon name="check" size={14} /> : null}</span> : null}
            {say(field.label)}
          </Command.Item>
        ))}
        {found.length === 0 ? <div className={floating.note} role="presentation">{say(listTexts.noField)}</div> : null}
      </Command.List>
      {children}
    </Command>
  )
}
