'use client'

import Link from 'next/link'
import type { LiveDocumentsView } from '../../plugins/core/configuration/workflows/live-documents.ts'
import { ProgressBar } from '../imports/progress-bar.tsx'
import { useText } from '../kit/kit-context.tsx'
import { migrationTexts } from '../locales/migration-texts.ts'
import styles from './configuration.module.css'

/** Where histories go another way on the version that they were replayed on. */
export function ReplayResult({ entity, replay: { status, told } }: { readonly entity: string; readonly replay: LiveDocumentsView['replay'] }) {
  const say = useText()
  if (status === 'none') return null
  if (status === 'failed') return <p role="alert">{say(migrationTexts.broken)}</p>
  if (status !== 'done') {
    const label = told ? say(migrationTexts.replaying, { done: told.done, total: told.total }) : say(migrationTexts.waiting)
    return <div role="status"><p>{label}</p><ProgressBar value={told && told.total > 0 ? told.done / told.total : null} label={label} /></div>
  }
  if (!told) return null
  return (
    <div role="status">
      <p><strong>{say(migrationTexts.replayed, { same: told.same, diverged: told.diverged })}</strong></p>
      {told.divergences.length > 0 ? (
        <ul className={styles.problems}>
          {told.divergences.map(({ event, state, message, count, samples }) => (
            <li key={`${event}${state}${message.en}`}>
              {say(message)}{' '}
              {samples.map(({ id, title }, index) => <span key={id}>{index > 0 ? ', ' : ''}<Link href={`/admin/collections/${entity}/${id}`} prefetch={false}>{title}</Link></span>)}
              {count > samples.length ? <> {say(migrationTexts.more, { count: count - samples.length })}</> : null}
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}
