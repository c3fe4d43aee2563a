'use client'

import dynamic from 'next/dynamic'
import { useText } from '../kit/kit-context.tsx'
import { EmptyState, Skeleton } from '../kit/surfaces.tsx'
import { viewTexts } from '../locales/view-texts.ts'
import { Board } from './board.tsx'
import { CalendarBoard } from './calendar-board.tsx'
import { FormBrowser } from './form-browser.tsx'
import { Gallery } from './gallery.tsx'
import type { OpenList } from './use-list.ts'

/** Drawn charts weigh as much as the rest of the page: they come when one is looked at. */
const ChartBoard = dynamic(() => import('./chart-board.tsx').then((loaded) => loaded.ChartBoard), { ssr: false, loading: () => <Skeleton width="40%" /> })

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
