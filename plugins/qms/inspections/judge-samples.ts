import type { InspectionSamples, Inspections } from '../../../config/generated/entities.ts'
import type { Finding } from '../../../config/language/refusal.ts'
import type { Text } from '../../../config/language/text.ts'
import { isConforming, judgeUnit, sumSample, type Characteristic, type Reading } from '../engine/readings.ts'
import { judgeSample } from '../engine/sampling.ts'

type StoredCharacteristic = NonNullable<Inspections['characteristics']>[number]
type StoredReading = NonNullable<InspectionSamples['readings']>[number]

/** Works out what each unit, each characteristic and the whole sample come to, and writes it there. @returns what cannot be so */
export function judgeSamples(inspection: Inspections, samples: readonly InspectionSamples[]): Finding[] {
  const stored = inspection.characteristics ?? []
  const characteristics = stored.map(toCharacteristic)
  const findings = samples.flatMap((sample, index) => faultsOf(sample, index, characteristics))
  const units = samples.reduce((sum, { units: own }) => sum + own, 0)
  if (units > (inspection.sampleSize ?? 0)) findings.push(finding('tooMany', 'lines', tooMany(units, inspection.sampleSize ?? 0)))
  const results = samples.map((sample) => judgeUnit(characteristics, (sample.readings ?? []).map(toReading), sample.units))
  for (const [index, sample] of samples.entries()) {
    sample.nonconformities = results[index]?.nonconformities ?? 0
    sample.complete = results[index]?.complete ?? false
  }
  const sum = sumSample(results, inspection.countBy ?? 'units')
  Object.assign(inspection, {
    inspectedUnits: sum.inspected, nonconforming: sum.nonconforming, criticalUnits: sum.critical,
    judgement: judgeSample({ sample: sum, plan: { sampleSize: inspection.sampleSize ?? 0, rejectionNumber: inspection.rejectionNumber ?? 1 } }),
    characteristics: stored.map((one, index) => ({ ...one, ...found(characteristics[index], samples) })),
  })
  return findings
}

/** Units that do not conform, however they count: so many must not go to stock. */
export function nonconformingUnits(samples: readonly Pick<InspectionSamples, 'units' | 'nonconformities'>[]): number {
  return samples.reduce((sum, { units, nonconformities }) => sum + ((nonconformities ?? 0) > 0 ? units : 0), 0)
}

const toCharacteristic = (one: StoredCharacteristic): Characteristic => ({
  key: one.code ?? '', kind: one.kind ?? 'attribute', lowerLimit: one.lowerLimit ?? null, upperLimit: one.upperLimit ?? null, critical: one.critical ?? false,
})

const toReading = ({ characteristic, measured, result }: StoredReading): Reading =>
  ({ characteristic: characteristic ?? '', measured: measured ?? null, conforms: result ? result === 'ok' : null })

/** Between which figures it was found, and how often it was met. */
function found(characteristic: Characteristic | undefined, samples: readonly InspectionSamples[]) {
  const readings = samples.flatMap(({ units, readings: own }) => (own ?? []).filter(({ characteristic: code }) => code === characteristic?.key).map((one) => ({ units, reading: toReading(one) })))
  const measured = readings.flatMap(({ reading }) => reading.measured ?? [])
  const count = (conforms: boolean) => readings.reduce((sum, { units, reading }) => sum + (characteristic && isConforming(characteristic, reading) === conforms ? units : 0), 0)
  return {
    lowest: measured.length > 0 ? Math.min(...measured) : undefined, highest: measured.length > 0 ? Math.max(...measured) : undefined,
    conforming: count(true), failed: count(false),
  }
}

function faultsOf({ readings }: InspectionSamples, index: number, characteristics: readonly Characteristic[]): Finding[] {
  const seen = new Set<string>()
  return (readings ?? []).flatMap(({ characteristic: code = '', measured, result }, row) => {
    const path = `lines.${index}.readings.${row}`
    const known = characteristics.find(({ key }) => key === code)
    if (!known) return [finding('unknown', `${path}.characteristic`, { en: `The inspection has no characteristic ${code}. Choose one of ${characteristics.map(({ key }) => key).join(', ')}.`, zh: `检验单没有项目 ${code}，可选：${characteristics.map(({ key }) => key).join('、')}。` })]
    if (seen.has(known.key)) return [finding('twice', `${path}.characteristic`, { en: `Characteristic ${code} has two readings of one unit. Keep one.`, zh: `项目 ${code} 对同一样本有两个结果，请保留一个。` })]
    seen.add(known.key)
    if (known.kind === 'measured' && result) return [finding('measure', `${path}.result`, { en: `Characteristic ${code} is measured: enter the figure, the limits decide.`, zh: `项目 ${code} 为计量项，请填写测量值，由上下限判定。` })]
    if (known.kind === 'attribute' && (measured ?? null) !== null) return [finding('attribute', `${path}.measured`, { en: `Characteristic ${code} is not measured: say whether it conforms.`, zh: `项目 ${code} 为计数项，请填写合格或不合格。` })]
    return []
  })
}

const finding = (code: string, path: string, message: Text): Finding => ({ code: `inspection.${code}`, path, severity: 'error', message })
const tooMany = (units: number, sampleSize: number): Text => ({
  en: `${units} units are entered, the sample has ${sampleSize}. Take the surplus out: what was not drawn does not count.`, zh: `已录入 ${units} 件，样本量为 ${sampleSize}。请删除多余样本，未抽取的不计入判定。`,
})
