import { parseDecimal, scales } from '../../plugins/core/engine/decimal.ts'
import { isConforming, judgeUnit, sumSample, type Characteristic, type CountBy, type Reading } from '../../plugins/qms/engine/readings.ts'
import { judgeSample } from '../../plugins/qms/engine/sampling.ts'
import { rowsOf, type FormRow, type FormValue, type FormValues } from '../kit/field-values.ts'
import { plainDecimal } from '../kit/format.ts'

/** A characteristic as the document speaks it. */
export type Shown = {
  readonly code: string
  readonly name: string
  readonly nameZh?: string | null
  readonly kind: 'measured' | 'attribute'
  readonly nominal?: string | null
  readonly lowerLimit?: string | null
  readonly upperLimit?: string | null
  readonly unit?: string | null
  readonly critical?: boolean | null
}

const scaled = (text: FormValue | null | undefined): number | null => {
  const read = typeof text === 'string' && text.trim() !== '' ? parseDecimal(plainDecimal(text), scales.quantity) : undefined
  return read?.ok ? read.value : null
}

export const toCharacteristic = ({ code, kind, lowerLimit, upperLimit, critical }: Shown): Characteristic =>
  ({ key: code, kind, lowerLimit: scaled(lowerLimit), upperLimit: scaled(upperLimit), critical: critical ?? false })

const toReading = ({ values }: FormRow): Reading => ({
  characteristic: String(values.characteristic ?? ''), measured: scaled(values.measured), conforms: values.result ? values.result === 'ok' : null,
})

/** The reading of one characteristic of a unit. */
export const readingOf = (values: FormValues, code: string): FormRow | undefined => rowsOf(values.readings).find((row) => row.values.characteristic === code)

/** Whether it conforms, as far as anything was entered. */
export function conforms(shown: Shown, values: FormValues): boolean | undefined {
  const reading = readingOf(values, shown.code)
  return isConforming(toCharacteristic(shown), reading && toReading(reading))
}

/** The unit with another reading; an empty one is none. */
export function withReading(values: FormValues, code: string, change: { readonly measured?: string; readonly result?: string }): FormValues {
  const others = rowsOf(values.readings).filter((row) => row.values.characteristic !== code)
  const isEmpty = !change.measured && !change.result
  return { ...values, readings: isEmpty ? others : [...others, { key: code, values: { characteristic: code, measured: change.measured ?? '', result: change.result ?? '' } }] }
}

/** What all that was entered comes to, as the server will judge it. */
export function judged(characteristics: readonly Shown[], rows: readonly FormValues[], plan: { readonly sampleSize: number; readonly rejectionNumber: number; readonly countBy: CountBy }) {
  const known = characteristics.map(toCharacteristic)
  const sample = sumSample(rows.map((values) => judgeUnit(known, rowsOf(values.readings).map(toReading), Math.max(1, Number(values.units) || 1))), plan.countBy)
  return { ...sample, judgement: judgeSample({ sample, plan }) }
}
