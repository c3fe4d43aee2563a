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
import { costColumns, flat, structureColumns, totalColumns, type CostData, type StructureData } from './structure-views.tsx'
import { TreeGrid } from './tree-grid.tsx'
import { operationOf, viewNames, type ViewName } from './view-names.ts'
import styles from './structure.module.css'

const fields = [
  relation('part', structureTexts.part, { to: 'parts' }), quantity('quantity', structureTexts.quantity, { min: 0 }),
  relation('site', { en: 'Site', zh: '地点' }, { to: 'sites' }), date('date', { en: 'On', zh: '日期' }),
]
/** The day and the quantity mean something for these. */
const asked: Readonly<Record<ViewName, readonly string[]>> = {
  explode: ['part', 'quantity', 'site', 'date'], totals: ['part', 'quantity', 'site', 'date'], whereUsed: ['part', 'site', 'date'], rollUpCost: ['part', 'site', 'date'],
}

type Answer = { readonly question: string; readonly data: StructureData | CostData }
type Props = { readonly views: readonly ViewName[]; readonly part?: string; readonly view: ViewName; readonly titles: Titles }

/** The structure of one part, down, up, added up and in money; asked anew when the question changes. */
export function StructureScreen({ views, part, view, titles }: Props) {
  const say = useText()
  useCrumb(structureTexts.title)
  const [shown, setShown] = useState(view)
  const [values, setValues] = useState<Record<string, FormValue>>(part ? { part } : {})
  useEffect(() => {
    const chosen = typeof values.part === 'string' && values.part ? `&part=${encodeURIComponent(values.part)}` : ''
    window.history.replaceState(null, '', `/admin/structure?view=${shown}${chosen}`)
  }, [shown, values.part])
  const open = fields.filter(({ name }) => asked[shown].includes(name))
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
        {values.part ? <Structure view={shown} question={JSON.stringify(spokenOf(open, values))} /> : <EmptyState icon="graph" title={say(structureTexts.chooseTitle)} text={say(structureTexts.chooseText)} />}
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
  const { rows, totals = [] } = data as StructureData
  if (rows.length < 2) return <EmptyState icon="graph" title={say(structureTexts.emptyTitle)} text={say(view === 'whereUsed' ? structureTexts.emptyAbove : structureTexts.emptyBelow)} />
  return view === 'totals' ? <TreeGrid rows={flat(totals)} columns={totalColumns} label={label} /> : <TreeGrid rows={rows} columns={structureColumns} label={label} />
}
