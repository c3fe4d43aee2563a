'use client'

import { useEffect, useState } from 'react'
import type { HomeView } from '../../plugins/core/home/home-view.ts'
import { WaitingPanel } from '../approvals/waiting-panel.tsx'
import { changedSince, request } from '../kit/api.ts'
import { ButtonLink, IconButton } from '../kit/button.tsx'
import { formatDateText } from '../kit/format.ts'
import { Icon } from '../kit/icon.tsx'
import { useKit, useText } from '../kit/kit-context.tsx'
import { EmptyState } from '../kit/surfaces.tsx'
import { homeTexts } from '../locales/home-texts.ts'
import { workTexts } from '../locales/running-texts.ts'
import { ChartPanel } from './chart-panel.tsx'
import { FigureCard } from './figure-card.tsx'
import { FirstSteps } from './first-steps.tsx'
import { OthersWork, WorkPanel } from './work-panel.tsx'
import styles from './home.module.css'
import work from './work.module.css'

/** Work at the left, most urgent first; health figures beside it; charts below. One column on a phone. */
export function HomeScreen({ initial, canStartFirm }: { readonly initial: HomeView; readonly canStartFirm: boolean }) {
  const say = useText()
  const { view, reload, loading } = useHome(initial)
  const mine = view.work.filter((list) => list.mine)
  const others = view.work.filter((list) => !list.mine)
  return (
    <div className={styles.screen}>
      <Greeting view={view} onReload={reload} loading={loading} />
      {canStartFirm ? (
        <div className={styles.demo}>
          <Icon name="info" /><span>{say(homeTexts.demoBanner)}</span>
          <ButtonLink small href="/admin/start-firm">{say(homeTexts.startFirm)}</ButtonLink>
        </div>
      ) : null}
      <div className={view.figures.length > 0 ? styles.columns : styles.single}>
        <section aria-label={say(homeTexts.work)} className={styles.work}>
          {view.steps.length > 0 ? <FirstSteps steps={view.steps} /> : null}
          <WaitingPanel view={view.approvals} onDone={reload} />
          {mine.map((list) => <WorkPanel key={list.name} list={list} today={view.today} onDone={reload} />)}
          {view.work.length === 0 && view.steps.length === 0 && view.approvals.total === 0
            ? <div className={work.box}><EmptyState icon="check" title={say(homeTexts.workEmptyTitle)} text={say(homeTexts.workEmptyText)} /></div> : null}
          {others.length > 0 ? <OthersWork lists={others} today={view.today} onDone={reload} /> : null}
        </section>
        {view.figures.length > 0 ? (
          <section aria-label={say(homeTexts.health)} className={styles.figures}>
            {view.figures.map((figure) => <FigureCard key={figure.name} figure={figure} />)}
          </section>
        ) : null}
      </div>
      {view.charts.length > 0 ? <div className={styles.charts}>{view.charts.map((chart) => <ChartPanel key={chart.name} chart={chart} />)}</div> : null}
    </div>
  )
}

function Greeting({ view, onReload, loading }: { readonly view: HomeView; readonly onReload: () => Promise<void>; readonly loading: boolean }) {
  const say = useText()
  const { user, firm, language } = useKit()
  const count = view.work.filter(({ mine }) => mine).reduce((sum, { total }) => sum + total, view.approvals.total)
  return (
    <header className={styles.greeting}>
      <div>
        <h1>{say(partOfDay(view.at, firm.timeZone), { name: user?.name ?? '' })}</h1>
        <p>{formatDateText(view.today, language)} · {count === 0 ? say(homeTexts.waitingNone) : count === 1 ? say(homeTexts.waitingOne) : say(homeTexts.waitingTotal, { count })}</p>
      </div>
      <ButtonLink icon="check" href="/admin/my-work">{say(workTexts.seeAll)}</ButtonLink>
      <IconButton icon="refresh" label={say(homeTexts.refresh)} aria-busy={loading} onClick={() => void onReload()} />
    </header>
  )
}

function partOfDay(at: string, timeZone: string) {
  const hour = Number(new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hour12: false }).format(new Date(at)))
  return hour < 5 || hour >= 18 ? homeTexts.night : hour < 12 ? homeTexts.morning : homeTexts.afternoon
}

/** What the server sent, read again after a change; a page that the browser kept is refreshed when it comes back. */
function useHome(initial: HomeView) {
  const [view, setView] = useState(initial)
  const [loading, setLoading] = useState(false)
  const reload = async () => {
    setLoading(true)
    try {
      setView(await request<HomeView>('/api/home'))
    } finally {
      setLoading(false)
    }
  }
  useEffect(() => setView(initial), [initial])
  useEffect(() => { if (changedSince(initial.at)) void reload() }, [initial])
  return { view, reload, loading }
}
