import { Environment } from '@marcbachmann/cel-js'
import type { FieldDefinition } from '../language/entity.ts'
import { Day, DayText, Decimal, exactly, kindOf, Moment, rowTypeOf, type RuleKind } from './rule-values.ts'

/** What every expression knows beside the fields. */
export const surroundings = { today: 'Day', isNew: 'bool', workflowState: 'string', userRoles: 'list<string>', option: 'string' } as const

/** The firm's time zone, which `day(moment)` is given; nobody writes it. */
export const zoneVariable = '_zone'

const celTypes: Record<RuleKind, string> = { text: 'string', boolean: 'bool', number: 'Number', day: 'Day', moment: 'Moment', list: 'list<string>', table: 'list' }
const wantedTypes: Record<RuleKind, readonly string[]> = {
  text: ['string'], boolean: ['bool'], number: ['Number'], day: ['Day'], moment: ['Moment'], list: ['list<string>'], table: [],
}
/** Whether an expression of this CEL type gives a value of this kind. */
export const gives = (type: string, kind: RuleKind): boolean => wantedTypes[kind].includes(type)

/** What stands before a field of the head, in rules of its lines and of the rows of its tables: `head.priority`. */
export const headWord = 'head'
/** No field is called like it: their names begin with a letter. */
export const headVariableOf = (name: string): string => `_${headWord}_${name}`
/** The fields of a head that its lines and rows can ask for: each one value, no rows. */
export const headFieldsOf = (fields: readonly FieldDefinition[]): readonly FieldDefinition[] => fields.filter((field) => ![undefined, 'table'].includes(kindOf(field)))

/** The language with the fields of one form as its variables; `head`: fields of the document that a line or a row belongs to. */
export function environmentOf(fields: readonly FieldDefinition[], head: readonly FieldDefinition[] = []): Environment {
  const own = base().clone()
  for (const [name, type] of Object.entries({ ...surroundings, [zoneVariable]: 'string' })) own.registerVariable(name, type)
  for (const field of fields) {
    const kind = kindOf(field)
    if (kind) own.registerVariable(variableOf(field.name), kind === 'table' ? registerRow(own, field) : celTypes[kind])
  }
  for (const field of headFieldsOf(head)) own.registerVariable(headVariableOf(field.name), celTypes[kindOf(field) ?? 'text'])
  return own
}

/** A type of the rows of a table, with its columns. @returns the type of the table itself */
function registerRow(own: Environment, { name, columns = [] }: FieldDefinition): string {
  const type = `RowOf${name}`
  const fields = Object.fromEntries(columns.flatMap((column) => {
    const kind = kindOf(column)
    return kind && kind !== 'table' ? [[column.name, celTypes[kind]] as const] : []
  }))
  own.registerType(type, { ctor: rowTypeOf(columns) as never, fields })
  for (const signature of [`sizeOf(list<${type}>)`, `list<${type}>.sizeOf()`]) own.registerFunction(`${signature}: Number`, (rows: readonly unknown[]) => new Decimal(rows.length))
  own.registerFunction(`empty(list<${type}>): bool`, (rows: readonly unknown[]) => rows.length === 0)
  return `list<${type}>`
}

/** What stands for a field in the language: its name, or with "_" behind it where the name means something else there. */
export const variableOf = (name: string): string => (name in surroundings || isWordOfLanguage(name) ? `${name}_` : name)

/** The field that a name in an expression means. A word of the language may be written with "_" behind it, and has to be where it cannot be read otherwise. */
export function fieldOf(written: string): string {
  const name = written.slice(0, -1)
  return written.endsWith('_') && variableOf(name) === written ? name : written
}

const words = new Map<string, boolean>()
let asked: Environment | undefined

/** Whether the library itself takes the name for something else: for a type (`type`, `map`), or as reserved (`package`). */
function isWordOfLanguage(name: string): boolean {
  const known = words.get(name)
  if (known !== undefined) return known
  let isWord = false
  try {
    isWord = (asked ??= base().clone()).registerVariable(name, 'string').parse(name).ast.op !== 'id'
  } catch {
    isWord = true
  }
  words.set(name, isWord)
  return isWord
}

let language: Environment | undefined
const base = () => (language ??= build())

const milliseconds = 86_400_000
const plusDays = ({ text }: Day, days: Decimal) => {
  const count = days.round()
  if (text === '' || !count.isFinite() || count.abs().gt(4_000_000)) return new Day('')
  const moved = new Date(Date.parse(text) + count.toNumber() * milliseconds)
  return new Day(Number.isNaN(moved.getTime()) || moved.getUTCFullYear() > 9_999 || moved.getUTCFullYear() < 1 ? '' : moved.toISOString().slice(0, 10))
}
/** Of what is there: an empty figure adds nothing. */
const sum = (values: readonly Decimal[]) => exactly(values.filter((value) => !value.isNaN()).reduce((total, value) => total.plus(value), new Decimal(0)))
const clocks = new Map<string, Intl.DateTimeFormat>()
/** The calendar day of a moment in a time zone. */
function dayIn(moment: string, zone: string): string {
  const clock = clocks.get(zone) ?? new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
  clocks.set(zone, clock)
  const parts = new Map(clock.formatToParts(new Date(moment)).map(({ type, value }) => [type, value]))
  return `${parts.get('year')?.padStart(4, '0') ?? ''}-${parts.get('month') ?? ''}-${parts.get('day') ?? ''}`
}
const part = (at: number, length: number) => ({ text }: Day) => new Decimal(text === '' ? Number.NaN : text.slice(at, at + length))

/**
 * CEL (github.com/google/cel-spec) by @marcbachmann/cel-js: no loops, no access to anything that is not given. There is one kind of
 * number, exact decimals: written ones are made such, too, before an expression is checked (`read-expression.ts`). Days and moments
 * have operators of their own. `matches` is not offered: its patterns can take any time.
 */
function build(): Environment {
  const language = new Environment({
    unlistedVariablesAreDyn: false, homogeneousAggregateLiterals: true,
    // Twice what people may write: what is written becomes a little longer before it is checked.
    limits: { maxAstNodes: 600, maxDepth: 40, maxListElements: 100, maxMapEntries: 0, maxCallArguments: 4 },
  })
  language.registerType('Number', { ctor: Decimal as never, fields: {} }).registerType('Day', { ctor: Day, fields: {} }).registerType('DayText', { ctor: DayText, fields: {} }).registerType('Moment', { ctor: Moment, fields: {} })
  const arithmetic: Record<string, (a: Decimal, b: Decimal) => Decimal> = { '+': (a, b) => a.plus(b), '-': (a, b) => a.minus(b), '*': (a, b) => a.times(b), '/': (a, b) => a.div(b), '%': (a, b) => a.mod(b) }
  for (const [sign, of] of Object.entries(arithmetic)) language.registerOperator(`Number ${sign} Number: Number`, (a: Decimal, b: Decimal) => exactly(of(a, b)))
  const comparison: Record<string, (a: Decimal, b: Decimal) => boolean> = { '<': (a, b) => a.lt(b), '<=': (a, b) => a.lte(b), '>': (a, b) => a.gt(b), '>=': (a, b) => a.gte(b), '==': (a, b) => a.eq(b) }
  for (const [sign, of] of Object.entries(comparison)) language.registerOperator(`Number ${sign} Number: bool`, of)
  language.registerOperator('-Number: Number', (a: Decimal) => a.neg())
  const inOrder: Record<string, (a: string, b: string) => boolean> = { '<': (a, b) => a < b, '<=': (a, b) => a <= b, '>': (a, b) => a > b, '>=': (a, b) => a >= b, '==': (a, b) => a === b }
  for (const [left, right] of [['Day', 'Day'], ['Moment', 'Moment'], ['Day', 'DayText'], ['DayText', 'Day']] as const) {
    // Equality that is known from one side is known from the other.
    for (const [sign, of] of Object.entries(inOrder).filter(([sign]) => sign !== '==' || left !== 'DayText')) {
      language.registerOperator(`${left} ${sign} ${right}: bool`, (a: Day, b: Day) => (sign === '==' || (a.text !== '' && b.text !== '')) && of(a.text, b.text))
    }
  }
  for (const [sign, of] of Object.entries(inOrder)) {
    language.registerOperator(`string ${sign} DayText: bool`, (a: string, b: DayText) => of(a, b.text))
    if (sign !== '==') language.registerOperator(`DayText ${sign} string: bool`, (a: DayText, b: string) => of(a.text, b))
  }
  return language
    .registerOperator('Day - Day: Number', (a: Day, b: Day) => new Decimal(a.text && b.text ? (Date.parse(a.text) - Date.parse(b.text)) / milliseconds : Number.NaN))
    .registerOperator('Day + Number: Day', plusDays).registerOperator('Day - Number: Day', (a: Day, b: Decimal) => plusDays(a, b.neg())).registerOperator('Number + Day: Day', (a: Decimal, b: Day) => plusDays(b, a))
    .registerFunction('exact(string): Number', (text: string) => exactly(new Decimal(text))).registerFunction('dayText(string): DayText', (text: string) => new DayText(text))
    .registerFunction('empty(Number): bool', (value: Decimal) => value.isNaN()).registerFunction('empty(bool): bool', (value: boolean) => !value)
    .registerFunction('empty(Day): bool', ({ text }: Day) => text === '').registerFunction('empty(Moment): bool', ({ text }: Moment) => text === '')
    .registerFunction('empty(string): bool', (value: string) => value === '').registerFunction('empty(list<string>): bool', (value: readonly string[]) => value.length === 0)
    .registerFunction('number(Number): Number', (value: Decimal) => value).registerFunction('number(string): Number', (text: string) => new Decimal(/^\s*-?\d{1,40}(\.\d{1,20})?\s*$/.test(text) ? text.trim() : Number.NaN))
    .registerFunction('string(Number): string', (value: Decimal) => (value.isNaN() ? '' : value.toDecimalPlaces(20).toFixed())).registerFunction('string(Day): string', ({ text }: Day) => text)
    .registerFunction('abs(Number): Number', (value: Decimal) => value.abs())
    .registerFunction('round(Number): Number', (value: Decimal) => value.round())
    .registerFunction('round(Number, Number): Number', (value: Decimal, places: Decimal) => value.toDecimalPlaces(places.isNaN() ? 0 : Decimal.min(20, Decimal.max(0, places.round())).toNumber()))
    .registerFunction('min(Number, Number): Number', (a: Decimal, b: Decimal) => Decimal.min(a, b)).registerFunction('max(Number, Number): Number', (a: Decimal, b: Decimal) => Decimal.max(a, b))
    .registerFunction('sum(list<Number>): Number', sum)
    .registerFunction('day(string, string): Day', (text: string) => new Day(/^\d{4}-\d{2}-\d{2}$/.test(text) ? text : '')).registerFunction('day(Moment, string): Day', ({ text }: Moment, zone: string) => new Day(text && dayIn(text, zone)))
    .registerFunction('year(Day): Number', part(0, 4)).registerFunction('month(Day): Number', part(5, 2))
    .registerFunction('sizeOf(string): Number', (text: string) => new Decimal([...text].length)).registerFunction('sizeOf(list<string>): Number', (list: readonly string[]) => new Decimal(list.length)).registerFunction('sizeOf(list<Number>): Number', (list: readonly Decimal[]) => new Decimal(list.length))
    .registerFunction('string.sizeOf(): Number', (text: string) => new Decimal([...text].length)).registerFunction('list<string>.sizeOf(): Number', (list: readonly string[]) => new Decimal(list.length))
    .registerFunction('contains(string, string): bool', (text: string, wanted: string) => text.includes(wanted)).registerFunction('contains(list<string>, string): bool', (list: readonly string[], one: string) => list.includes(one))
    .registerFunction('list<string>.contains(string): bool', (list: readonly string[], one: string) => list.includes(one))
    .registerFunction('startsWith(string, string): bool', (text: string, start: string) => text.startsWith(start)).registerFunction('endsWith(string, string): bool', (text: string, end: string) => text.endsWith(end))
}
