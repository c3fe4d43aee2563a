import { expect, it } from 'vitest'
import type { Problem } from '../../config/errors.ts'
import { requirePaging, requireParameters } from '../../plugins/core/access/query-rules.ts'

/** The sentence at the place that is refused. */
function refusal(ask: () => void): string | undefined {
  try {
    ask()
  } catch (error) {
    return (error as { data: Problem }).data.findings?.[0]?.message.en
  }
  return undefined
}

it.each([
  ['limit=1&limit=2', '"limit" takes one value.'],
  ['depth=1&depth=1', '"depth" takes one value.'],
  ['page=99999999999', '"page" must be a whole number from 1 to 10000000, not "99999999999".'],
  ['page=0', '"page" must be a whole number from 1 to 10000000, not "0".'],
  ['depth=11', '"depth" must be a whole number from 0 to 10, not "11".'],
  ['joins[lines][page]=x', '"joins[lines][page]" must be a whole number from 1 to 10000000, not "x".'],
  ['joins[lines][limit]=999999999', '"joins[lines][limit]" must be a whole number from 0 to 100000000, not "999999999".'],
])('%s is refused with what it may be', (query, said) => {
  expect(refusal(() => requireParameters(`/api/parts?${query}`))).toBe(said)
})

it('what is within the bounds passes', () => {
  expect(refusal(() => requireParameters('/api/parts?limit=1000&page=10000000&depth=0&joins[lines][limit]=0&sort=name&sort=-code'))).toBeUndefined()
  expect(refusal(() => requirePaging({ limit: 5, page: 1, depth: 10 }))).toBeUndefined()
  expect(refusal(() => requirePaging({ page: 0 }))).toBe('"page" must be a whole number from 1 to 10000000, not "0".')
})
