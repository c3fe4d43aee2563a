'use client'

import type { FieldDefinition } from '../../config/language/entity.ts'
import { linkedText } from './linked-text.ts'
import { useText } from './kit-context.tsx'
import styles from './section-text.module.css'

/** A text of the form between its fields: plain words in paragraphs; web addresses lead where they say. */
export function SectionText({ field }: { readonly field: FieldDefinition }) {
  const say = useText()
  const title = say(field.label)
  const paragraphs = (field.content ? say(field.content) : '').split(/\n\s*\n/).map((text) => text.trim()).filter(Boolean)
  return (
    <aside className={styles.text} role="note" aria-label={title} data-warning={field.warning || undefined}>
      <strong>{title}</strong>
      {paragraphs.map((paragraph, index) => (
        <p key={index}>{linkedText(paragraph).map((part, at) => (part.address === undefined ? part.text : <a key={at} href={part.address} target="_blank" rel="noreferrer noopener">{part.text}</a>))}</p>
      ))}
    </aside>
  )
}
