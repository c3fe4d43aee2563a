'use client'

import { useState } from 'react'
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import type { ChartView } from '../../plugins/core/home/home-view.ts'
import { Button } from '../kit/button.tsx'
import { formatDateText } from '../kit/format.ts'
import { useKit, useText } from '../kit/kit-context.tsx'
import { Panel } from '../kit/surfaces.tsx'
import { homeTexts } from '../locales/home-texts.ts'
import { Measured } from './figure-card.tsx'
import styles from './figures.module.css'

/** A small bar chart with the table behind it. The bars are drawn from rounded numbers; what is written is exact. */
export function ChartPanel({ chart }: { readonly chart: ChartView }) {
  const say = useText()
  const [asTable, setAsTable] = useState(false)
  const isEmpty = chart.rows.every(({ values }) => values.every((value) => Number(value) === 0))
  return (
    <Panel
      title={say(chart.label)}
      actions={isEmpty ? null : <Button small look="ghost" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>{say(asTable ? homeTexts.showChart : homeTexts.showTable)}</Button>}
    >
      <p className={styles.meaning}>{say(chart.meaning)}</p>
      {isEmpty ? <p className={styles.chartEmpty}>{say(homeTexts.chartEmpty)}</p> : asTable ? <ChartTable chart={chart} /> : <Bars chart={chart} />}
    </Panel>
  )
}

function Bars({ chart }: { readonly chart: ChartView }) {
  const say = useText()
  const { language } = useKit()
  const data = chart.rows.map(({ from, label, values }) => ({
    name: label ? say(label) : shortDay(from, language), exact: values, ...Object.fromEntries(values.map((value, index) => [`s${index}`, Number(value)])),
  }))
  return (
    <figure className={styles.chart} role="img" aria-label={`${say(chart.label)}. ${say(chart.meaning)}`}>
      <ResponsiveContainer width="100%" height={200}>
        <BarChart data={data} margin={{ top: 8, right: 4, bottom: 0, left: 0 }} barCategoryGap="24%" barGap={2}>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis dataKey="name" tickLine={false} axisLine={{ stroke: 'var(--line-strong)' }} tick={{ fill: 'var(--ink-faint)', fontSize: 12 }} interval="preserveStartEnd" />
          <YAxis width={52} tickLine={false} axisLine={false} tick={{ fill: 'var(--ink-faint)', fontSize: 12 }} tickFormatter={(value: number) => shortNumber(value, language)} />
          <Tooltip cursor={{ fill: 'var(--ground-hover)' }} isAnimationActive={false} content={({ active, payload }) => <Hover chart={chart} active={active} row={(payload?.[0]?.payload ?? null) as HoverRow | null} />} />
          {chart.series.map(({ label, tone }, index) => <Bar key={label.en} dataKey={`s${index}`} name={say(label)} fill={`var(--${tone}-mark)`} radius={[3, 3, 0, 0]} maxBarSize={28} isAnimationActive={false} />)}
        </BarChart>
      </ResponsiveContainer>
      {chart.series.length > 1 ? (
        <figcaption className={styles.legend}>{chart.series.map(({ label, tone }) => <span key={label.en} data-tone={tone}>{say(label)}</span>)}</figcaption>
      ) : null}
    </figure>
  )
}

type HoverRow = { readonly name: string; readonly exact: readonly string[] }

function Hover({ chart, active, row }: { readonly chart: ChartView; readonly active: boolean | undefined; readonly row: HoverRow | null }) {
  const say = useText()
  if (!active || !row) return null
  return (
    <div className={styles.hover}>
      <strong>{row.name}</strong>
      {chart.series.map(({ label }, index) => <div key={label.en}><span>{say(label)}</span> <Measured kind={chart.kind} value={row.exact[index] ?? '0'} /></div>)}
    </div>
  )
}

function ChartTable({ chart }: { readonly chart: ChartView }) {
  const say = useText()
  const { language } = useKit()
  return (
    <div className={styles.tableBox} tabIndex={0} role="region" aria-label={say(chart.label)}>
      <table className={styles.table}>
        <thead><tr><th scope="col">{say(homeTexts.week)}</th>{chart.series.map(({ label }) => <th key={label.en} scope="col" className={styles.right}>{say(label)}</th>)}</tr></thead>
        <tbody>
          {chart.rows.map(({ from, label, values }) => (
            <tr key={from}><th scope="row">{label ? say(label) : formatDateText(from, language)}</th>{values.map((value, index) => <td key={chart.series[index]?.label.en} className={styles.right}><Measured kind={chart.kind} value={value} /></td>)}</tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** "2026-11-02" → "2 Nov", "11-02". */
const shortDay = (date: string, language: 'en' | 'zh') => (language === 'zh' ? date.slice(5) : formatDateText(date, language).replace(/ \d{4}$/, ''))

const shortNumber = (value: number, language: 'en' | 'zh') => new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en', { notation: 'compact', maximumFractionDigits: 1 }).format(value)
