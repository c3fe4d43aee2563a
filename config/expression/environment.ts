import { Environment } from '@marcbachmann/cel-js'
import type { FieldDefinition } from '../language/entity.ts'
import { Day, Decimal, kindOf, Moment, type RuleKind } from './rule-values.ts'

/** What every expression knows beside the fields. */
export const surroundings = { today: 'Day', isNew: 'bool', workflowState: 'string', userRoles: 'list<string>', option: 'string' } as const

const celTypes: Record<RuleKind, string> = { text: 'string', boolean: 'bool', number: 'Number', day: 'Day', moment: 'Moment', list: 'list<string>' }
const wantedTypes: Record<RuleKind, readonly string[]> = {
  text: ['string'], boolean: ['bool'], number: ['Number', 'int', 'double'], day: ['Day'], moment: ['Moment'], list: ['list<string>'],
}
/** Whether an expression of this CEL type gives a value of this kind. */
export const gives = (type: string, kind: RuleKind): boolean => wantedTypes[kind].includes(type)

/** The language with the fields of one form as its variables. */
export function environmentOf(fields: readonly FieldDefinition[]): Environment {
  const own = base().clone()
  for (const [name, type] of Object.entries(surroundings)) own.registerVariable(name, type)
  for (const field of fields) {
    const kind = kindOf(field)
    if (kind && !(field.name in surroundings)) own.registerVariable(field.name, celTypes[kind])
  }
  return own
}

let language: Environment | undefined
const base = () => (language ??= build())

type Number_ = Decimal | bigint | number
const decimal = (value: Number_): Decimal => (value instanceof Decimal ? value : new Decimal(String(value)))
const milliseconds = 86_400_000
const plusDays = ({ text }: Day, days: Number_) => {
  const count = decimal(days).round()
  if (text === '' || !count.isFinite() || count.abs().gt(4_000_000)) return new Day('')
  const moved = new Date(Date.parse(text) + count.toNumber() * milliseconds)
  return new Day(Number.isNaN(moved.getTime()) || moved.getUTCFullYear() > 9_999 || moved.getUTCFullYear() < 1 ? '' : moved.toISOString().slice(0, 10))
}
const part = (at: number, length: number) => ({ text }: Day) => new Decimal(text === '' ? Number.NaN : text.slice(at, at + length))

/**
 * CEL (github.com/google/cel-spec) by @marcbachmann/cel-js: no loops, no access to anything that is not given. Numbers of fields
 * are exact decimals here, also together with written numbers; days and moments have operators of their own. `matches` is not
 * offered (`check-expression.ts`): its patterns can take any time.
 */
function build(): Environment {
  const language = new Environment({
    unlistedVariablesAreDyn: false, homogeneousAggregateLiterals: true,
    limits: { maxAstNodes: 300, maxDepth: 40, maxListElements: 100, maxMapEntries: 0, maxCallArguments: 4 },
  })
  language.registerType('Number', { ctor: Decimal as never, fields: {} }).registerType('Day', { ctor: Day, fields: {} }).registerType('Moment', { ctor: Moment, fields: {} })
  const arithmetic: Record<string, (a: Decimal, b: Decimal) => Decimal> = { '+': (a, b) => a.plus(b), '-': (a, b) => a.minus(b), '*': (a, b) => a.times(b), '/': (a, b) => a.div(b), '%': (a, b) => a.mod(b) }
  const comparison: Record<string, (a: Decimal, b: Decimal) => boolean> = { '<': (a, b) => a.lt(b), '<=': (a, b) => a.lte(b), '>': (a, b) => a.gt(b), '>=': (a, b) => a.gte(b) }
  for (const [left, right] of [['Number', 'Number'], ['Number', 'int'], ['int', 'Number'], ['Number', 'double'], ['double', 'Number']] as const) {
    for (const [sign, of] of Object.entries(arithmetic)) language.registerOperator(`${left} ${sign} ${right}: Number`, (a: Number_, b: Number_) => of(decimal(a), decimal(b)))
    for (const [sign, of] of Object.entries(comparison)) language.registerOperator(`${left} ${sign} ${right}: bool`, (a: Number_, b: Number_) => of(decimal(a), decimal(b)))
  }
  for (const right of ['Number', 'int', 'double']) language.registerOperator(`Number == ${right}: bool`, (a: Number_, b: Number_) => decimal(a).eq(decimal(b)))
  language.registerOperator('-Number: Number', (a: Decimal) => a.neg())
  for (const type of ['Day', 'Moment']) {
    for (const [sign, of] of Object.entries({ '<': (a: string, b: string) => a < b, '<=': (a: string, b: string) => a <= b, '>': (a: string, b: string) => a > b, '>=': (a: string, b: string) => a >= b, '==': (a: string, b: string) => a === b })) {
      language.registerOperator(`${type} ${sign} ${type}: bool`, (a: Day, b: Day) => (sign === '==' || (a.text !== '' && b.text !== '')) && of(a.text, b.text))
    }
  }
  language.registerOperator('Day - Day: Number', (a: Day, b: Day) => new Decimal(a.text && b.text ? (Date.parse(a.text) - Date.parse(b.text)) / milliseconds : Number.NaN))
  for (const days of ['int', 'Number']) {
    language.registerOperator(`Day + ${days}: Day`, (a: Day, b: Number_) => plusDays(a, b)).registerOperator(`Day - ${days}: Day`, (a: Day, b: Number_) => plusDays(a, decimal(b).neg()))
  }
  return language
    .registerFunction('empty(Number): bool', (value: Decimal) => value.isNaN())
    .registerFunction('empty(Day): bool', ({ text }: Day) => text === '').registerFunction('empty(Moment): bool', ({ text }: Moment) => text === '')
    .registerFunction('empty(string): bool', (value: string) => value === '').registerFunction('empty(list<string>): bool', (value: readonly string[]) => value.length === 0)
    .registerFunction('number(int): Number', decimal).registerFunction('number(double): Number', decimal)
    .registerFunction('string(Number): string', (value: Decimal) => (value.isNaN() ? '' : value.toFixed())).registerFunction('string(Day): string', ({ text }: Day) => text)
    .registerFunction('abs(Number): Number', (value: Decimal) => value.abs())
    .registerFunction('round(Number, int): Number', (value: Decimal, places: bigint) => value.toDecimalPlaces(Math.min(20, Math.max(0, Number(places)))))
    .registerFunction('min(Number, Number): Number', (a: Decimal, b: Decimal) => Decimal.min(a, b)).registerFunction('max(Number, Number): Number', (a: Decimal, b: Decimal) => Decimal.max(a, b))
    .registerFunction('day(string): Day', (text: string) => new Day(/^\d{4}-\d{2}-\d{2}$/.test(text) ? text : ''))
    .registerFunction('year(Day): Number', part(0, 4)).registerFunction('month(Day): Number', part(5, 2))
}
