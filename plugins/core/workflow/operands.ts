import type { Operand, Operator } from '../../../config/language/references.ts'

/** Where operands find their values. `line` is the row that a line guard looks at. */
export type Values = {
  readonly document: Readonly<Record<string, unknown>>
  readonly input?: Readonly<Record<string, unknown>> | undefined
  readonly company?: Readonly<Record<string, unknown>> | undefined
  readonly today?: string | undefined
  readonly reason?: string | undefined
}

export function valueOf(operand: Operand | undefined, { document, input, company, today, reason }: Values): unknown {
  if (operand === null || operand === undefined || typeof operand !== 'object') return operand ?? null
  if ('field' in operand) return document[operand.field] ?? null
  if ('input' in operand) return input?.[operand.input] ?? null
  if ('company' in operand) return company?.[operand.company] ?? null
  if ('sum' in operand) return operand.sum.reduce((total, name) => total + signed(name, document), 0)
  if ('today' in operand) return today ?? null
  return reason ?? null
}

/** Stored values: scaled integers, texts (dates compare as texts), booleans. Nothing is less or greater than empty. */
export function holds(left: unknown, operator: Operator, right: unknown): boolean {
  switch (operator) {
    case 'filled': return !isEmpty(left)
    case 'empty': return isEmpty(left)
    case '=': return (left ?? null) === (right ?? null)
    case '!=': return (left ?? null) !== (right ?? null)
    default: return comparable(left, right) && order(operator, left, right)
  }
}

export const isEmpty = (value: unknown) => value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

type Comparable = number | string

const comparable = (left: unknown, right: unknown): boolean =>
  (typeof left === 'number' && typeof right === 'number') || (typeof left === 'string' && typeof right === 'string')

function order(operator: '<' | '<=' | '>' | '>=', left: unknown, right: unknown): boolean {
  const [a, b] = [left as Comparable, right as Comparable]
  switch (operator) {
    case '<': return a < b
    case '<=': return a <= b
    case '>': return a > b
    case '>=': return a >= b
  }
}

function signed(name: string, document: Readonly<Record<string, unknown>>): number {
  return name.startsWith('-') ? -Number(document[name.slice(1)] ?? 0) : Number(document[name] ?? 0)
}
