import type { DocumentNode, FieldNode, FragmentDefinitionNode, OperationDefinitionNode, SelectionSetNode, ValueNode } from 'graphql'
import { parse } from 'graphql'
import { problem, type Problem } from '../../../config/errors.ts'
import type { Text } from '../../../config/language/text.ts'
import { largestPage } from '../access/query-rules.ts'
import { problemOfForm } from './graphql-form.ts'
import { deepestJson, isTooDeep } from './json-depth.ts'

/** What one GraphQL request may ask for. `cost`: fields, those of a list as often as its page is long. */
export const graphqlLimits = { characters: 100_000, fields: 2_000, depth: 15, aliases: 100, mutations: 10, cost: 100_000 } as const

/** Pages that are not said: Payload's ten for lists, and for the lines of a document about what an order has. */
const usualPage = 10
const usualLines = 20

export type GraphqlRequest = { readonly query?: unknown; readonly variables?: unknown }

/**
 * Why a request is too large to be looked at, before it is validated: validating is itself quadratic in the size of a query.
 * Needs no schema. @returns undefined when it may go on, also when it cannot be read: whoever reads it next says so
 */
export function problemOfSize({ query, variables }: GraphqlRequest): Problem | undefined {
  if (typeof query !== 'string') return undefined
  if (query.length > graphqlLimits.characters) return tooLarge('characters', query.length, shorten)
  // Reading what nests too deeply would run out of stack.
  if (isTooDeep(query)) return tooLarge('depth', deepestJson, inTwoSteps)
  const document = parsed(query)
  if (!document) return undefined
  const given = isRecord(variables) ? variables : {}
  const weigh = scales(document, given)
  for (const operation of document.definitions) {
    if (operation.kind !== 'OperationDefinition') continue
    const found = problemOfOperation(operation, weigh(operation.selectionSet))
    if (found) return found
  }
  return problemOfForm(document, given)
}

type Weight = {
  readonly fields: number
  readonly aliases: number
  readonly depth: number
  readonly cost: number
  /** What each row of the list costs that these selections belong to. */
  readonly ofRow: number
  /** A page at the top that is none or too long. */
  readonly badPage: string | null
  /** A fragment that spreads itself. */
  readonly circle: string | null
}

function problemOfOperation(operation: OperationDefinitionNode, { fields, aliases, depth, cost, badPage, circle }: Weight): Problem | undefined {
  if (circle !== null) {
    const name = circle.slice(0, 60)
    return problem('badRequest', { reason: {
      en: `The fragment "${name}" of the GraphQL request contains itself, directly or through another fragment. Write out the levels that you need.`,
      zh: `GraphQL 请求中的片段“${name}”直接或通过其他片段包含了自身，请逐层写出所需的字段。`,
    } })
  }
  if (depth > graphqlLimits.depth) return tooLarge('depth', depth, inTwoSteps)
  if (fields > graphqlLimits.fields) return tooLarge('fields', fields, shorten)
  if (aliases > graphqlLimits.aliases) return tooLarge('aliases', aliases, { en: 'Filter with "in" instead of asking for each one under a name of its own.', zh: '请用“in”筛选一次查出，而不要逐个起别名。' })
  if (operation.operation === 'mutation' && operation.selectionSet.selections.length > graphqlLimits.mutations) {
    return tooLarge('mutations', operation.selectionSet.selections.length, { en: 'Send several requests.', zh: '请分多次请求。' })
  }
  if (badPage !== null) {
    return problem('badRequest', { reason: {
      en: `"limit" must be a whole number from 1 to ${largestPage}, not ${badPage}. Read further pages with "page".`,
      zh: `“limit”须为 1 至 ${largestPage} 的整数，而不是 ${badPage}。更多数据请用“page”翻页。`,
    } })
  }
  return cost > graphqlLimits.cost ? tooLarge('cost', cost, { en: 'Ask for shorter pages ("limit"), or for fewer fields within lists.', zh: '请减小“limit”，或减少列表中的字段。' }) : undefined
}

/** Weighs selections; each fragment once, however often it is spread. */
function scales(document: DocumentNode, variables: Readonly<Record<string, unknown>>) {
  const fragments = new Map(document.definitions.filter((each): each is FragmentDefinitionNode => each.kind === 'FragmentDefinition').map((each) => [each.name.value, each]))
  const known = new Map<string, Weight>()

  const ofFragment = (name: string): Weight => {
    const done = known.get(name)
    if (done) return done
    // Met again within itself.
    known.set(name, { ...none, circle: name })
    const fragment = fragments.get(name)
    const weight = fragment ? ofSelections(fragment.selectionSet, 1) : none
    known.set(name, weight)
    return weight
  }
  const ofField = (field: FieldNode, level: number): Weight => {
    const inner = field.selectionSet ? ofSelections(field.selectionSet, level + 1) : none
    const limit = field.arguments?.find(({ name }) => name.value === 'limit')
    const said = limit && valueOf(limit.value, variables)
    const isRows = field.name.value === 'docs'
    const rows = typeof said === 'number' && said > 0 ? said : level > 0 ? usualLines : usualPage
    return {
      fields: inner.fields + 1, aliases: inner.aliases + (field.alias ? 1 : 0), depth: inner.depth + 1,
      cost: isRows ? 1 : 1 + inner.cost + inner.ofRow * rows, ofRow: isRows ? inner.cost + inner.ofRow : 0,
      badPage: level === 0 && said !== undefined && said !== null && !isPage(said) ? JSON.stringify(said).slice(0, 40) : inner.badPage,
      circle: inner.circle,
    }
  }
  function ofSelections({ selections }: SelectionSetNode, level: number): Weight {
    return selections.map((each): Weight => {
      if (each.kind === 'Field') return ofField(each, level)
      return each.kind === 'InlineFragment' ? ofSelections(each.selectionSet, level) : ofFragment(each.name.value)
    }).reduce((sum, each) => ({
      fields: sum.fields + each.fields, aliases: sum.aliases + each.aliases, depth: Math.max(sum.depth, each.depth), cost: sum.cost + each.cost, ofRow: sum.ofRow + each.ofRow, badPage: sum.badPage ?? each.badPage, circle: sum.circle ?? each.circle,
    }), none)
  }
  return (selections: SelectionSetNode) => ofSelections(selections, 0)
}

const none: Weight = { fields: 0, aliases: 0, depth: 0, cost: 0, ofRow: 0, badPage: null, circle: null }

const isPage = (said: unknown) => Number.isSafeInteger(said) && Number(said) >= 1 && Number(said) <= largestPage

function valueOf(value: ValueNode, variables: Readonly<Record<string, unknown>>): unknown {
  if (value.kind === 'Variable') return variables[value.name.value]
  if (value.kind === 'NullValue') return null
  if (value.kind === 'IntValue' || value.kind === 'FloatValue') return Number(value.value)
  return 'value' in value ? value.value : value.kind
}

function parsed(query: string): DocumentNode | undefined {
  try {
    return parse(query, { noLocation: true })
  } catch {
    return undefined
  }
}

const inTwoSteps: Text = { en: 'Ask in two steps, the second by the ids that the first found.', zh: '请分两步查询，第二步使用第一步得到的 id。' }
const shorten: Text = { en: 'Ask for less at once.', zh: '请减少一次查询的内容。' }

function tooLarge(what: keyof typeof graphqlLimits, is: number, remedy: Text): Problem {
  return problem('queryTooLarge', { what: names[what], is: String(is), limit: graphqlLimits[what], remedy })
}

const names: Record<keyof typeof graphqlLimits, Text> = {
  characters: { en: 'characters', zh: '字符数' }, fields: { en: 'fields', zh: '字段数' }, depth: { en: 'levels', zh: '层数' },
  aliases: { en: 'aliases', zh: '别名数' }, mutations: { en: 'mutations', zh: '变更操作数' }, cost: { en: 'fields in all rows of its lists', zh: '列表各行字段总数' },
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
