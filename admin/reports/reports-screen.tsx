'use client'

import { useEffect, useState } from 'react'
import type { OperationResult } from '../../plugins/core/platform/plugin.ts'
import { useCrumb } from '../frame/crumbs.tsx'
import { useCommand } from '../kit/api.ts'
import { Button } from '../kit/button.tsx'
import { LabelledField } from '../kit/field-input.tsx'
import { spokenOf, type FormValue } from '../kit/field-values.ts'
import { useText } from '../kit/kit-context.tsx'
import { download } from '../kit/save-picture.ts'
import { EmptyState, ErrorBanner, Panel, Skeleton } from '../kit/surfaces.tsx'
import { TitlesProvider } from '../kit/titles-context.tsx'
import { reportTexts } from '../locales/operations-texts.ts'
import { AgingTable } from './aging-table.tsx'
import { toCsv } from './csv.ts'
import { reports, type AgingData, type ReportName, type TrialData } from './reports.ts'
import { TrialTable } from './trial-table.tsx'
import styles from '../operations/operations.module.css'

/** One report at a time, recomputed when its questions change; the table leads to what is behind each figure. */
export function ReportsScreen({ open, initial }: { readonly open: readonly ReportName[]; readonly initial: ReportName }) {
  const say = useText()
  useCrumb(reportTexts.title)
  const [shown, setShown] = useState(initial)
  const choose = (name: ReportName) => {
    setShown(name)
    window.history.replaceState(null, '', `/admin/reports?report=${name}`)
  }
  return (
    <div className={styles.screen}>
      <header className={styles.head}><div><h1>{say(reportTexts.title)}</h1><p>{say(reportTexts.text)}</p></div></header>
      <div className={styles.tabs} role="group" aria-label={say(reportTexts.title)}>
        {reports.filter(({ name }) => open.includes(name)).map(({ name, label }) => <button key={name} type="button" aria-pressed={name === shown} onClick={() => choose(name)}>{say(label)}</button>)}
      </div>
      <TitlesProvider titles={{}}><Report key={shown} name={shown} /></TitlesProvider>
    </div>
  )
}

function Report({ name }: { readonly name: ReportName }) {
  const say = useText()
  const report = reports.find((one) => one.name === name) ?? reports[0]
  const { problem, run } = useCommand()
  const [values, setValues] = useState<Record<string, FormValue>>({})
  const [data, setData] = useState<TrialData | AgingData | null>(null)
  const asked = JSON.stringify(spokenOf(report.fields, values))
  useEffect(() => {
    let current = true
    void run<OperationResult>(`/api/${report.entity}/operations/${report.operation}`, { method: 'POST', body: { input: JSON.parse(asked) as unknown } })
      .then((result) => { if (current && result?.data) setData(result.data as unknown as TrialData | AgingData) })
    return () => { current = false }
  }, [report, asked, run])
  const isEmpty = data !== null && ('rows' in data ? data.rows : data.parties).length === 0
  const save = () => {
    const table = document.querySelector<HTMLTableElement>(`table[data-report="${name}"]`)
    if (table) download(new Blob([toCsv(table)], { type: 'text/csv;charset=utf-8' }), `${name}.csv`)
  }
  return (
    <>
      <div className={styles.filters}>
        {report.fields.map((field) => <LabelledField key={field.name} field={field} value={values[field.name] ?? ''} onChange={(value) => setValues((old) => ({ ...old, [field.name]: value }))} />)}
        <span className={styles.spring} />
        <Button icon="download" disabled={data === null || isEmpty} onClick={save}>{say(reportTexts.export)}</Button>
      </div>
      <ErrorBanner problem={problem} />
      {data === null ? (problem ? null : <Skeleton width="60%" />) : isEmpty ? <EmptyState icon="table" title={say(reportTexts.emptyTitle)} text={say(reportTexts.emptyText)} /> : (
        <Panel flush title={say(report.label)}>
          {'rows' in data ? <TrialTable data={data} name={name} /> : <AgingTable data={data} name={name} entity={report.entity} />}
        </Panel>
      )}
    </>
  )
}
