'use client'

import { useRef } from 'react'
import type { FieldDefinition } from '../../config/language/entity.ts'
import type { ViewBucket } from '../../config/language/view.ts'
import type { ChartFigure, ChartGroup, ChartResult } from '../../plugins/core/views/chart-result.ts'
import { listQueryParams } from '../../plugins/core/views/list-query.ts'
import { useApi } from '../kit/api.ts'
import { Button } from '../kit/button.tsx'
import { formatDateText } from '../kit/format.ts'
import { useKit, useText, type Speak } from '../kit/kit-context.tsx'
import { EmptyState, ErrorBanner, Skeleton } from '../kit/surfaces.tsx'
import { FieldValue } from '../kit/values.tsx'
import { kitTexts } from '../locales/texts.ts'
import { listTexts } from '../locales/list-texts.ts'
import { bucketTexts, chartTexts, viewTexts } from '../locales/view-texts.ts'
import { toCsv } from '../reports/csv.ts'
import { ChartDrawing, markOf } from './chart-drawing.tsx'
import type { OpenList } from './use-list.ts'
import page from '../kit/page.module.css'
import styles from './views.module.css'

/** Documents counted, added up or averaged by group: drawn, and as the table behind it. */
export function ChartBoard({ open: { view: { entity }, shown, query } }: { readonly open: OpenList }) {
  const say = useText()
  const { language } = useKit()
  const table = useRef<HTMLTableElement>(null)
  const params = listQueryParams({ ...query, columns: [], sort: '', page: 1, limit: 50 })
  for (const name of ['groupBy', 'bucket', 'aggregate', 'measure'] as const) if (shown[name]) params.set(name, shown[name])
  const { data, problem, loading } = useApi<ChartResult>(`/api/views/charts/${entity.slug}?${params.toString()}`)
  if (problem) return <div className={styles.told}><ErrorBanner problem={problem} /></div>
  if (!data) return <div className={styles.told}><Skeleton width="60%" /></div>
  if (data.total.count === 0) return <EmptyState icon="chart" title={say(listTexts.nothingTitle)} text={say(listTexts.nothingText)} />
  const field = entity.fields.find(({ name }) => name === shown.groupBy)
  const measure = shown.aggregate === 'sum' || shown.aggregate === 'avg' ? entity.fields.find(({ name }) => name === shown.measure) : undefined
  const what = measure ? say(shown.aggregate === 'avg' ? chartTexts.avgOf : chartTexts.sumOf, { what: say(measure.label) }) : say(chartTexts.documents)
  const groups = data.groups.map((group) => { const name = groupName(group, { say, language, field, data }); return { ...group, name, short: data.bucket === 'week' && group.key ? formatDateText(group.key, language) : name } })
  const all = [...groups, ...(data.others ? [{ ...data.others, key: 'others', name: say(chartTexts.others), short: say(chartTexts.others) }] : [])]
  const save = () => {
    if (!table.current) return
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob([toCsv(table.current)], { type: 'text/csv;charset=utf-8' }))
    link.download = `${entity.slug}.csv`
    link.click()
    URL.revokeObjectURL(link.href)
  }
  return (
    <div className={styles.chart} aria-busy={loading}>
      <div className={styles.drawing}>
        {data.bucket && data.bucket !== (shown.bucket ?? 'month') ? <p className={page.faint}>{say(chartTexts.coarser, { bucket: say(bucketTexts[data.bucket]).toLowerCase() })}</p> : null}
        <ChartDrawing shape={shown.shape ?? 'bar'} what={what} by={say(field?.label ?? listTexts.states)} field={measure} points={shown.shape === 'pie' || !data.bucket ? all : groups} />
      </div>
      <div className={styles.figures}>
        <div className={page.tableBox} tabIndex={0} role="region" aria-label={what}>
          <table ref={table} className={page.table}>
            <thead><tr><th scope="col">{say(field?.label ?? listTexts.states)}</th>{measure ? <th scope="col" className={styles.right}>{what}</th> : null}<th scope="col" className={styles.right}>{say(chartTexts.documents)}</th></tr></thead>
            <tbody>{all.map((one, index) => <Row key={one.key} name={one.name} figure={one} measure={measure} {...(shown.shape === 'pie' ? { mark: markOf(index) } : {})} />)}</tbody>
            <tfoot><Row name={say(chartTexts.total)} figure={data.total} measure={measure} /></tfoot>
          </table>
        </div>
        <Button small look="ghost" icon="download" onClick={save}>{say(chartTexts.exportCsv)}</Button>
      </div>
    </div>
  )
}

function Row({ name, figure, measure, mark }: { readonly name: string; readonly figure: ChartFigure; readonly measure: FieldDefinition | undefined; readonly mark?: string }) {
  return (
    <tr>
      <th scope="row" data-value={name}>{mark ? <span className={styles.mark} style={{ background: mark }} /> : null}{name}</th>
      {measure ? <td className={styles.right} data-value={figure.value ?? ''}><FieldValue field={measure} value={figure.value} titles={{}} /></td> : null}
      <td className={styles.right}>{figure.count}</td>
    </tr>
  )
}

type Naming = { readonly say: Speak; readonly language: 'en' | 'zh'; readonly field: FieldDefinition | undefined; readonly data: ChartResult }

function groupName({ key, label }: ChartGroup, { say, language, field, data }: Naming): string {
  if (key === '') return say(viewTexts.emptyGroup)
  if (data.bucket) return spanName(key, data.bucket, { say, language })
  if (label) return say(label)
  if (field?.type !== 'relation') return key
  const title = data.titles[field.to ?? '']?.[key]
  return title?.redacted ? '•••' : title?.title ?? key
}

function spanName(start: string, bucket: ViewBucket, { say, language }: Pick<Naming, 'say' | 'language'>): string {
  const [year = '', month = ''] = start.split('-')
  switch (bucket) {
    case 'day': return formatDateText(start, language)
    case 'week': return say(chartTexts.week, { day: formatDateText(start, language) })
    case 'month': return say(kitTexts.month, { month: (say(kitTexts.months).split(' ')[Number(month) - 1] ?? '').slice(0, 3), year })
    case 'quarter': return say(chartTexts.quarter, { quarter: (Number(month) + 2) / 3, year })
    case 'year': return say(chartTexts.year, { year })
  }
}
