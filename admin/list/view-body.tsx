'use client'

import dynamic from 'next/dynamic'
import { useText } from '../kit/kit-context.tsx'
import { EmptyState, Skeleton } from '../kit/surfaces.tsx'
import { viewTexts } from '../locales/view-texts.ts'
import type { OpenList } from './use-list.ts'
import styles from './views.module.css'

// Drawn charts, dragging and forms each weigh as much as the rest of the page: they come when someone looks.
const Board = dynamic(() => import('./board.tsx').then((loaded) => loaded.Board), { ssr: false, loading: Waiting })
const CalendarBoard = dynamic(() => import('./calendar-board.tsx').then((loaded) => loaded.CalendarBoard), { ssr: false, loading: Waiting })
const ChartBoard = dynamic(() => import('./chart-board.tsx').then((loaded) => loaded.ChartBoard), { ssr: false, loading: Waiting })
const FormBrowser = dynamic(() => import('./form-browser.tsx').then((loaded) => loaded.FormBrowser), { ssr: false, loading: Waiting })
const Gallery = dynamic(() => import('./gallery.tsx').then((loaded) => loaded.Gallery), { ssr: false, loading: Waiting })

function Waiting() {
  return <div className={styles.told}><Skeleton width="40%" /></div>
}

/** The documents as a view of another kind than the table shows them. */
export function ViewBody({ open }: { readonly open: OpenList }) {
  const say = useText()
  const { shown } = open
  const isReady = shown.kind === 'calendar' ? shown.from !== undefined : shown.kind === 'kanban' || shown.kind === 'chart' ? shown.groupBy !== undefined : true
  if (!isReady) return <EmptyState icon="table" title={say(viewTexts.needsField)} text={say(viewTexts.needsFieldText)} />
  switch (shown.kind) {
    case 'kanban': return <Board open={open} />
    case 'calendar': return <CalendarBoard open={open} />
    case 'gallery': return <Gallery open={open} />
    case 'chart': return <ChartBoard open={open} />
    case 'form': return <FormBrowser open={open} />
    case 'table': return null
  }
}
