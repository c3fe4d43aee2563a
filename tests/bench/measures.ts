/** One figure of a run. The key names are the ones of `--json`. */
export type Measure = {
  readonly area: string
  readonly name: string
  readonly value: number
  readonly unit: string
  /** The same unit, measured in the same run, by turns; null: it stands alone. */
  readonly baseline: number | null
  /** `value` ÷ `baseline`. */
  readonly ratio: number | null
  /** With a baseline the least ratio, else the most that `value` may be; null: it is only told. */
  readonly target: number | null
  /** Whether the target is met; true without one. */
  readonly ok: boolean
}

export type Named = { readonly area: string; readonly name: string; readonly unit: string; readonly value: number }

/** Something done as fast as another thing that does the same. */
export function beside({ baseline, atLeast, ...named }: Named & { readonly baseline: number; readonly atLeast?: number }): Measure {
  const ratio = baseline > 0 ? named.value / baseline : 0
  return rounded({ ...named, baseline, ratio, target: atLeast ?? null, ok: atLeast === undefined || ratio >= atLeast })
}

/** Something that may take or need so much and no more. */
export function below({ limit, ...named }: Named & { readonly limit: number }): Measure {
  return rounded({ ...named, baseline: null, ratio: null, target: limit, ok: named.value < limit })
}

/** Something worth knowing that has no target. */
export function told(named: Named): Measure {
  return rounded({ ...named, baseline: null, ratio: null, target: null, ok: true })
}

export function tableOf(measures: readonly Measure[]): string {
  const rows = measures.map(({ area, name, value, unit, baseline, ratio, target, ok }) => [
    target === null ? ' ' : ok ? '✓' : '✗', `${area}: ${name}`, `${spoken(value)} ${unit}`,
    baseline === null ? '' : `beside ${spoken(baseline)}`, ratio === null ? '' : ratio.toFixed(2),
    target === null ? '' : ratio === null ? `< ${spoken(target)}` : `≥ ${target}`,
  ])
  const widths = [0, 1, 2, 3, 4, 5].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) => row.map((cell, column) => (column < 2 || column === 5 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ').trimEnd()).join('\n')
}

const spoken = (value: number) => value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 2 : 0 })

/** Four digits are more than such a figure is worth. */
function rounded(measure: Measure): Measure {
  return { ...measure, value: digits(measure.value), baseline: measure.baseline === null ? null : digits(measure.baseline), ratio: measure.ratio === null ? null : digits(measure.ratio) }
}

const digits = (value: number) => Number(value.toPrecision(4))
