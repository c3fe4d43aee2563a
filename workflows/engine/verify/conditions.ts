import type { Condition } from '../registry.ts'

/**
 * One case of an ordered subject: where it lies among the values that conditions name (odd: it is one, even: it lies between
 * them), and whether it counts as empty. Without a place it is neither less nor greater than any, as `null` and lists are.
 */
type Case = { readonly at?: number; readonly isEmpty: boolean; readonly isNull: boolean }

type Ordered = Extract<Condition, { readonly operator: unknown }>

/**
 * The cases in which conditions on one subject may differ, each as what every condition then says; `undefined` when the
 * conditions do not fit together, so that nothing can be said of one by another. Between two named values lies a case of its
 * own even where no value does (whole numbers): more is thought possible than is, never less.
 */
export function casesOf(conditions: readonly Condition[]): readonly (readonly boolean[])[] | undefined {
  const [first] = conditions
  if (!first) return undefined
  if ('constant' in first) return [[first.constant]]
  if ('of' in first) {
    if (!conditions.every((other) => 'of' in other && other.of.join() === first.of.join())) return undefined
    return distinct(first.of.map((name) => conditions.map((condition) => 'of' in condition && condition.in.includes(name))))
  }
  const ordered = conditions.filter((condition) => 'operator' in condition)
  const values = [...new Set(ordered.flatMap(({ value }) => (value === undefined || value === null ? [] : [value])))]
  const types = new Set(values.map((value) => typeof value))
  if (ordered.length < conditions.length || types.size > 1 || values.includes('')) return undefined
  const sorted = values.sort((a, b) => (a < b ? -1 : 1))
  const between = types.has('boolean') ? [] : [...sorted.keys(), sorted.length].map((index) => index * 2)
  const cases: Case[] = [...sorted.map((_, index) => index * 2 + 1), ...between].map((at) => ({ at, isEmpty: false, isNull: false }))
  if (!ordered.every(({ neverEmpty }) => neverEmpty)) {
    cases.push({ isEmpty: true, isNull: true }, { isEmpty: true, isNull: false }, { isEmpty: false, isNull: false })
    // An empty text comes before every other.
    if (types.has('string')) cases.push({ at: 0, isEmpty: true, isNull: false })
  }
  return distinct(cases.map((one) => ordered.map((condition) => says(one, condition, sorted))))
}

function says({ at, isEmpty, isNull }: Case, { operator, value = null }: Ordered, sorted: readonly unknown[]): boolean {
  const rank = value === null ? undefined : sorted.indexOf(value) * 2 + 1
  switch (operator) {
    case 'filled': return !isEmpty
    case 'empty': return isEmpty
    case '=': return rank === undefined ? isNull : at === rank
    case '!=': return rank === undefined ? !isNull : at !== rank
    default: return at !== undefined && rank !== undefined && typeof value !== 'boolean' && before(at, operator, rank)
  }
}

function before(at: number, operator: '<' | '<=' | '>' | '>=', rank: number): boolean {
  switch (operator) {
    case '<': return at < rank
    case '<=': return at <= rank
    case '>': return at > rank
    case '>=': return at >= rank
  }
}

function distinct(rows: readonly (readonly boolean[])[]): readonly (readonly boolean[])[] {
  return [...new Map(rows.map((row) => [row.join(), row])).values()]
}
