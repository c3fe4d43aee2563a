'use client'

import type { ReactNode } from 'react'
import type { FormLayout } from '../../config/language/form.ts'
import { Button, IconButton } from '../kit/button.tsx'
import { useText } from '../kit/kit-context.tsx'
import { configurationTexts } from '../locales/configuration-texts.ts'
import { layoutTexts } from '../locales/layout-texts.ts'
import { Grip, useMoved } from './layout-grip.tsx'
import { movePart, newSection, withoutPart } from './layout-moves.ts'
import styles from './layout.module.css'

type Props = {
  readonly index: number
  readonly layout: FormLayout
  /** "Tab" or "Step". */
  readonly name: string
  readonly mayEdit: boolean
  readonly onChange: (layout: FormLayout) => void
  readonly children: ReactNode
}

/** A tab or step of a layout with its sections. */
export function LayoutPart({ index, layout, name, mayEdit, onChange, children }: Props) {
  const say = useText()
  const { parts } = layout
  const part = parts?.list[index]
  const { place, drag } = useMoved('part', part?.key ?? '', !mayEdit)
  if (!parts || !part) return null
  const rename = (language: 'en' | 'zh', text: string) => onChange({ ...layout, parts: { ...parts, list: parts.list.map((one) => (one.key === part.key ? { ...one, label: { ...one.label, [language]: text } } : one)) } })
  return (
    <div className={styles.part} role="group" aria-label={say(part.label)} {...place}>
      <header>
        {mayEdit ? <Grip name={say(part.label)} drag={drag} /> : null}
        <strong>{name} {index + 1}</strong>
        {(['en', 'zh'] as const).map((language) => <input key={language} className={styles.title} disabled={!mayEdit} aria-label={`${name} ${index + 1} · ${language === 'en' ? 'English' : '中文'}`} value={part.label[language]} onChange={(event) => rename(language, event.target.value)} />)}
        {mayEdit ? (
          <>
            <IconButton icon="up" small label={`${say(configurationTexts.up)}: ${say(part.label)}`} disabled={index === 0} onClick={() => onChange(movePart(layout, index, index - 1))} />
            <IconButton icon="down" small label={`${say(configurationTexts.down)}: ${say(part.label)}`} disabled={index === parts.list.length - 1} onClick={() => onChange(movePart(layout, index, index + 1))} />
            <IconButton icon="trash" small label={say(layoutTexts.removePart, { what: say(part.label) })} onClick={() => onChange(withoutPart(layout, part.key))} />
            <Button small icon="plus" onClick={() => onChange({ ...layout, sections: newSection(layout.sections, part.key) })}>{say(layoutTexts.addSection)}</Button>
          </>
        ) : null}
      </header>
      {children}
    </div>
  )
}
