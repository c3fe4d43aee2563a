import type { SampleResult } from './readings.ts'
import {
  aqls, inspectionLevels, letterRows, planLetters, planRows, sampleSizes, type Aql, type CodeLetter, type InspectionLevel, type PlanLetter, type TableSeverity,
} from './sampling-tables.ts'

/** What is taken from a lot, and how many nonconforming (units, or nonconformities) decide. */
export type SamplingPlan = {
  /** The letter whose plan counts, after arrows were followed. */
  readonly codeLetter: PlanLetter
  readonly sampleSize: number
  /** Accepted with so many or fewer. */
  readonly acceptanceNumber: number
  /** Not accepted with so many or more. */
  readonly rejectionNumber: number
}

export const isAql = (value: unknown): value is Aql => aqls.some((aql) => aql === value)
export const isInspectionLevel = (value: unknown): value is InspectionLevel => inspectionLevels.some((level) => level === value)

/** Of a lot of so many units. @throws RangeError below one unit */
export function codeLetterOf(lotSize: number, level: InspectionLevel): CodeLetter {
  if (!Number.isInteger(lotSize) || lotSize < 1) throw new RangeError('A lot has at least one unit.')
  const row = letterRows.find(({ upTo }) => lotSize <= upTo)
  return row?.letters.split(' ')[inspectionLevels.indexOf(level)] as CodeLetter
}

/** The cell of a table, its arrow followed to the plan it points to, whose sample size is then used. */
export function tablePlan({ codeLetter, aql, severity }: {
  readonly codeLetter: PlanLetter
  readonly aql: Aql
  readonly severity: TableSeverity
}): SamplingPlan {
  const column = aqls.indexOf(aql)
  const cellAt = (row: number) => planRows[severity][row]?.split(' ')[column] ?? ''
  let row = planLetters.indexOf(codeLetter)
  while (cellAt(row) === 'v') row += 1
  while (cellAt(row) === '^') row -= 1
  const [acceptanceNumber = 0, rejectionNumber = 0] = cellAt(row).split('/').map(Number)
  return { codeLetter: planLetters[row] ?? codeLetter, sampleSize: sampleSizes[severity][row] ?? 0, acceptanceNumber, rejectionNumber }
}

/** What is inspected of a lot. A sample that is as large as the lot is the lot itself: every unit is inspected, by the same numbers. */
export function planSample({ lotSize, level, aql, severity }: {
  readonly lotSize: number
  readonly level: InspectionLevel
  readonly aql: Aql
  readonly severity: TableSeverity
}): SamplingPlan {
  const plan = tablePlan({ codeLetter: codeLetterOf(lotSize, level), aql, severity })
  return { ...plan, sampleSize: Math.min(plan.sampleSize, lotSize) }
}

/** Every unit is inspected, and one nonconforming is too many. */
export function planAll(lotSize: number): Omit<SamplingPlan, 'codeLetter'> {
  return { sampleSize: lotSize, acceptanceNumber: 0, rejectionNumber: 1 }
}

/**
 * `reject` as soon as the rejection number is reached or a critical characteristic was not met, `accept` once the whole sample was
 * inspected below it. In the gap of a reduced plan the lot is accepted; what follows from that is the switching's to say.
 */
export function judgeSample({ sample: { inspected, nonconforming, critical }, plan }: {
  readonly sample: SampleResult
  readonly plan: Pick<SamplingPlan, 'sampleSize' | 'rejectionNumber'>
}): 'pending' | 'accept' | 'reject' {
  if (critical > 0 || nonconforming >= plan.rejectionNumber) return 'reject'
  return inspected >= plan.sampleSize ? 'accept' : 'pending'
}
