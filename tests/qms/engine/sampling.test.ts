import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { root } from '../../../config/root.ts'
import { aqls, codeLetters, inspectionLevels, type Aql, type CodeLetter, type TableSeverity } from '../../../plugins/qms/engine/sampling-tables.ts'
import { codeLetterOf, judgeSample, planAll, planSample, tablePlan } from '../../../plugins/qms/engine/sampling.ts'

const rowsOf = (file: string) => {
  const [head = '', ...rows] = readFileSync(path.join(root, 'tests/fixtures/sampling', file), 'utf8').trim().split('\n')
  return rows.map((row) => Object.fromEntries(row.trim().split(',').map((value, index) => [head.trim().split(',')[index] ?? '', value])))
}

it('gives all 1,248 plans of the tables, with the sample size of the row that an arrow leads to', () => {
  const cells = rowsOf('single-plans.csv')
  expect(cells).toHaveLength(3 * codeLetters.length * aqls.length)
  const wrong = cells.filter(({ inspection, code, aql, n, ac, re }) => {
    const plan = tablePlan({ severity: inspection as TableSeverity, codeLetter: code as CodeLetter, aql: aql as Aql })
    return plan.sampleSize !== Number(n) || plan.acceptanceNumber !== Number(ac) || plan.rejectionNumber !== Number(re)
  })
  expect(wrong).toEqual([])
})

it('finds the letter of every lot size at both ends of each row, for each level', () => {
  const wrong = rowsOf('code-letters.csv').flatMap((row) => [row.lotMin, row.lotMax].filter(Boolean).flatMap((size) =>
    inspectionLevels.filter((level) => codeLetterOf(Number(size), level) !== row[level]).map((level) => `${size} ${level}`)))
  expect(wrong).toEqual([])
  expect([codeLetterOf(1, 'II'), codeLetterOf(5_000_000, 'II')]).toEqual(['A', 'Q'])
  expect(() => codeLetterOf(0, 'II')).toThrow('at least one unit')
})

it.each([
  // The published anchors at AQL 2.5.
  { lotSize: 1200, expected: { codeLetter: 'J', sampleSize: 80, acceptanceNumber: 5, rejectionNumber: 6 } },
  { lotSize: 3200, expected: { codeLetter: 'K', sampleSize: 125, acceptanceNumber: 7, rejectionNumber: 8 } },
  { lotSize: 10_000, expected: { codeLetter: 'L', sampleSize: 200, acceptanceNumber: 10, rejectionNumber: 11 } },
  { lotSize: 20, expected: { codeLetter: 'C', sampleSize: 5, acceptanceNumber: 0, rejectionNumber: 1 } },
  // D leads up to C, whose 5 units are taken instead of 8, as E leads down to F.
  { lotSize: 40, expected: { codeLetter: 'C', sampleSize: 5, acceptanceNumber: 0, rejectionNumber: 1 } },
  { lotSize: 80, expected: { codeLetter: 'F', sampleSize: 20, acceptanceNumber: 1, rejectionNumber: 2 } },
  // A sample of five from a lot of four is the lot.
  { lotSize: 4, expected: { codeLetter: 'C', sampleSize: 4, acceptanceNumber: 0, rejectionNumber: 1 } },
])('takes from $lotSize units at level II and AQL 2.5: $expected', ({ lotSize, expected }) => {
  expect(planSample({ lotSize, level: 'II', aql: '2.5', severity: 'normal' })).toEqual(expected)
})

it('accepts up to the acceptance number, rejects from the rejection number on, and waits for the whole sample in between', () => {
  const plan = { sampleSize: 32, rejectionNumber: 3 }
  const judge = (inspected: number, nonconforming: number, critical = 0) => judgeSample({ sample: { inspected, nonconforming, critical }, plan })
  expect([judge(31, 2), judge(32, 2), judge(32, 3), judge(4, 3), judge(32, 1, 1), judge(0, 0)]).toEqual(['pending', 'accept', 'reject', 'reject', 'reject', 'pending'])
  expect(judgeSample({ sample: { inspected: 7, nonconforming: 1, critical: 0 }, plan: planAll(7) })).toBe('reject')
})
