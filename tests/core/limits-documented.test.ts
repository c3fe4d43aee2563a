import { readFileSync } from 'node:fs'
import { maxHeaderSize } from 'node:http'
import path from 'node:path'
import { expect, it } from 'vitest'
import { mostUnfinished } from '../../admin/front/uploads.ts'
import { mostParameters } from '../../admin/server/malformed-request.ts'
import { root } from '../../config/root.ts'
import { largest, largestPage } from '../../plugins/core/access/query-rules.ts'
import { graphqlLimits } from '../../plugins/core/api/graphql-limits.ts'
import { deepestJson } from '../../plugins/core/api/json-depth.ts'
import { longest } from '../../plugins/core/commands/input.ts'
import { mostLines } from '../../plugins/core/commands/line-input.ts'
import { longestKey, longestReason } from '../../plugins/core/commands/run-command.ts'
import { longestDays } from '../../plugins/core/keys/key-commands.ts'
import { fewestGuesses, longestPassword, shortestPassword } from '../../plugins/core/users/password-rules.ts'
import { usersCollection } from '../../plugins/core/users/users-collection.ts'

const document = readFileSync(path.join(root, 'docs/api.md'), 'utf8')
const table = /## Limits[^]*?\n## /.exec(document)?.[0] ?? ''
const rows = new Map(table.split('\n').filter((line) => line.startsWith('| ')).map((line): [string, string] => {
  const [name = '', is = ''] = line.slice(2).split(' | ')
  return [name, is]
}))
const spoken = (value: number) => value.toLocaleString('en-US')
const { auth } = usersCollection()
const { maxLoginAttempts = 0, lockTime = 0 } = typeof auth === 'object' ? auth : {}

/** What the code enforces, as the row of the table says it. */
const enforced: Readonly<Record<string, readonly string[]>> = {
  'page of a list, REST and GraphQL': [`\`limit\` 1 to ${spoken(largestPage)}`, `\`page\` 1 to ${spoken(largest.page)}`],
  'depth of related documents': [`0 to ${largest.depth}`],
  'parameters of an address': [spoken(mostParameters)],
  'address and headers of a request': [`${spoken(maxHeaderSize)} bytes`],
  'depth, fields, aliases of a GraphQL request': [`${graphqlLimits.depth}, ${spoken(graphqlLimits.fields)}, ${graphqlLimits.aliases}; ${graphqlLimits.mutations} mutations`],
  'cost of a GraphQL request': [`${spoken(graphqlLimits.cost)} fields`],
  'size of a GraphQL request': [`${spoken(graphqlLimits.characters)} characters`],
  'nesting of a body': [`${deepestJson} levels`],
  'lines of a document; a text, a long text': [`${spoken(mostLines)}; ${longest.text} or the field's own, ${spoken(longest.longText)} characters`],
  'a reason; an idempotency key': [`${spoken(longestReason)}; ${longestKey} characters`],
  'a password': [`${shortestPassword} to ${longestPassword} characters`, `10${'⁰¹²³⁴⁵⁶⁷⁸⁹'[fewestGuesses] ?? ''} guesses`],
  'an API key': [`1 to ${longestDays} days`],
  'unfinished uploads of one account': [String(mostUnfinished)],
  'wrong passwords': [`${maxLoginAttempts}, then ${lockTime === 600_000 ? 'ten minutes' : `${lockTime} ms`}`],
}

it.each(Object.entries(enforced))('%s: the table of the limits says what the code enforces', (name, said) => {
  const row = rows.get(name) ?? expect.fail(`docs/api.md has no row "${name}"`)
  for (const one of said) expect(row).toContain(one)
})

it('has no row that nothing compares, but those of settings and of words', () => {
  const settings = ['limit', 'schema (`__schema`, `__type`)', 'encoding of a body', 'body; file', 'requests a minute']
  expect([...rows.keys()].filter((name) => !(name in enforced) && !settings.includes(name))).toEqual([])
})
