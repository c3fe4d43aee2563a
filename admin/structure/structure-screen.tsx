'use client'

import { useEffect, useState } from 'react'
import { date, quantity, relation } from '../../config/language/fields.ts'
import type { OperationResult } from '../../plugins/core/platform/plugin.ts'
import type { Titles } from '../../plugins/core/views/titles.ts'
import { useCrumb } from '../frame/crumbs.tsx'
import { useCommand } from '../kit/api.ts'
import { LabelledField } from '../kit/field-input.tsx'
import { spokenOf, type FormValue } from '../kit/field-values.ts'
import { useText } from '../kit/kit-context.tsx'
import { Banner, EmptyState, ErrorBanner, Panel, Skeleton } from '../kit/surfaces.tsx'
import { TitlesProvider } from '../kit/titles-context.tsx'
import { structureTexts } from '../locales/structure-texts.ts'
import { costColumns, differenceColumns, flat, structureColumns, totalColumns, type CostData, type DifferenceData, type StructureData } from './structure-views.tsx'
import { TreeGrid } from './tree-grid.tsx'
import { askedBy, operationOf, viewNames, type ViewName } from './view-names.ts'
import styles from './structure.module.css'

const fields = [
  relation('part', structureTexts.part, { to: 'parts' }), quantity('quantity', structureTexts.quantity, { min: 0 }),
  relation('site', { en: 'Site', zh: '地点' }, { to: 'sites' }), date('date', { en: 'On', zh: '日期' }),
  relation('before', structureTexts.before, { to: 'bom-versions' }), relation('after', structureTexts.after, { to: 'bom-versions' }),
]

type Answer = { readonly question: string; readonly data: StructureData | CostData | DifferenceData }
type Props = { readonly views: readonly ViewName[]; readonly view: ViewName; /** What the address asks about. */ readonly given: Readonly<Record<string, string>>; readonly titles: Titles }

/** The structure of one part, down, up, added up and in money, and what two versions of it differ in; asked anew when the question changes. */
export function StructureScreen({ views, view, given, titles }: Props) {
  const say = useText()
  useCrumb(structureTexts.title)
  const [shown, setShown] = useState(view)
  const [values, setValues] = useState<Record<string, FormValue>>(given)
  const { needs, may } = askedBy(shown)
  const open = fields.filter(({ name }) => needs.includes(name) || may.includes(name))
  const isAsked = needs.every((name) => values[name])
  const address = new URLSearchParams({ view: shown, ...Object.fromEntries(needs.flatMap((name) => (typeof values[name] === 'string' && values[name] ? [[name, values[name]]] : []))) }).toString()
  useEffect(() => window.history.replaceState(null, '', `/admin/structure?${address}`), [address])
  return (
    <TitlesProvider titles={titles}>
      <div className={styles.screen}>
        <header className={styles.headline}><div><h1>{say(structureTexts.title)}</h1><p>{say(structureTexts.text)}</p></div></header>
        <div className={styles.filters}>
          {open.map((field) => <LabelledField key={field.name} field={field} value={values[field.name] ?? ''} onChange={(value) => setValues((old) => ({ ...old, [field.name]: value }))} />)}
        </div>
        <div className={styles.tabs} role="group" aria-label={say(structureTexts.view)}>
          {viewNames.filter((name) => views.includes(name)).map((name) => <button key={name} type="button" aria-pressed={name === shown} onClick={() => setShown(name)}>{say(structureTexts[name])}</button>)}
        </div>
        {isAsked ? <Structure view={shown} question={JSON.stringify(spokenOf(open, values))} />
          : shown === 'compare' ? <EmptyState icon="columns" title={say(structureTexts.compareTitle)} text={say(structureTexts.compareText)} />
            : <EmptyState icon="graph" title={say(structureTexts.chooseTitle)} text={say(structureTexts.chooseText)} />}
      </div>
    </TitlesProvider>
  )
}

function Structure({ view, question }: { readonly view: ViewName; readonly question: string }) {
  const say = useText()
  const { problem, run } = useCommand()
  const [answer, setAnswer] = useState<Answer | null>(null)
  const operation = operationOf(view)
  const key = `${operation} ${question}`
  useEffect(() => {
    let current = true
    void run<OperationResult>(`/api/bom-versions/operations/${operation}`, { method: 'POST', body: { input: JSON.parse(question) as unknown } })
      .then((result) => { if (current && result?.data) setAnswer({ question: key, data: result.data as unknown as Answer['data'] }) })
    return () => { current = false }
  }, [operation, question, key, run])
  if (problem) return <ErrorBanner problem={problem} />
  if (answer?.question !== key) return <Skeleton width="60%" />
  return (
    <Panel flush title={say(structureTexts[view])}>
      {'isCut' in answer.data && answer.data.isCut ? <Banner tone="warning">{say(structureTexts.cut)}</Banner> : null}
      <Rows key={`${view} ${key}`} view={view} data={answer.data} />
    </Panel>
  )
}

function Rows({ view, data }: { readonly view: ViewName; readonly data: Answer['data'] }) {
  const say = useText()
  const label = say(structureTexts[view])
  if (view === 'rollUpCost') return <TreeGrid rows={flat((data as CostData).rows)} columns={costColumns(say(structureTexts.missing))} label={label} />
  if (view === 'compare') {
    const differences = flat((data as DifferenceData).rows)
    return differences.length === 0 ? <EmptyState icon="check" title={say(structureTexts.sameTitle)} text={say(structureTexts.sameText)} /> : <TreeGrid rows={differences} columns={differenceColumns(say)} label={label} />
  }
  const { rows, totals = [] } = data as StructureData
  if (rows.length < 2) return <EmptyState icon="graph" title={say(structureTexts.emptyTitle)} text={say(view === 'whereUsed' ? structureTexts.emptyAbove : structureTexts.emptyBelow)} />
  return view === 'totals' ? <TreeGrid rows={flat(totals)} columns={totalColumns} label={label} /> : <TreeGrid rows={rows} columns={structureColumns} label={label} />
}
