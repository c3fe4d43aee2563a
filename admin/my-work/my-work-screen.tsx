'use client'

import { useEffect, useState } from 'react'
import type { MyWorkView } from '../../plugins/core/my-work/my-work-view.ts'
import { useCrumb } from '../frame/crumbs.tsx'
import { changedSince, useApi } from '../kit/api.ts'
import { Button, IconButton } from '../kit/button.tsx'
import { Icon } from '../kit/icon.tsx'
import { useText } from '../kit/kit-context.tsx'
import { EmptyState, ErrorBanner } from '../kit/surfaces.tsx'
import { workTexts } from '../locales/running-texts.ts'
import { homeTexts } from '../locales/home-texts.ts'
import { MyWorkLine } from './my-work-line.tsx'
import work from '../home/work.module.css'
import page from '../kit/page.module.css'
import styles from './my-work.module.css'

/** All that waits for the person on one page: searched, narrowed to an entity, a page at a time. What is asked stands in the address. */
export function MyWorkScreen({ initial, asked: first }: { readonly initial: MyWorkView; readonly asked: string }) {
  const say = useText()
  useCrumb(workTexts.title)
  const [asked, setAsked] = useState(() => new URLSearchParams(first))
  const [words, setWords] = useState(asked.get('q') ?? '')
  const { data, problem, loading, reload } = useApi<MyWorkView>(`/api/my-work?${asked.toString()}`, initial)
  const view = data ?? initial
  const ask = (change: Readonly<Record<string, string>>) => {
    const next = new URLSearchParams(asked)
    next.delete('page')
    for (const [name, value] of Object.entries(change)) { if (value) next.set(name, value); else next.delete(name) }
    setAsked(next)
    window.history.replaceState(null, '', `${window.location.pathname}${next.size > 0 ? `?${next.toString()}` : ''}`)
  }
  useEffect(() => {
    if (words === (asked.get('q') ?? '')) return undefined
    const timer = setTimeout(() => ask({ q: words }), 250)
    return () => clearTimeout(timer)
  })
  useEffect(() => { if (changedSince(initial.at)) void reload() }, [initial, reload])
  const entity = asked.get('entity') ?? ''
  const all = view.entities.reduce((sum, { count }) => sum + count, 0)
  return (
    <div className={styles.screen}>
      <header className={styles.head}>
        <div><h1>{say(workTexts.title)}</h1><p>{say(workTexts.text)}</p></div>
        <IconButton icon="refresh" label={say(homeTexts.refresh)} aria-busy={loading} onClick={() => void reload()} />
      </header>
      <div className={styles.tools}>
        <div className={page.search}><Icon name="search" size={14} /><input type="search" aria-label={say(workTexts.search)} placeholder={say(workTexts.search)} value={words} onChange={(event) => setWords(event.target.value)} /></div>
        <div className={page.tabs} role="group" aria-label={say(workTexts.title)}>
          <button type="button" aria-pressed={entity === ''} onClick={() => ask({ entity: '' })}>{say(workTexts.all)}<span className={page.count}>{all}</span></button>
          {view.entities.map(({ slug, labels, count, overdue }) => (
            <button key={slug} type="button" aria-pressed={entity === slug} onClick={() => ask({ entity: slug })}>{say(labels)}<span className={page.count} data-tone={overdue > 0 ? 'bad' : undefined}>{count}</span></button>
          ))}
        </div>
      </div>
      <ErrorBanner problem={problem} />
      {view.isCut ? <p className={styles.note}>{say(workTexts.cut)}</p> : null}
      {view.rows.length === 0 ? (
        <div className={work.box}>
          {all === 0 ? <EmptyState icon="check" title={say(workTexts.emptyTitle)} text={say(workTexts.emptyText)} />
            : <EmptyState icon="search" title={say(workTexts.noneFound)} text=""><Button onClick={() => { setWords(''); ask({ q: '', entity: '' }) }}>{say(workTexts.clear)}</Button></EmptyState>}
        </div>
      ) : (
        <section className={work.box} aria-label={say(workTexts.title)}>
          {view.overdue > 0 ? <header className={work.boxHead}><span className={page.count} data-tone="bad">{say(workTexts.overdue, { count: view.overdue })}</span></header> : null}
          <ul className={styles.rows}>{view.rows.map((row) => <MyWorkLine key={`${row.entity} ${row.id}`} row={row} today={view.today} at={view.at} onDone={reload} />)}</ul>
        </section>
      )}
      {view.pages > 1 ? (
        <nav className={styles.pages}>
          <IconButton icon="left" label={say(workTexts.previous)} disabled={view.page <= 1} onClick={() => ask({ page: String(view.page - 1) })} />
          <span>{say(workTexts.page, { page: view.page, pages: view.pages })}</span>
          <IconButton icon="right" label={say(workTexts.next)} disabled={view.page >= view.pages} onClick={() => ask({ page: String(view.page + 1) })} />
        </nav>
      ) : null}
    </div>
  )
}
