import fc from 'fast-check'
import { kindOf } from '../../config/expression/rule-values.ts'
import type { FieldDefinition } from '../../config/language/entity.ts'
import { boolean, date, dateTime, duration, email, file, geolocation, image, integer, json, longText, money, option, percent, phone, quantity, rate, rating, relation, richText, select, sequence, signature, table, text, time, unitPrice, url } from '../../config/language/fields.ts'
import type { FieldRules } from '../../config/language/form.ts'
import { compileForm } from '../../plugins/core/forms/compile-form.ts'

const named = (name: string) => ({ en: name, zh: name })
const options = (...values: string[]) => ({ options: values.map((value) => option(value, named(value.toUpperCase()))) })

/** A field of every type that a firm can add; references lead to suppliers. */
export const fieldsOfEveryType: readonly FieldDefinition[] = [
  text('note', named('Note')), longText('story', named('Story')), email('mail', named('Mail')), phone('tel', named('Phone')), url('site', named('Site')), text('badge', named('Badge'), { mask: 'AA-00' }),
  integer('count', named('Count')), quantity('weight', named('Weight')), unitPrice('price', named('Price')), money('amount', named('Amount')), percent('discount', named('Discount')), rate('factor', named('Factor')),
  rating('stars', named('Stars')), duration('lasts', named('Lasts')), date('due', named('Due')), time('from', named('From')), dateTime('seen', named('Seen')), boolean('urgent', named('Urgent')),
  select('grade', named('Grade'), options('a', 'b', 'c')), select('colours', named('Colours'), { many: true, ...options('x', 'y', 'z') }),
  relation('vendor', named('Vendor'), { to: 'suppliers' }), relation('vendors', named('Vendors'), { to: 'suppliers', many: true }), { ...text('vendorName', named('Name of the vendor')), lookup: { through: 'vendor', of: 'name' } },
  sequence('tag', named('Tag'), { prefix: 'RF' }), json('data', named('Data')), file('plan', named('Plan')), image('photo', named('Photo')),
  geolocation('place', named('Place')), signature('agreed', named('Agreed')), richText('minutes', named('Minutes')),
  table('items', named('Items'), { maxRows: 4, columns: [
    text('what', named('What')), quantity('count', named('Count')), unitPrice('price', named('Price')), boolean('free', named('Free')), duration('lasts', named('Lasts')), select('kind', named('Kind'), options('x', 'y')),
    { ...money('amount', named('Amount')), rules: { computed: 'free ? number(0) : price * count * (100 - (empty(head.discount) ? 0 : head.discount)) / 100' } },
    { ...text('why', named('Why')), rules: { required: { when: 'count > 500 && head.urgent' }, checks: [{ holds: 'why != "x" || free', message: named('Not x.') }] } },
  ] }),
]

const condition: Record<string, string> = {
  text: 'size(NAME) > 3', number: 'NAME >= 0 && NAME < 500', boolean: 'NAME', day: 'NAME > today', moment: '!empty(NAME)', list: 'NAME.exists(one, one == "x")', table: 'NAME.exists(one, one.kind == "y")',
}
const computed: Record<string, string> = { number: '(price + weight) / 3', day: 'due + 7', boolean: 'price > weight' }
const message = named('No.')
/** Nobody enters them, or no rule sees them. */
const isRuled = ({ lookup, type }: FieldDefinition) => !lookup && type !== 'sequence' && type !== 'json'
const isFile = ({ type }: FieldDefinition) => type === 'file' || type === 'image'

/** Rules of some of these fields, which ask for others; such that none wait for each other. */
export function randomRules(seed: number): Readonly<Record<string, FieldRules>> {
  // The number of a new record is given by the server: the browser does not know it yet.
  const others = fieldsOfEveryType.filter((field) => kindOf(field) !== undefined && field.type !== 'sequence')
  const one = fc.record({
    field: fc.constantFrom(...fieldsOfEveryType.filter(isRuled)), of: fc.constantFrom(...others), whenHidden: fc.constantFrom('clear', 'keep', 'ignore'),
    rule: fc.constantFrom('visible', 'visible', 'required', 'readOnly', 'computed', 'checks', 'options'),
  })
  const rules: Record<string, FieldRules> = {}
  for (const { field, of, rule, whenHidden } of fc.sample(one, { seed, numRuns: 9 })) {
    const when = (condition[kindOf(of) ?? 'text'] ?? '').replaceAll('NAME', of.name)
    const source = computed[kindOf(field) ?? '']
    const made: FieldRules | undefined = of === field || rules[field.name] ? undefined
      : rule === 'visible' ? { visible: when, whenHidden } : rule === 'checks' ? { checks: [{ holds: `${when} || empty(${field.name})`, message }] }
      : rule === 'options' ? (field.options && !field.many ? { options: { when: `option != "b" || (${when})`, message } } : undefined)
      : rule === 'computed' ? (source === undefined || isFile(field) || new RegExp(`\\b${field.name}\\b`).test(source) ? undefined : { computed: source }) : { [rule]: { when, message } }
    if (made && compileForm(fieldsOfEveryType, { rules: { ...rules, [field.name]: made } }).faults.length === 0) rules[field.name] = made
  }
  return rules
}

const decimals = fc.tuple(fc.integer({ min: -99_999, max: 99_999 }), fc.integer({ min: 0, max: 2 })).map(([whole, places]) => (whole / 10 ** places).toFixed(places))
const days = fc.date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true })

/** What someone may send for such a field, as it is spoken; `ids`: of suppliers. Files, which have to be there, are left out. */
export function spokenValue(field: FieldDefinition, ids: readonly string[]): fc.Arbitrary<unknown> {
  const some = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { freq: 2 })
  switch (field.type) {
    case 'email': return some(fc.constant('anna@firm.example'))
    case 'phone': return some(fc.constant('+49 30 1234'))
    case 'url': return some(fc.constant('https://firm.example/a'))
    case 'integer': return some(fc.integer({ min: -999, max: 999 }))
    case 'rating': return some(fc.integer({ min: 1, max: 5 }))
    case 'duration': return some(fc.integer({ min: 1, max: 900 }))
    case 'quantity': case 'unitPrice': case 'money': case 'percent': case 'rate': return some(decimals)
    case 'date': return some(days.map((day) => day.toISOString().slice(0, 10)))
    case 'dateTime': return some(days.map((day) => day.toISOString()))
    case 'time': return some(fc.constantFrom('00:00', '08:30', '23:59'))
    case 'boolean': return fc.boolean()
    case 'select': return field.many ? fc.subarray((field.options ?? []).map(({ value }) => value)) : some(fc.constantFrom(...(field.options ?? []).map(({ value }) => value)))
    case 'relation': return field.many ? fc.subarray([...ids]) : some(fc.constantFrom(...ids))
    case 'json': return some(fc.constant({ a: [1] }))
    case 'table': return fc.array(fc.record(Object.fromEntries((field.columns ?? []).filter(({ rules }) => rules?.computed === undefined).map((column) => [column.name, column.name === 'what' ? fc.constantFrom('a', 'x') : spokenValue(column, ids)]))), { maxLength: 3 })
    case 'geolocation': return some(fc.constantFrom('geo:47.3769,8.5417;u=12', 'geo:-33.9,18.4'))
    case 'richText': return some(fc.constantFrom('x', 'long enough', '长的文字').map((words) => ({ type: 'doc', content: [{ type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: words, marks: [{ type: 'bold' }] }] }] })))
    case 'file': case 'image': case 'signature': return fc.constant(null)
    default: return some(field.mask ? fc.constant('XY-12') : fc.constantFrom('x', 'long enough', '长的文字'))
  }
}
