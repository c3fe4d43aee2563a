import { buildSchema, getIntrospectionQuery, parse, specifiedRules, validate } from 'graphql'
import { describe, expect, it } from 'vitest'
import { graphqlLimits, problemOfSize } from '../../plugins/core/api/graphql-limits.ts'
import { introspectionRules } from '../../plugins/core/api/introspection-rule.ts'
import { isTooDeep } from '../../plugins/core/api/json-depth.ts'

const refusal = (query: string, variables: Record<string, unknown> = {}) => problemOfSize({ query, variables })?.message
const nested = (levels: number) => `${'{ a '.repeat(levels)}${'}'.repeat(levels)}`
const many = (count: number, field: (index: number) => string) => `{ ${Array.from({ length: count }, (_, index) => field(index)).join(' ')} }`

describe('what a GraphQL request may ask for', () => {
  it('lets pass what people and tools ask', () => {
    expect(refusal('{ SalesOrders(limit: 200) { docs { id number customer { name } lines { docs { part { partNumber } quantity } } } totalDocs } }')).toBeUndefined()
    expect(refusal(getIntrospectionQuery())).toBeUndefined()
    expect(refusal('this is no query')).toBeUndefined()
    expect(refusal(nested(graphqlLimits.depth))).toBeUndefined()
  })

  it('names the limit, what is asked for and the remedy', () => {
    expect(refusal(nested(graphqlLimits.depth + 1))?.en).toBe('The GraphQL request asks for 16 levels; the most is 15. Ask in two steps, the second by the ids that the first found.')
    expect(refusal(many(101, (index) => `a${index}: Parts { totalDocs }`))?.zh).toContain('别名数为 101，上限为 100')
    expect(refusal(many(2001, () => 'Parts'))?.en).toContain('2001 fields')
    expect(refusal(`mutation ${many(11, () => 'logoutUser')}`)?.en).toContain('11 mutations')
    expect(refusal(`{ a } #${'x'.repeat(graphqlLimits.characters)}`)?.en).toContain('characters')
  })

  it('weighs lists by the length of their pages, within fragments and variables too', () => {
    expect(refusal('{ A(limit: 1000) { docs { lines(limit: 500) { docs { id } } } } }')?.en).toContain('fields in all rows of its lists')
    expect(refusal('query ($n: Int) { A(limit: $n) { docs { ...deep } } } fragment deep on A { b(limit: 900) { docs { id name } } }', { n: 900 })?.en).toContain('in all rows')
    expect(refusal('{ A(limit: 1000) { docs { id name } } }')).toBeUndefined()
  })

  it('refuses a page that is none, or everything at once', () => {
    for (const limit of ['0', '1001', '-1', '1.5', '"x"']) expect(refusal(`{ Parts(limit: ${limit}) { docs { id } } }`)?.en, limit).toContain('from 1 to 1000')
    expect(refusal('query ($n: Int) { Parts(limit: $n) { docs { id } } }', { n: 0 })?.en).toContain('not 0')
    expect(refusal('{ Part(id: "1") { lines(limit: 0) { docs { id } } } }')).toBeUndefined()
  })

  it('names a fragment that contains itself, also through another one', () => {
    for (const query of ['{ ...a } fragment a on Q { b { ...a } }', '{ x { ...a } } fragment a on Q { ...b } fragment b on Q { c { ...a } }']) {
      expect(refusal(query)).toEqual({
        en: 'The fragment "a" of the GraphQL request contains itself, directly or through another fragment. Write out the levels that you need.',
        zh: 'GraphQL 请求中的片段“a”直接或通过其他片段包含了自身，请逐层写出所需的字段。',
      })
    }
  })

  it('is not fooled by fragments: what is spread often is weighed each time', () => {
    const bomb = Array.from({ length: 30 }, (_, index) => `fragment f${index} on Q { ...f${index + 1} ...f${index + 1} }`).join(' ')
    expect(refusal(`{ ...f0 } ${bomb} fragment f30 on Q { id }`)?.en).toContain('fields')
  })

  it('answers in time, however the query is written', () => {
    const from = performance.now()
    expect(refusal(many(33_000, () => 'id'))?.en).toContain('33000 fields')
    expect(refusal(`${'{ a '.repeat(20_000)}`)?.en).toContain('levels')
    expect(performance.now() - from).toBeLessThan(3_000)
  })
})

describe('the schema', () => {
  const schema = buildSchema('type Query { parts: Int }')
  const ask = (query: string, user: unknown) => validate(schema, parse(query), [...specifiedRules, ...introspectionRules({ contextValue: { req: { user, i18n: { language: 'zh' } } } })])

  it('is shown to those who are signed in only', () => {
    for (const query of ['{ __schema { types { name } } }', '{ parts ...hidden } fragment hidden on Query { __type(name: "Query") { name } }']) {
      expect(ask(query, { id: '1' })).toEqual([])
      expect(ask(query, null).map(({ message, extensions }) => [message.slice(0, 3), extensions.code, extensions.status])).toEqual([['仅登录', 'introspection', 401]])
    }
    expect(ask('{ __typename parts }', null)).toEqual([])
  })
})

describe('a JSON body', () => {
  it('is too deep by its brackets, not by those within texts', () => {
    expect(isTooDeep('['.repeat(51))).toBe(true)
    expect(isTooDeep(`${'['.repeat(50)}${']'.repeat(50)}`)).toBe(false)
    expect(isTooDeep(JSON.stringify({ a: '[{'.repeat(100), b: '\\"[['.repeat(60) }))).toBe(false)
    expect(isTooDeep('[]'.repeat(1000))).toBe(false)
  })
})
