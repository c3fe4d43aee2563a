'use client'

import Link from 'next/link'
import { useId, useState } from 'react'
import type { FigureView } from '../../plugins/core/home/home-view.ts'
import { IconButton } from '../kit/button.tsx'
import { useText } from '../kit/kit-context.tsx'
import { Money, Quantity, StateChip } from '../kit/values.tsx'
import { homeTexts } from '../locales/home-texts.ts'
import styles from './figures.module.css'

/** A health figure: the verdict, the number, what it was computed from and where to look further. */
export function FigureCard({ figure }: { readonly figure: FigureView }) {
  const say = useText()
  const id = useId()
  const [open, setOpen] = useState(false)
  return (
    <article className={styles.figure} data-tone={figure.tone} aria-labelledby={id}>
      <header>
        <h3 id={id}>{say(figure.label)}</h3>
        <StateChip label={figure.verdict} tone={figure.tone} />
        <IconButton small icon="info" label={`${say(homeTexts.explain)} ${say(figure.label)}`} aria-expanded={open} onClick={() => setOpen(!open)} />
      </header>
      <p className={styles.measure}><Measured {...figure.measure} /></p>
      {open ? <p className={styles.meaning}>{say(figure.meaning)}</p> : null}
      <dl aria-label={say(homeTexts.sources)} className={styles.sources}>
        {figure.sources.map((source) => (
          <div key={source.label.en}>
            <dt>{source.entity ? <Link href={sourceHref(source.entity, source.query)} prefetch={false}>{say(source.label)}</Link> : say(source.label)}</dt>
            <dd><Measured kind={source.kind} value={source.value} /></dd>
          </div>
        ))}
      </dl>
    </article>
  )
}

export function Measured({ kind, value }: { readonly kind: 'money' | 'count' | 'days'; readonly value: string }) {
  const say = useText()
  if (kind === 'money') return <Money value={value} />
  return kind === 'days' ? <span>{say(homeTexts.days, { count: value })}</span> : <Quantity value={value} />
}

const sourceHref = (entity: string, query: string | undefined) =>
  entity === 'work-items' ? '/admin/dead-letters' : `/admin/collections/${entity}${query ? `?${query}` : ''}`
