'use client'

import Link from 'next/link'
import { useState } from 'react'
import type { Impact } from '../../plugins/core/configuration/impact/impact.ts'
import { useKinds, type Use } from '../../plugins/core/configuration/impact/use.ts'
import { useApi } from '../kit/api.ts'
import { useText } from '../kit/kit-context.tsx'
import { ErrorBanner, Skeleton } from '../kit/surfaces.tsx'
import { useKindTexts, useTexts } from '../locales/use-texts.ts'
import styles from './uses.module.css'

type Props = { readonly slug: string; readonly field?: string }

/** Who and what uses a field, or without one the entity as a whole, each with the way to it. */
export function Uses({ slug, field }: Props) {
  const say = useText()
  const { data, problem } = useApi<Impact>(`/api/configuration/fields/${slug}/use${field === undefined ? '' : `/${field}`}`)
  if (!data) return problem ? <ErrorBanner problem={problem} /> : <Skeleton />
  const { filled, options, uses, unseen } = data
  const [unknown, none, some] = field === undefined ? [useTexts.recordsUnknown, useTexts.noRecords, useTexts.records] : [useTexts.unknown, useTexts.empty, useTexts.filled]
  const counted = [[unseen.views, useTexts.unseenViews], [unseen.imports, useTexts.unseenImports], [unseen.keys, useTexts.unseenKeys]] as const
  const reachesPrograms = uses.some(({ kind }) => kind === 'key') || unseen.keys > 0
  return (
    <div className={styles.uses}>
      <p>{filled === null ? say(unknown) : filled === 0 ? say(none) : say(some, { count: filled })}</p>
      {options.some(({ count }) => count > 0) ? <p>{say(useTexts.options, { options: options.map(({ label, count }) => say(useTexts.option, { option: say(label), count })).join(say(useTexts.comma)) })}</p> : null}
      <dl>{useKinds.map((kind) => ({ kind, list: uses.filter((use) => use.kind === kind) })).filter(({ list }) => list.length > 0).map(({ kind, list }) => <Kind key={kind} kind={kind} list={list} />)}</dl>
      {counted.map(([count, text]) => (count > 0 ? <p key={text.en}>{say(text, { count })}</p> : null))}
      {reachesPrograms ? <p>{say(useTexts.clients)}</p> : null}
      {uses.length === 0 && counted.every(([count]) => count === 0) ? <p>{say(useTexts.nobody)}</p> : null}
    </div>
  )
}

function Kind({ kind, list }: { readonly kind: Use['kind']; readonly list: readonly Use[] }) {
  const say = useText()
  return (
    <div>
      <dt>{say(useKindTexts[kind])}</dt>
      <dd>
        <ul>
          {list.map(({ label, note, href, first }, index) => (
            <li key={index}>
              {href ? <Link href={href} prefetch={false}>{say(label)}</Link> : <span>{say(label)}</span>}
              {note ? <small> {say(note)}</small> : null}
              {first ? <em>{say(useTexts.first)}</em> : null}
            </li>
          ))}
        </ul>
      </dd>
    </div>
  )
}

/** The same, asked for once it is unfolded. */
export function UsesDetails({ isOpen = false, ...asked }: Props & { readonly isOpen?: boolean }) {
  const say = useText()
  const [open, setOpen] = useState(isOpen)
  return (
    <details className={styles.details} open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{say(useTexts.who)}</summary>
      {open ? <Uses {...asked} /> : null}
    </details>
  )
}
