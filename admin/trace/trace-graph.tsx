'use client'

import { useRef, useState } from 'react'
import type { Trace } from '../../plugins/core/trace/trace.ts'
import { useApi } from '../kit/api.ts'
import { Button } from '../kit/button.tsx'
import { Menu, MenuItem } from '../kit/floating.tsx'
import { useText } from '../kit/kit-context.tsx'
import { savePicture } from '../kit/save-picture.ts'
import { BannerActions, EmptyState, ErrorBanner, Skeleton } from '../kit/surfaces.tsx'
import { pictureTexts } from '../locales/picture-texts.ts'
import { kitTexts } from '../locales/texts.ts'
import { TraceFlow } from './trace-flow.tsx'
import { inOrder, shownTrace } from './trace-layout.ts'
import { useTraceSvg } from './trace-svg.ts'
import { TraceTable } from './trace-table.tsx'
import styles from './trace.module.css'

/** The life of an order as a graph to click through, with the table behind it. */
export function TraceGraph({ traceId, currentId }: { readonly traceId: string; readonly currentId?: string }) {
  const say = useText()
  const { data, problem, reload } = useApi<Trace>(`/api/trace/${encodeURIComponent(traceId)}`)
  if (problem) return <ErrorBanner problem={problem}><BannerActions><Button small onClick={() => void reload()}>{say(kitTexts.tryAgain)}</Button></BannerActions></ErrorBanner>
  if (!data) return <div className={styles.waiting}><Skeleton width="60%" /><Skeleton width="80%" /><Skeleton width="40%" /></div>
  if (data.nodes.length === 0) return <EmptyState icon="graph" title={say(pictureTexts.traceEmptyTitle)} text={say(pictureTexts.traceEmptyText)} />
  return <TracePicture trace={data} {...(currentId ? { currentId } : {})} />
}

function TracePicture({ trace, currentId }: { readonly trace: Trace; readonly currentId?: string }) {
  const say = useText()
  const [asTable, setAsTable] = useState(false)
  const hasJournal = trace.nodes.some(({ entity }) => entity === 'journal-entries')
  const onlyJournal = trace.nodes.every(({ entity }) => entity === 'journal-entries' || entity === 'stock-counts')
  const isJournal = trace.nodes.some(({ id, entity }) => id === currentId && entity === 'journal-entries')
  const [journal, setJournal] = useState(onlyJournal || isJournal)
  const shown = shownTrace(trace, { journal })
  const toSvg = useTraceSvg(shown)
  const name = useRef(inOrder(trace).find(({ number }) => number)?.number ?? 'trace')
  const save = (as: 'svg' | 'png') => void savePicture({ svg: toSvg(), name: name.current, as })
  return (
    <div className={styles.picture}>
      <div className={styles.tools}>
        {hasJournal ? <label className={styles.check}><input type="checkbox" checked={journal} onChange={(event) => setJournal(event.target.checked)} />{say(pictureTexts.journal)}</label> : null}
        {trace.edges.some(({ kind }) => kind === 'peg') ? <span className={styles.legend}>{say(pictureTexts.pegs)}</span> : null}
        <span className={styles.spring} />
        <Button small look="ghost" icon={asTable ? 'graph' : 'table'} aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>{say(asTable ? pictureTexts.asPicture : pictureTexts.asTable)}</Button>
        <Menu label={say(pictureTexts.export)} trigger={(props) => <Button {...props} small look="ghost" icon="download">{say(pictureTexts.export)}</Button>}>
          {(close) => (
            <>
              <MenuItem onSelect={() => { close(); save('svg') }}>{say(pictureTexts.exportSvg)}</MenuItem>
              <MenuItem onSelect={() => { close(); save('png') }}>{say(pictureTexts.exportPng)}</MenuItem>
            </>
          )}
        </Menu>
      </div>
      {trace.truncated ? <p className={styles.legend}>{say(pictureTexts.truncated, { count: trace.nodes.length })}</p> : null}
      {asTable ? <TraceTable trace={shown} {...(currentId ? { currentId } : {})} /> : <TraceFlow key={String(journal)} trace={shown} {...(currentId ? { currentId } : {})} />}
    </div>
  )
}
