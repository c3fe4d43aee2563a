import { expect, it } from 'vitest'
import { forecast, rewind } from '../../plugins/crm/engine/forecast.ts'

const percent = 1_000_000

it('adds up amount and amount × probability of open opportunities, by month of the expected close', () => {
  const result = forecast([
    { state: 'new', amount: 10_001, probability: 50 * percent, closeDate: '2026-12-31' },
    { state: 'negotiating', amount: 20_000, probability: 75 * percent, closeDate: '2026-12-01' },
    { state: 'proposed', amount: 500, probability: 0 },
    { state: 'qualified', amount: null, probability: 25 * percent, closeDate: '2027-01-10' },
    { state: 'won', amount: 90_000, probability: 100 * percent, closeDate: '2026-12-01' },
    { state: 'lost', amount: 90_000, probability: 0, closeDate: '2026-12-01' },
  ])
  expect(result).toEqual({
    // 5000.5 is rounded half away from zero.
    count: 4, amount: 30_501, weighted: 20_001,
    months: [
      { month: '', count: 1, amount: 500, weighted: 0 },
      { month: '2026-12', count: 2, amount: 30_001, weighted: 20_001 },
      { month: '2027-01', count: 1, amount: 0, weighted: 0 },
    ],
  })
})

it('rewinds an opportunity through its changes, the latest first', () => {
  const now = { state: 'won', amount: 300, probability: 100 * percent, closeDate: '2026-12-01' }
  expect(rewind(now, [
    { changes: { probability: [50 * percent, 100 * percent] }, stateBefore: 'proposed' },
    { changes: { amount: [200, 300], probability: [25 * percent, 50 * percent] }, stateBefore: 'qualified' },
    { changes: { amount: [null, 200], closeDate: ['2026-11-01', '2026-12-01'] }, stateBefore: 'new' },
  ])).toEqual({ state: 'new', amount: null, probability: 25 * percent, closeDate: '2026-11-01' })
  expect(rewind(now, [])).toBe(now)
})
