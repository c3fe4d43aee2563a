import { describe, expect, it } from 'vitest'
import { staleHeader } from '../../config/language/revision.ts'
import { markStale } from '../../plugins/core/api/stale-mutation.ts'

const stale = (path: string) => ({ message: 'old', path: [path], extensions: { code: 'staleRevision' } })
const other = (path: string) => ({ message: 'no', path: [path], extensions: { code: 'refused' } })

async function marked(query: string, errors: readonly object[], status = 200) {
  const answer = await markStale(new Response(JSON.stringify({ errors, data: null }), { status }), () => Promise.resolve(JSON.stringify({ query })))
  return [answer.status, answer.headers.get(staleHeader), (JSON.parse(await answer.text()) as { errors: unknown[] }).errors.length]
}

describe('a mutation under an old revision', () => {
  it('that was refused whole may be sent again by the front', async () => {
    expect(await marked('mutation { createPart(data: {}) { id } }', [stale('createPart')])).toEqual([503, '1', 1])
    expect(await marked('mutation M { a: createPart(data: {}) { id } b: createUnit(data: {}) { id } }', [stale('a'), stale('b')])).toEqual([503, '1', 2])
  })

  it('of which something may have been done is told as it is', async () => {
    expect(await marked('mutation { a: createPart { id } b: createUnit { id } }', [stale('b')])).toEqual([200, null, 1])
    expect(await marked('mutation { a: createPart { id } b: createUnit { id } }', [other('a'), stale('b')])).toEqual([200, null, 2])
    expect(await marked('mutation { ...F } fragment F on Mutation { a: createPart { id } }', [stale('a')])).toEqual([200, null, 1])
    expect(await marked('mutation A { a: createPart { id } } mutation B { a: createPart { id } }', [stale('a')])).toEqual([200, null, 1])
    expect(await marked('not graphql', [stale('a')], 400)).toEqual([400, null, 1])
  })
})
