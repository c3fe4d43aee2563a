'use client'

import { pageSizes, type ListQuery } from '../../plugins/core/views/list-query.ts'
import type { ListView } from '../../plugins/core/views/list-view.ts'
import { IconButton } from '../kit/button.tsx'
import { useText } from '../kit/kit-context.tsx'
import { listTexts } from '../locales/list-texts.ts'
import styles from './list.module.css'

/** Where one is in a long list, and the way on. */
export function Pager({ view, query, ask }: { readonly view: ListView; readonly query: ListQuery; readonly ask: (change: Partial<ListQuery>) => void }) {
  const say = useText()
  if (view.total === 0) return null
  const from = (query.page - 1) * query.limit + 1
  const to = Math.min(view.total, query.page * query.limit)
  return (
    <footer className={styles.pager}>
      <span className={styles.keys}>{say(listTexts.keys)}</span>
      <label className={styles.size}>{say(listTexts.pageSize)}
        <select value={query.limit} onChange={(event) => ask({ limit: Number(event.target.value) })}>
          {pageSizes.map((size) => <option key={size} value={size}>{size}</option>)}
        </select>
      </label>
      <nav aria-label={say(listTexts.pages)} className={styles.turn}>
        <span>{say(listTexts.page, { from, to, total: view.total })}</span>
        <IconButton small icon="left" label={say(listTexts.previous)} disabled={query.page <= 1} onClick={() => ask({ page: query.page - 1 })} />
        <IconButton small icon="right" label={say(listTexts.next)} disabled={to >= view.total} onClick={() => ask({ page: query.page + 1 })} />
      </nav>
    </footer>
  )
}
