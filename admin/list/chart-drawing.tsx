'use client'

import { Bar, BarChart, CartesianGrid, Cell, Line, LineChart, Pie, PieChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import type { FieldDefinition } from '../../config/language/entity.ts'
import type { ChartShape } from '../../config/language/view.ts'
import { useKit } from '../kit/kit-context.tsx'
import { FieldValue } from '../kit/values.tsx'
import styles from './views.module.css'

type Point = { readonly name: string; readonly short: string; readonly key: string; readonly count: number; readonly value: string | null }
type Drawn = Point & { readonly size: number; readonly mark: string }

const height = 340
/** Marks in the order of the pie; the words of the table say the same without the colour. */
const marks = ['--accent', '--waiting-mark', '--good-mark', '--warning-mark', '--bad-mark', '--neutral-mark']

/** The colour of a group, lighter at every turn; the first and the last never meet. */
export const markOf = (index: number) => `color-mix(in srgb, var(${marks[index % marks.length] ?? ''}) ${Math.max(25, 100 - 30 * Math.floor(index / marks.length))}%, var(--ground))`

/** Bars, a line or a pie, drawn from rounded numbers; what is written is exact. */
export function ChartDrawing({ shape, what, by, field, points }: { readonly shape: ChartShape; readonly what: string; readonly by: string; readonly field: FieldDefinition | undefined; readonly points: readonly Point[] }) {
  const data = points.map((point, index): Drawn => ({ ...point, size: Number(point.value ?? 0), mark: markOf(index) }))
  const slices = data.filter(({ size }) => size > 0)
  const hover = <Tooltip isAnimationActive={false} cursor={{ fill: 'var(--ground-hover)', stroke: 'var(--line-strong)' }} content={({ active, payload }) => (active ? <Hover point={(payload?.[0]?.payload ?? null) as Drawn | null} field={field} /> : null)} />
  return (
    <figure className={styles.figure} role="img" aria-label={`${what} · ${by}`}>
      <ResponsiveContainer width="100%" height={height}>
        {shape === 'pie' ? (
          <PieChart>
            {hover}
            <Pie data={slices} dataKey="size" nameKey="name" innerRadius="50%" outerRadius="92%" isAnimationActive={false} stroke="var(--ground)">
              {slices.map(({ key, mark }) => <Cell key={key} fill={mark} />)}
            </Pie>
          </PieChart>
        ) : shape === 'line' ? (
          <LineChart data={data} margin={margin}>
            <Axes />{hover}
            <Line dataKey="size" stroke="var(--accent)" strokeWidth={2} dot={data.length < 40} isAnimationActive={false} />
          </LineChart>
        ) : (
          <BarChart data={data} margin={margin} barCategoryGap="20%">
            <Axes />{hover}
            <Bar dataKey="size" fill="var(--accent)" radius={[3, 3, 0, 0]} maxBarSize={44} isAnimationActive={false} />
          </BarChart>
        )}
      </ResponsiveContainer>
    </figure>
  )
}

const margin = { top: 12, right: 8, bottom: 0, left: 0 }

function Axes() {
  const { language } = useKit()
  const short = new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en', { notation: 'compact', maximumFractionDigits: 1 })
  return (
    <>
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <XAxis dataKey="short" tickLine={false} axisLine={{ stroke: 'var(--line-strong)' }} tick={{ fill: 'var(--ink-faint)', fontSize: 12 }} interval="preserveStartEnd" minTickGap={12} />
      <YAxis width={56} tickLine={false} axisLine={false} tick={{ fill: 'var(--ink-faint)', fontSize: 12 }} tickFormatter={(value: number) => short.format(value)} />
    </>
  )
}

function Hover({ point, field }: { readonly point: Drawn | null; readonly field: FieldDefinition | undefined }) {
  if (!point) return null
  return <div className={styles.hover}><strong>{point.name}</strong> {field ? <FieldValue field={field} value={point.value} titles={{}} /> : point.value}</div>
}
