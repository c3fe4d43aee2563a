'use client'

import Link from 'next/link'
import type { KeyboardEvent, ReactNode } from 'react'
import type { FieldDefinition } from '../../config/language/entity.ts'
import type { StateView } from '../../plugins/core/views/entity-view.ts'
import type { ListRow } from '../../plugins/core/views/list-view.ts'
import type { Titles } from '../../plugins/core/views/titles.ts'
import { dueField } from '../../plugins/core/views/due-field.ts'
import { useText } from '../kit/kit-context.tsx'
import { FieldValue, StateChip } from '../kit/values.tsx'
import { DueValue } from './due-value.tsx'
import styles from './views.module.css'

export const hrefOf = (slug: string, id: string) => `/admin/collections/${slug}/${encodeURIComponent(id)}`

/** What a document is called in a sentence and on its card. */
export function cardTitle(row: ListRow, title: FieldDefinition | undefined, titles: Titles): string {
  const value = title ? row[title.name] : undefined
  if (title?.type === 'relation') return titles[title.to ?? '']?.[String(value)]?.title ?? '•••'
  return typeof value === 'string' && value !== '' ? value : `…${row.id.slice(-6)}`
}

/** One document as a small card: its name leads to it. */
export function Card({ row, slug, title, lines, titles, at, state, mark, foot, action, onKeyDown }: {
  readonly row: ListRow
  readonly slug: string
  readonly title: FieldDefinition | undefined
  readonly lines: readonly FieldDefinition[]
  readonly titles: Titles
  /** When it was read. */
  readonly at: string
  /** Shown where the place of the card does not say it. */
  readonly state?: StateView | undefined
  /** In front of the name. */
  readonly mark?: ReactNode
  readonly foot?: ReactNode
  readonly action?: ReactNode
  readonly onKeyDown?: (event: KeyboardEvent<HTMLAnchorElement>) => void
}) {
  const say = useText()
  const filled = lines.filter(({ name }) => row[name] !== null && row[name] !== undefined && row[name] !== '')
  return (
    <div className={styles.card}>
      <div className={styles.cardHead}>
        {mark}
        <Link href={hrefOf(slug, row.id)} prefetch={false} draggable={false} className={styles.cardTitle} onKeyDown={onKeyDown}>{cardTitle(row, title, titles)}</Link>
        {action}
      </div>
      {filled.length > 0 ? (
        <dl className={styles.cardLines}>
          {filled.map((field) => <div key={field.name}><dt>{say(field.label)}</dt><dd>{field.name === dueField.name ? <DueValue due={row[field.name]} at={at} /> : <FieldValue field={field} value={row[field.name]} titles={titles} dense={field.type !== 'money'} />}</dd></div>)}
        </dl>
      ) : null}
      {state ? <StateChip label={state.label} tone={state.tone} /> : null}
      {foot}
    </div>
  )
}
