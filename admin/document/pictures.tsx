'use client'

import dynamic from 'next/dynamic'
import { useSearchParams } from 'next/navigation'
import { useState } from 'react'
import type { DocumentView } from '../../plugins/core/views/document-view.ts'
import { useText } from '../kit/kit-context.tsx'
import { documentTexts } from '../locales/document-texts.ts'
import styles from './document.module.css'

// Pictures bring a graph library with them: it is fetched when someone looks.
const Statechart = dynamic(() => import('../workflow/statechart.tsx').then(({ Statechart: Chart }) => Chart))
const TraceGraph = dynamic(() => import('../trace/trace-graph.tsx').then(({ TraceGraph: Graph }) => Graph))

export type ViewName = 'document' | 'lifecycle' | 'trace'

/** Which side of a document is shown stands in the address, so that a link can point at its trace; within another page it does not. */
export function useViewChoice({ isPage }: { readonly isPage: boolean }): readonly [ViewName, (view: ViewName) => void] {
  const [chosen, setChosen] = useState<ViewName>('document')
  const inAddress = useSearchParams().get('view')
  const asked = isPage ? inAddress : chosen
  const shown: ViewName = asked === 'lifecycle' || asked === 'trace' ? asked : 'document'
  const choose = (view: ViewName) => window.history.replaceState(null, '', `${window.location.pathname}${view === 'document' ? '' : `?view=${view}`}`)
  return [shown, isPage ? choose : setChosen]
}

export function ViewTabs({ view, shown, onChoose }: { readonly view: DocumentView; readonly shown: ViewName; readonly onChoose: (view: ViewName) => void }) {
  const say = useText()
  const tabs: readonly ViewName[] = ['document', ...(view.state ? ['lifecycle' as const] : []), ...(traceOf(view) ? ['trace' as const] : [])]
  if (tabs.length < 2) return null
  return (
    <div className={styles.tabs} role="group" aria-label={say(documentTexts.view)}>
      {tabs.map((name) => <button key={name} type="button" aria-pressed={name === shown} onClick={() => onChoose(name)}>{say(documentTexts[name])}</button>)}
    </div>
  )
}

export function LifecycleView({ view }: { readonly view: DocumentView }) {
  const place = view.document?.workflow as { definitionHash?: string } | undefined
  const history = view.history.map(({ from, to, label }) => ({ from: from?.name ?? null, to: to?.name ?? null, label }))
  return <Statechart entity={view.entity.slug} state={view.state?.name ?? null} hash={place?.definitionHash ?? null} history={history} mayDesign={view.entity.rights.design} />
}

export function TraceView({ view }: { readonly view: DocumentView }) {
  const traceId = traceOf(view)
  return traceId === null ? null : <TraceGraph traceId={traceId} {...(view.document ? { currentId: view.document.id } : {})} />
}

const traceOf = ({ document }: DocumentView) => (typeof document?.traceId === 'string' ? document.traceId : null)
