'use client'

import { useEffect, useRef, useState, type ReactNode } from 'react'
import { useCrumb } from '../frame/crumbs.tsx'
import type { Period, ProcessView, WayFigures } from '../../plugins/core/process/process-view.ts'
import { request, useApi } from '../kit/api.ts'
import { Button } from '../kit/button.tsx'
import { Menu, MenuItem } from '../kit/floating.tsx'
import { formatLength } from '../kit/format.ts'
import { useKit, useText } from '../kit/kit-context.tsx'
import { savePicture, standaloneSvg } from '../kit/save-picture.ts'
import { Banner, EmptyState, ErrorBanner, Panel } from '../kit/surfaces.tsx'
import { Moment } from '../kit/values.tsx'
import { pictureTexts } from '../locales/picture-texts.ts'
import { periodTexts, processTexts } from '../locales/running-texts.ts'
import { useWidth } from '../workflow/use-width.ts'
import { DocumentsPanel, type Behind } from './documents-panel.tsx'
import { ProcessDrawing } from './process-drawing.tsx'
import { StatesTable, WaysTable, WeeksTable } from './process-tables.tsx'
import styles from './process.module.css'

const lookAgain = 2_000

/** What has really happened to the documents of an entity: a map with its table, times and rework by state, begun and ended by week. */
export function ProcessScreen({ initial }: { readonly initial: ProcessView }) {
  const say = useText()
  const { language } = useKit()
  const { slug, labels } = initial.entity
  useCrumb({ en: `${labels.en} · ${processTexts.open.en}`, zh: `${labels.zh} · ${processTexts.open.zh}` })
  const [period, setPeriod] = useState<Period>(initial.period)
  const [version, setVersion] = useState(initial.version ?? '')
  const path = `/api/workflows/${slug}/process?period=${period}${version ? `&version=${encodeURIComponent(version)}` : ''}`
  const { data, problem, loading, reload } = useApi<ProcessView>(path, initial)
  const view = data ?? initial
  const [behind, setBehind] = useState<Behind | null>(null)
  const box = useRef<HTMLDivElement>(null)
  const width = useWidth(box)
  const isCounting = view.counting !== null
  useEffect(() => {
    if (!isCounting) return undefined
    const timer = setInterval(() => void reload(), lookAgain)
    return () => clearInterval(timer)
  }, [isCounting, reload])
  useEffect(() => { window.history.replaceState(null, '', `${window.location.pathname}?period=${period}${version ? `&version=${encodeURIComponent(version)}` : ''}`) }, [period, version])
  const questionOf = ({ from, to, event }: WayFigures) => ({ to: to.name, from: from?.name ?? '', event: event ?? '' })
  const open = (ways: readonly WayFigures[]) => {
    const [first] = ways
    if (first) setBehind({ title: say(processTexts.behind, { from: first.from ? say(first.from.label) : say(processTexts.start), to: say(first.to.label), label: say(first.label) }), questions: ways.map(questionOf) })
  }
  const save = (as: 'svg' | 'png') => {
    const drawn = box.current?.querySelector('svg')
    if (drawn) void savePicture({ svg: standaloneSvg(drawn), name: `${slug}-process`, as })
  }
  const again = async () => { await request(`${path}&again=true`); await reload() }
  const visits = view.states.reduce((sum, one) => sum + one.visits, 0)
  const rework = view.states.reduce((sum, one) => sum + one.rework, 0)
  const deviations = view.ways.reduce((sum, { deviation, count }) => sum + (deviation ? count : 0), 0)
  return (
    <div className={styles.screen} aria-busy={loading}>
      <header className={styles.head}><div><h1>{say(processTexts.title, { what: say(labels) })}</h1><p>{say(processTexts.text)}</p></div></header>
      <div className={styles.tools}>
        <label>{say(processTexts.period)}<select value={period} onChange={(event) => setPeriod(event.target.value as Period)}>{Object.entries(periodTexts).map(([name, text]) => <option key={name} value={name}>{say(text)}</option>)}</select></label>
        <label>{say(processTexts.version)}
          <select value={version} onChange={(event) => setVersion(event.target.value)}>
            <option value="">{say(processTexts.allVersions)}</option>
            {view.versions.filter(({ hash }) => hash !== '').map((one) => <option key={one.hash} value={one.hash}>{one.version === null ? say(processTexts.noVersion, { count: one.moves }) : say(processTexts.versionOf, { version: one.version, count: one.moves })}</option>)}
          </select>
        </label>
        <span className={styles.counted}>{say(processTexts.countedAt, { rows: view.rows })}{view.at ? <> · <Moment value={view.at} /></> : null}</span>
        {view.counting ? null : <Button small look="ghost" icon="refresh" onClick={() => void again()}>{say(processTexts.again)}</Button>}
      </div>
      <ErrorBanner problem={problem} />
      {view.counting ? <Banner tone="waiting">{say(processTexts.counting, view.counting)}</Banner> : null}
      {view.ways.length === 0 ? (view.counting ? null : <EmptyState icon="chart" title={say(processTexts.emptyTitle)} text={say(processTexts.emptyText)} />) : (
        <>
          <dl className={styles.figures}>
            <Figure label={say(processTexts.documents)}>{view.documents}</Figure>
            <Figure label={say(processTexts.ended)}>{view.whole.count}</Figure>
            <Figure label={say(processTexts.whole)}>{view.whole.median === null ? '–' : formatLength(view.whole.median, language)}</Figure>
            <Figure label={say(processTexts.rework)} hint={say(processTexts.reworkText)}>{visits === 0 ? '–' : `${Math.round((rework / visits) * 1_000) / 10} %`}</Figure>
            <Figure label={say(processTexts.deviations)} hint={say(processTexts.deviationsText)} isBad={deviations > 0}>{deviations}</Figure>
          </dl>
          <Panel
            flush title={say(processTexts.map)}
            actions={(
              <Menu label={say(pictureTexts.export)} trigger={(props) => <Button {...props} small look="ghost" icon="download">{say(pictureTexts.export)}</Button>}>
                {(close) => <><MenuItem onSelect={() => { close(); save('svg') }}>{say(pictureTexts.exportSvg)}</MenuItem><MenuItem onSelect={() => { close(); save('png') }}>{say(pictureTexts.exportPng)}</MenuItem></>}
              </Menu>
            )}
          >
            <p className={styles.note}>{say(processTexts.mapText)}</p>
            <div ref={box} className={styles.map}>{width === null ? null : <ProcessDrawing view={view} width={width} onOpen={({ ways }) => open(ways)} />}</div>
          </Panel>
          <Panel flush title={say(processTexts.states)}>
            <StatesTable
              states={view.states} onVisits={({ state }) => setBehind({ title: say(state.label), questions: [{ to: state.name }] })}
              onRework={({ state }) => setBehind({ title: say(processTexts.reworkOf, { state: say(state.label) }), questions: [{ to: state.name, again: 'true' }] })}
            />
          </Panel>
          <Panel flush title={say(processTexts.steps)}><WaysTable ways={view.ways} onOpen={(way) => open([way])} /></Panel>
          {view.weeks.length > 0 ? <Panel flush title={say(processTexts.weeks)}><WeeksTable weeks={view.weeks} /></Panel> : null}
        </>
      )}
      {behind ? <DocumentsPanel entity={slug} period={period} behind={behind} onClose={() => setBehind(null)} /> : null}
    </div>
  )
}

const Figure = ({ label, hint, isBad = false, children }: { readonly label: string; readonly hint?: string; readonly isBad?: boolean; readonly children: ReactNode }) => (
  <div><dt>{label}</dt><dd data-bad={isBad || undefined}>{children}{hint ? <small>{hint}</small> : null}</dd></div>
)
