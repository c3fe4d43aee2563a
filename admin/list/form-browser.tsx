'use client'

import Link from 'next/link'
import type { DocumentView } from '../../plugins/core/views/document-view.ts'
import { DocumentScreen } from '../document/document-screen.tsx'
import { useApi } from '../kit/api.ts'
import { Icon } from '../kit/icon.tsx'
import { useText } from '../kit/kit-context.tsx'
import { useGo } from '../kit/leave-guard.tsx'
import { ErrorBanner, Skeleton } from '../kit/surfaces.tsx'
import { formTexts } from '../locales/view-texts.ts'
import { NothingHere } from './nothing-here.tsx'
import type { OpenList } from './use-list.ts'
import styles from './views.module.css'

/** The documents of the list one by one, each in its form. */
export function FormBrowser({ open }: { readonly open: OpenList }) {
  const say = useText()
  const go = useGo()
  const { view, query, ask, loading, chosen, addressFor } = open
  const { entity, total } = view
  const { saved, view: definition, place } = chosen
  const at = Math.min(place.at, Math.max(1, total))
  const isOnPage = Math.ceil(at / place.limit) === view.query.page
  const row = isOnPage ? view.rows[(at - 1) % place.limit] : undefined
  const { data, problem } = useApi<DocumentView>(row ? `/api/views/documents/${entity.slug}/${encodeURIComponent(row.id)}` : null)
  const address = (next: number) => (next >= 1 && next <= total ? addressFor({ saved, view: definition, place: { ...place, at: next } }) : null)
  const [before, after] = [address(at - 1), address(at + 1)]
  const byKey = (event: React.KeyboardEvent) => {
    const to = event.altKey ? { PageUp: before, PageDown: after }[event.key] : undefined
    if (!to) return
    event.preventDefault()
    go(to)
  }
  if (total === 0 && !loading) return <NothingHere entity={entity} isFiltered={Boolean(query.q || query.state || query.filters.length > 0)} onClear={() => ask({ q: '', state: '', filters: [] })} />
  return (
    <div className={styles.browser} onKeyDown={byKey}>
      <nav className={styles.turn} aria-label={say(formTexts.place, { at, total })}>
        <Turn href={before} icon="left" label={say(formTexts.previous)} />
        <span>{say(formTexts.place, { at, total })}</span>
        <Turn href={after} icon="right" label={say(formTexts.next)} />
      </nav>
      {problem ? <div className={styles.told}><ErrorBanner problem={problem} /></div> : null}
      {data && data.document?.id === row?.id ? <DocumentScreen key={data.document?.id} initial={data} isPage={false} /> : <div className={styles.told}><Skeleton width="50%" /></div>}
    </div>
  )
}

/** A link, so that what is unsaved is asked about as anywhere. */
function Turn({ href, icon, label }: { readonly href: string | null; readonly icon: 'left' | 'right'; readonly label: string }) {
  if (!href) return <span className={styles.turnLink} data-end="true" aria-hidden="true"><Icon name={icon} /></span>
  return <Link href={href} prefetch={false} aria-label={label} title={label} className={styles.turnLink}><Icon name={icon} /></Link>
}
