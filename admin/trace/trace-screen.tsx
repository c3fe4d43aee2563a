'use client'

import { useCrumb } from '../frame/crumbs.tsx'
import { useText } from '../kit/kit-context.tsx'
import { pictureTexts } from '../locales/picture-texts.ts'
import { TraceGraph } from './trace-graph.tsx'
import styles from './trace.module.css'

export function TraceScreen({ traceId, currentId }: { readonly traceId: string; readonly currentId?: string }) {
  const say = useText()
  useCrumb(pictureTexts.trace)
  return (
    <div className={styles.page}>
      <header><h1>{say(pictureTexts.trace)}</h1><p>{say(pictureTexts.traceText)}</p></header>
      <TraceGraph traceId={traceId} {...(currentId ? { currentId } : {})} />
    </div>
  )
}
