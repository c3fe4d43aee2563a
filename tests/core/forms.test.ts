import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ruledField, ruleRow } from '../../admin/document/form-rules.ts'
import { formOf, rowsOf } from '../../admin/kit/field-values.ts'
import { purchaseOrders } from '../../collections/erp/purchase-orders.ts'
import { fromSpoken, fromStored, kindOf, toSpoken, toStored, type RuleValue } from '../../config/expression/rule-values.ts'
import type { ColumnDefinition, FieldDefinition } from '../../config/language/entity.ts'
import { boolean, date, dateTime, duration, email, file, geolocation, image, integer, json, longText, money, option, percent, quantity, rate, rating, relation, richText, select, signature, table, text, time, unitPrice } from '../../config/language/fields.ts'
import { isFileField, writeFileValue } from '../../config/language/file-value.ts'
import { pad, readMark, writeMark, writeSignature } from '../../config/language/signature.ts'
import type { FieldRules } from '../../config/language/form.ts'
import { decodeInput, standing } from '../../plugins/core/commands/input.ts'
import { compileForm, compileRow } from '../../plugins/core/forms/compile-form.ts'
import { madeOf } from '../../plugins/core/forms/derived-fields.ts'
import { runForm, type FormQuestion } from '../../plugins/core/forms/run-form.ts'
import { revisionFindings } from '../../plugins/core/platform/revision-findings.ts'

const named = (name: string) => ({ en: name, zh: name })
const fields: readonly FieldDefinition[] = [
  text('note', named('Note')), longText('story', named('Story')), integer('count', named('Count')), quantity('weight', named('Weight')), unitPrice('price', named('Price')),
  money('amount', named('Amount')), percent('discount', named('Discount')), rate('factor', named('Factor')), boolean('urgent', named('Urgent')), date('due', named('Due')),
  dateTime('seen', named('Seen')), relation('part', named('Part'), { to: 'parts' }), relation('parts', named('Parts'), { to: 'parts', many: true }),
  select('grade', named('Grade'), { options: [option('a', named('A')), option('b', named('B')), option('c', named('C'))] }),
  select('colours', named('Colours'), { many: true, options: [option('x', named('X')), option('y', named('Y')), option('z', named('Z'))] }),
  time('from', named('From')), duration('lasts', named('Lasts')), rating('stars', named('Stars')), file('plan', named('Plan')), image('photo', named('Photo')), geolocation('place', named('Place')), richText('minutes', named('Minutes')), signature('agreed', named('Agreed')), { ...text('verdict', named('Verdict')), signedIn: 'agreed' },
  table('items', named('Items'), {
    maxRows: 4,
    columns: [
      time('from', named('From')), duration('lasts', named('Lasts')), text('what', named('What')), quantity('count', named('Count')), unitPrice('price', named('Price')), boolean('free', named('Free')), date('due', named('Due')), dateTime('seen', named('Seen')),
      select('kind', named('Kind'), { options: [option('x', named('X')), option('y', named('Y'))] }),
      { ...money('amount', named('Amount')), total: true, rules: { computed: 'free ? number(0) : price * count' } },
      { ...text('why', named('Why')), rules: { required: { when: 'count > 500' }, checks: [{ holds: 'empty(due) || due > today || why != "x"', message: named('Late.') }] } },
    ],
  }),
]
const around = { today: '2026-11-22', timeZone: 'Asia/Shanghai', workflowState: 'draft', userRoles: ['buyer'], exponent: 2 }
const ask = (rules: Record<string, FieldRules>, spoken: Record<string, unknown>, more: Partial<FormQuestion> = {}) => {
  const { program, faults } = compileForm(fields, { rules })
  expect(faults).toEqual([])
  const values = Object.fromEntries(fields.map((field) => [field.name, fromSpoken(field, spoken[field.name])]))
  const answer = runForm(program, { values, before: null, isEntered: (name) => name in spoken, ...around, ...more })
  return { ...answer, spoken: (name: string) => toSpoken(fields.find((field) => field.name === name) as FieldDefinition, answer.values[name] as RuleValue, 2), codes: answer.findings.map(({ path, code }) => `${path}:${code}`) }
}
const faultsOf = (rules: Record<string, FieldRules>) => compileForm(fields, { rules }).faults.map(({ path, code }) => `${path}:${code}`)

describe('a rule', () => {
  it('computes exactly, rounded once to what the field keeps', () => {
    expect(ask({ amount: { computed: 'price * weight' } }, { price: '0.1', weight: '3' }).spoken('amount')).toBe('0.30')
    expect(ask({ amount: { computed: 'price * weight' } }, { price: '1.005', weight: '1' }).spoken('amount')).toBe('1.01')
    expect(ask({ amount: { computed: 'price * weight' } }, { price: '-1.005', weight: '1' }).spoken('amount')).toBe('-1.01')
    expect(ask({ amount: { computed: 'price / weight' } }, { price: '1', weight: '0' }).spoken('amount')).toBeNull()
    expect(ask({ amount: { computed: 'price * weight' } }, { price: '1' }).spoken('amount')).toBeNull()
    expect(ask({ weight: { computed: '0.1 + 0.2' } }, {}).spoken('weight')).toBe('0.3')
    expect(ask({ due: { computed: 'today + 30' } }, {}).spoken('due')).toBe('2026-12-22')
    expect(ask({ count: { computed: 'due - today' } }, { due: '2026-11-01' }).spoken('count')).toBe(-21)
    expect(ask({ note: { computed: 'grade == "a" ? "first" : string(price)' } }, { price: '1.50' }).spoken('note')).toBe('1.5')
  })

  it('computes in the order of what depends on what, however it is written', () => {
    const chained = ask({ discount: { computed: 'amount / 10' }, amount: { computed: 'price * 2' }, price: { computed: 'weight + 1' } }, { weight: '4' })
    expect(['price', 'amount', 'discount'].map((name) => chained.spoken(name))).toEqual(['5', '10.00', '1'])
  })

  it.each([
    ['clear', null, []], ['keep', 'old', ['note:hiddenField']], ['ignore', 'old', []],
  ] as const)('hides a field, which means to %s it', (whenHidden, stands, codes) => {
    const before = Object.fromEntries(fields.map((field) => [field.name, fromSpoken(field, field.name === 'note' ? 'old' : undefined)]))
    const rules = { note: { visible: 'urgent', whenHidden, required: { when: 'true' } } }
    const hidden = ask(rules, { note: 'new' }, { before })
    expect([hidden.states.note?.isVisible, hidden.states.note?.isRequired, hidden.codes]).toEqual([false, false, codes])
    if (whenHidden !== 'keep') expect(hidden.spoken('note')).toBe(stands)
    expect(ask(rules, { note: 'new', urgent: true }, { before })).toMatchObject({ codes: [], values: { note: 'new' } })
  })

  it('judges what it computes as if someone had entered it, and asks the checks of it', () => {
    const message = named('At most 50.')
    const limited = [unitPrice('price', named('Price')), quantity('total', named('Total'), { max: 99.5 }), email('mail', named('Mail')), text('code', named('Code'), { maxLength: 4 }), longText('story', named('Story')), integer('whole', named('Whole'))]
    const run = (rules: Record<string, FieldRules>, spoken: Record<string, unknown>) => {
      const { program, faults } = compileForm(limited, { rules })
      expect(faults).toEqual([])
      const answer = runForm(program, { values: Object.fromEntries(limited.map((field) => [field.name, fromSpoken(field, spoken[field.name])])), before: null, isEntered: (name) => name in spoken, ...around })
      return [answer.findings.map(({ path, code }) => `${path}:${code}`), toSpoken(limited[1] as FieldDefinition, answer.values.total as RuleValue, 2), answer] as const
    }
    const total = { total: { computed: 'price * 3', checks: [{ holds: 'empty(total) || total <= 50', message }] } }
    expect(run(total, { price: '10' }).slice(0, 2)).toEqual([[], '30'])
    expect(run(total, { price: '20' }).slice(0, 2)).toEqual([['total:check'], '60'])
    const [codes, kept, { findings }] = run(total, { price: '40' })
    expect([codes, kept, findings[0]?.message.en]).toEqual([['total:givenWrongly'], null, 'Total is computed as price * 3. Total must be at most 99.5. Change what it is computed of.'])
    expect(run({ mail: { computed: 'code' } }, { code: 'x' })[0]).toEqual(['mail:givenWrongly'])
    expect(run({ code: { computed: 'story' } }, { story: '12345' })[0]).toEqual(['code:givenWrongly'])
    expect(run({ code: { default: 'story' } }, { story: '12345' })[0]).toEqual(['code:givenWrongly'])
    expect(run({ whole: { computed: 'price * 1000000000000 * 1000000000000' } }, { price: '1' })[0]).toEqual(['whole:givenWrongly'])
    // What depends on it sees what is kept.
    expect(run({ whole: { computed: 'price / 3' }, total: { computed: 'whole * 3' } }, { price: '10' })[1]).toBe('9')
  })

  it('lets no texts grow without end', () => {
    const stories = Array.from({ length: 12 }, (_, index) => longText(`story${index}`, named(`Story ${index}`)))
    const rules = Object.fromEntries(stories.slice(1).map(({ name }, index) => [name, { computed: Array.from({ length: 100 }, () => `story${index}`).join('+') }]))
    const { program } = compileForm(stories, { rules })
    const { values, findings } = runForm(program, { values: Object.fromEntries(stories.map((field) => [field.name, fromSpoken(field, field.name === 'story0' ? 'x'.repeat(150) : undefined)])), before: null, isEntered: () => true, ...around })
    expect(JSON.stringify(values).length).toBeLessThan(120_000)
    expect(findings.map(({ path, code }) => `${path}:${code}`)).toEqual(['story2:givenWrongly'])
  })

  it('that asks for a yes or no asks for a yes', () => {
    expect(ask({ urgent: { required: { when: 'true' } } }, { urgent: false }).findings).toMatchObject([{ path: 'urgent', code: 'required', message: { en: 'Urgent must be yes.', zh: 'Urgent须选“是”。' } }])
    expect(ask({ urgent: { required: { when: 'true' } } }, { urgent: true }).codes).toEqual([])
  })

  it('requires, forbids, gives, checks and filters', () => {
    const message = { en: 'Say why.', zh: '请说明。' }
    expect(ask({ note: { required: { when: 'amount > 1000', message } } }, { amount: '1000.01' }).findings).toMatchObject([{ path: 'note', code: 'required', message }])
    expect(ask({ note: { required: { when: 'amount > 1000' } } }, { amount: '1000' }).codes).toEqual([])
    expect(ask({ price: { readOnly: { when: '!("salesManager" in userRoles)' } } }, { price: '3' }).codes).toEqual(['price:readOnlyNow'])
    expect(ask({ price: { readOnly: { when: 'workflowState != "draft"' } } }, { price: '3' }).codes).toEqual([])
    expect(ask({ grade: { default: '"b"' } }, {}).spoken('grade')).toBe('b')
    expect(ask({ grade: { default: '"b"' } }, { grade: 'c' }).spoken('grade')).toBe('c')
    expect(ask({ amount: { computed: 'price' } }, { price: '2', amount: '3' }).codes).toEqual(['amount:computed'])
    expect(ask({ amount: { computed: 'price' } }, { price: '2', amount: '2' }).codes).toEqual([])
    expect(ask({ weight: { checks: [{ holds: 'weight < 10', message }, { holds: 'empty(weight) || weight > 1', message }] } }, { weight: '12' }).codes).toEqual(['weight:check'])
    const filtered = ask({ grade: { options: { when: 'option != "a" || urgent' } } }, { grade: 'a' })
    expect([filtered.states.grade?.options, filtered.codes]).toEqual([['b', 'c'], ['grade:optionNow']])
    expect(ask({ note: { required: { when: 'parts.exists(p, p == "x")' } } }, { parts: ['x'] }).codes).toEqual(['note:required'])
  })
})

describe('what is to be signed', () => {
  const signed = writeSignature({ signer: 'Ann', at: '2026-11-22T08:00:00.000Z', by: 'ann', mark: 'typed:Ann' })
  const before = (spoken: Record<string, unknown>) => Object.fromEntries(fields.map((field) => [field.name, fromSpoken(field, spoken[field.name])]))
  const codes = (spoken: Record<string, unknown>, stood?: Record<string, unknown>, rules: Record<string, FieldRules> = {}) => ask(rules, spoken, stood ? { before: before(stood) } : {}).codes

  it('changes with a new signature only, also where a rule clears it', () => {
    expect(codes({ verdict: 'sound' })).toEqual(['agreed:unsigned'])
    expect(codes({ verdict: 'sound', agreed: 'typed:Ann' })).toEqual([])
    expect(codes({ verdict: 'sound', agreed: signed }, { verdict: 'sound', agreed: signed })).toEqual([])
    expect(codes({ verdict: 'bad', agreed: signed }, { verdict: 'sound', agreed: signed })).toEqual(['agreed:unsigned'])
    expect(codes({ verdict: 'bad' }, { verdict: 'sound', agreed: signed })).toEqual(['agreed:unsigned'])
    expect(codes({ verdict: '', agreed: signed }, { verdict: 'sound', agreed: signed })).toEqual(['agreed:unsigned'])
    expect(codes({ verdict: 'sound', agreed: '' }, { verdict: 'sound', agreed: signed })).toEqual(['agreed:signatureStands'])
    expect(codes({ verdict: '', agreed: '' }, { verdict: '', agreed: signed })).toEqual([])
    expect(codes({ verdict: '', agreed: '' }, { verdict: 'sound', agreed: signed })).toEqual(['agreed:unsigned'])
    expect(codes({}, undefined, { verdict: { default: '"sound"' } })).toEqual(['agreed:unsigned'])
    expect(codes({ verdict: 'sound', agreed: 'typed:Ann' }, undefined, { agreed: { visible: 'urgent', whenHidden: 'clear' } })).toEqual(['agreed:unsigned'])
    expect(codes({ verdict: 'sound', agreed: signed }, { verdict: 'sound', agreed: signed }, { agreed: { visible: 'urgent', whenHidden: 'clear' } })).toEqual(['agreed:signatureStands'])
    expect(codes({ verdict: 'bad', agreed: 'typed:Bob' }, { verdict: 'sound', agreed: signed })).toEqual([])
    const hiding = { verdict: { visible: 'urgent', whenHidden: 'clear' } } as const
    expect(codes({ verdict: 'sound', agreed: signed, urgent: false }, { verdict: 'sound', agreed: signed, urgent: true }, hiding)).toEqual(['agreed:unsigned'])
    expect(codes({ urgent: false }, undefined, hiding)).toEqual([])
  })

  it('is known to rules as signed, or changed since', () => {
    const state = (agreed: string) => ['""', '"signed"', '"changed"'].map((word) => ask({ note: { visible: `agreed == ${word}` } }, { agreed }).states.note?.isVisible)
    expect([state(''), state('typed:Ann'), state(signed), state(signed.replace('Z//', 'Z/2026-11-22T09:00:00.000Z/'))]).toEqual([[true, false, false], [false, true, false], [false, true, false], [false, false, true]])
  })
})

describe('a table of rows', () => {
  const rows = [{ what: 'a', count: '3', price: '0.333' }, { what: 'b', count: '1', price: '2', free: true }]
  it('computes every row, rounded to what it keeps before it is added up', () => {
    const answer = ask({ amount: { computed: 'sum(items.map(one, one.amount))' }, count: { computed: 'items.filter(one, one.free).size()' } }, { items: [...rows, ...rows] })
    expect(answer.spoken('items')).toMatchObject([{ amount: '1.00', free: false, due: null }, { amount: '0.00' }, { amount: '1.00' }, {}])
    expect([answer.spoken('amount'), answer.spoken('count'), answer.codes]).toEqual(['2.00', 2, []])
    expect(ask({ amount: { computed: 'sum(items.map(one, one.amount))' } }, {}).spoken('amount')).toBe('0.00')
  })

  it('asks each row what its columns ask for, and says where', () => {
    expect(ask({}, { items: [{ what: 'a', count: '501' }, { what: 'b', count: '500' }, { what: 'c', why: 'x', due: '2020-01-01' }] }).codes).toEqual(['items.0.why:required', 'items.2.why:check'])
    expect(ask({}, { items: [{ what: 'a', amount: '4', price: '1', count: '1' }] }).codes).toEqual(['items.0.amount:computed'])
    expect(ask({ items: { visible: 'urgent', whenHidden: 'clear' } }, { items: [{ count: '501' }] })).toMatchObject({ codes: [], values: { items: [] } })
    expect(ask({ items: { required: { when: 'true' } } }, { items: [] }).codes).toEqual(['items:required'])
    expect(ask({ items: { checks: [{ holds: 'items.all(one, one.count > 0)', message: named('No.') }] } }, { items: [{ count: '0' }] }).codes).toEqual(['items:check'])
    expect(ask({ note: { visible: '!empty(items)' } }, { items: rows }).states.note?.isVisible).toBe(true)
  })

  const choice: readonly FieldDefinition[] = [
    boolean('old', named('Old')),
    table('items', named('Items'), { columns: [
      text('what', named('What')), quantity('count', named('Count')), { ...select('kind', named('Kind'), { options: [option('x', named('X')), option('y', named('Y'))] }), rules: { options: { when: 'option != "x" || head.old' } } },
      { ...quantity('twice', named('Twice')), rules: { computed: 'head.old ? count : count * 2' } },
    ] }),
  ]
  it.each<[string, Record<string, unknown>[], string[]]>([
    ['as they stood', [{ what: 'a', count: '1', kind: 'x', twice: '1' }, { what: 'b', count: '2', kind: 'x', twice: '2' }, { what: 'c', count: '3', kind: 'y', twice: '3' }], []],
    ['one with another cell', [{ what: 'a', count: '9', kind: 'x' }, { what: 'b', count: '2', kind: 'x' }], []],
    ['the second without the first, and with another cell', [{ what: 'b', count: '9', kind: 'x' }], []],
    ['another in front of them', [{ what: 'n', count: '1', kind: 'y' }, { what: 'a', count: '1', kind: 'x' }, { what: 'b', count: '5', kind: 'x' }], []],
    ['the other way round', [{ what: 'c', count: '3', kind: 'y' }, { what: 'b', count: '2', kind: 'x' }, { what: 'a', count: '1', kind: 'x' }], []],
    ['one that is new', [{ what: 'a', count: '1', kind: 'x' }, { what: 'b', count: '2', kind: 'x' }, { what: 'n', count: '7', kind: 'x' }], ['items.2.kind:optionNow']],
    ['one that stood, twice', [{ what: 'a', count: '1', kind: 'x' }, { what: 'a', count: '1', kind: 'x' }, { what: 'b', count: '2', kind: 'x' }], ['items.1.kind:optionNow']],
    ['one that chooses it now', [{ what: 'a', count: '1', kind: 'x' }, { what: 'b', count: '2', kind: 'x' }, { what: 'c', count: '3', kind: 'x' }], ['items.2.kind:optionNow']],
    ['one with another choice', [{ what: 'a', count: '1', kind: 'y' }], []],
    ['one that computes by itself', [{ what: 'a', count: '1', kind: 'x', twice: '5' }], ['items.0.twice:computed']],
  ])('lets a cell stay that nobody has changed: %s', (_, items, codes) => {
    const { program } = compileForm(choice, { rules: {} })
    const stood = { old: true, items: [{ what: 'a', count: '1', kind: 'x', twice: '1' }, { what: 'b', count: '2', kind: 'x', twice: '2' }, { what: 'c', count: '3', kind: 'y', twice: '3' }] }
    const question = (read: (field: FieldDefinition, of: Record<string, unknown>) => RuleValue) => ({
      values: Object.fromEntries(choice.map((field) => [field.name, read(field, { old: false, items })])), before: Object.fromEntries(choice.map((field) => [field.name, read(field, stood)])), isEntered: () => true, ...around,
    })
    const decoded = (of: Record<string, unknown>) => decodeInput(choice, of, { exponent: 2, label: named('Form') }).values
    for (const read of [(field: FieldDefinition, of: Record<string, unknown>) => fromSpoken(field, of[field.name]), (field: FieldDefinition, of: Record<string, unknown>) => fromStored(field, decoded(of)[field.name], 2)]) {
      expect(runForm(program, question(read)).findings.map(({ path, code }) => `${path}:${code}`)).toEqual(codes)
    }
    const ruled = ruleRow(program, { values: formOf(choice, { old: false, items }), before: stood, workflowState: '' }, { ...around, roles: [] })
    expect(ruled.findings.map(({ path, code }) => `${path}:${code}`)).toEqual(codes.filter((code) => !code.endsWith(':computed')))
  })

  it('shows what stands in a choice that is not offered any more, and says so', () => {
    const [, items] = choice
    const { program } = compileForm(choice, { rules: {} })
    const { states, values } = ruleRow(program, { values: formOf(choice, { old: false, items: [{ what: 'a', kind: 'x' }, { what: 'b', kind: 'y' }] }), before: null, workflowState: '' }, { ...around, roles: [] })
    const kind = items?.columns?.[2] as FieldDefinition
    const shown = (states.items?.rows ?? []).map((row, index) => ruledField(kind, { states: row, values: rowsOf(values.items)[index]?.values ?? {}, findings: [] })?.options?.map(({ value, label }) => [value, label.en]))
    expect(shown).toEqual([[['x', 'X (no longer offered)'], ['y', 'Y']], [['y', 'Y']]])
  })

  it.each<[string, unknown, string[]]>([
    ['no list', { what: 'a' }, ['items:invalid']], ['a text', 'rows', ['items:invalid']], ['too many rows', Array.from({ length: 5 }, () => ({ what: 'a' })), ['items:tooManyRows']],
    ['rows that are none', [1, null, ['a']], ['items.0.:notAnObject', 'items.1.:notAnObject', 'items.2.:notAnObject']], ['an empty row', [{ what: 'a' }, { what: '', free: false }], ['items.1:emptyRow']],
    ['cells of another type', [{ what: 1, count: 'many', free: 'yes', due: 'soon', kind: 'z' }], ['items.0.what:invalid', 'items.0.count:invalid', 'items.0.free:invalid', 'items.0.due:invalid', 'items.0.kind:invalid']],
    ['a column that is not there', [{ what: 'a', colour: 'red' }], ['items.0.colour:unknownField']], ['what every object has', JSON.parse('[{"what":"a","__proto__":{"x":1},"constructor":1}]'), ['items.0.__proto__:unknownField', 'items.0.constructor:unknownField']],
    ['rows within a row', [{ what: [{ what: 'a' }] }], ['items.0.what:invalid']],
  ])('refuses %s with its place', (_, items, codes) => {
    expect(decodeInput(fields, { items }, { exponent: 2, label: named('Form') }).findings.map(({ path, code }) => `${path}:${code}`)).toEqual(codes)
  })

  it.each<[string, FieldDefinition, unknown, boolean]>([
    ['a time', time('one', named('One')), '08:30', true], ['no time', time('one', named('One')), '24:00', false], ['half a time', time('one', named('One')), '8:30', false],
    ['a time span', duration('one', named('One')), 90, true], ['a time span before it began', duration('one', named('One')), -1, false], ['a time span as words', duration('one', named('One')), '1:30', false],
    ['five stars', rating('one', named('One')), 5, true], ['six of five stars', rating('one', named('One')), 6, false], ['six of ten stars', rating('one', named('One'), { max: 10 }), 6, true], ['no star', rating('one', named('One')), 0, false],
    ['a code as its mask says', text('one', named('One'), { mask: 'AA-00*' }), 'ab-12c', true], ['another code', text('one', named('One'), { mask: 'AA-00*' }), 'ab-1cc', false], ['a code with something behind', text('one', named('One'), { mask: 'AA-00*' }), 'ab-12c3', false],
    ['a place', geolocation('one', named('One')), '47.3769, 8.5417', true], ['a place beyond the pole', geolocation('one', named('One')), '90.0000001, 0', false], ['a place finer than a centimetre', geolocation('one', named('One')), '1.12345678, 0', false], ['a place as numbers', geolocation('one', named('One')), [47, 8], false],
    ['a drawing', signature('one', named('One')), 'drawn:1,2 3,4;1000,300', true], ['a typed name', signature('one', named('One')), 'typed:王芳', true], ['a dot', signature('one', named('One')), 'drawn:1,2', false], ['a line beyond the pad', signature('one', named('One')), 'drawn:1,2 3,4 1001,5', false],
    ['a picture for a drawing', signature('one', named('One')), 'drawn:<svg onload=alert(1)>', false], ['markup behind a drawing', signature('one', named('One')), 'drawn:1,2 3,4 5,6"/><script>', false], ['a name of blanks', signature('one', named('One')), 'typed:   ', false], ['an endless drawing', signature('one', named('One')), `drawn:${'1,2 '.repeat(4_000)}1,2`, false], ['strokes as a list', signature('one', named('One')), [[1, 2]], false],
    ['a tree of text', richText('one', named('One')), { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'x' }] }] }, true], ['plain words', richText('one', named('One')), 'x', true], ['HTML as a tree', richText('one', named('One')), { type: 'script' }, false],
    ['data', json('one', named('One')), { a: [1, { b: null }] }, true], ['a word for data', json('one', named('One')), 'text', false], ['data for a database', json('one', named('One')), { $where: '1' }, false],
    ['data with what every object has', json('one', named('One')), JSON.parse('{"a":{"__proto__":1}}'), false], ['data with broken characters', json('one', named('One')), ['\0'], false], ['much data', json('one', named('One')), ['x'.repeat(100_001)], false],
  ])('takes %s, or not', (_, field, value, isTaken) => {
    expect(decodeInput([field], { one: value }, { exponent: 2, label: named('Form') }).findings.length === 0).toBe(isTaken)
  })

  it.each<[string, Record<string, unknown>, string[]]>([
    ['as it stood', { name: 'abcdef', figure: '12.5', stars: 8, code: 'abc', items: [{ what: 'abcdef', count: '50' }, { what: 'b', count: '60' }, { what: 'c', count: '1' }] }, []],
    ['another text that is as long', { name: 'abcdeg' }, ['name:invalid']],
    ['another figure beyond the limit', { figure: '12.4' }, ['figure:invalid']],
    ['a figure of another field', { stars: 9, code: '12a' }, ['stars:invalid', 'code:invalid']],
    ['rows, one of which is another', { items: [{ what: 'abcdef', count: '50' }, { what: 'b', count: '61' }] }, ['items.1.count:invalid']],
    ['a row that is new', { items: [{ what: 'abcdef', count: '50' }, { what: 'n', count: '70' }] }, ['items.1.count:invalid']],
    ['another cell of a row', { items: [{ what: 'x', count: '50' }, { what: 'b', count: '60' }] }, []],
    ['more rows than are taken, of which one is another', { items: [{ what: 'abcdef', count: '50' }, { what: 'b', count: '60' }, { what: 'd', count: '1' }] }, ['items:tooManyRows']],
  ])('lets stay what was within the limits before they became stricter: %s', (_, spoken, codes) => {
    const of = (stricter: boolean): readonly FieldDefinition[] => [
      text('name', named('Name'), stricter ? { maxLength: 3 } : {}), quantity('figure', named('Figure'), stricter ? { max: 10 } : {}), rating('stars', named('Stars'), { max: stricter ? 5 : 10 }), text('code', named('Code'), stricter ? { mask: '000' } : {}),
      table('items', named('Items'), { maxRows: stricter ? 2 : 4, columns: [text('what', named('What'), stricter ? { maxLength: 3 } : {}), quantity('count', named('Count'), stricter ? { max: 10 } : {})] as ColumnDefinition[] }),
    ]
    const record = { name: 'abcdef', figure: '12.50', stars: 8, code: 'abc', items: [{ what: 'abcdef', count: '50' }, { what: 'b', count: '60' }, { what: 'c', count: '1' }] }
    const speaking = { exponent: 2, label: named('Form') }
    const stored = decodeInput(of(false), record, speaking)
    expect(stored.findings).toEqual([])
    expect(standing(of(true), record, speaking)).toEqual(stored.values)
    expect(decodeInput(of(true), spoken, { ...speaking, stood: stored.values }).findings.map(({ path, code }) => `${path}:${code}`)).toEqual(codes)
  })

  it('keeps what is filled, so that equal rows are equal texts', () => {
    const { values } = decodeInput(fields, { items: [{ price: '1.5', what: 'a', why: null, free: false }] }, { exponent: 2, label: named('Form') })
    expect(JSON.stringify(values.items)).toBe('[{"what":"a","price":1500000}]')
  })
})

describe('the language', () => {
  const given = { seen: '2026-11-30T20:00:00Z', price: '12', weight: '2', note: 'A-2026', urgent: true, due: '2026-12-01', parts: ['x', 'y'] }
  const result = (source: string, type: FieldDefinition = rate('result', named('Result'))) => {
    const all = [...fields, type]
    const { program, faults } = compileForm(all, { rules: { result: { computed: source } } })
    expect(faults).toEqual([])
    const values = Object.fromEntries(all.map((field) => [field.name, fromSpoken(field, (given as Record<string, unknown>)[field.name])]))
    return toSpoken(type, runForm(program, { values, before: null, isEntered: () => false, ...around }).values.result as RuleValue, 2)
  }
  it.each([
    ['price * (1/2)', '6'], ['1/3 * price', '4'], ['7 / 2 * weight', '7'], ['max(0, price - 10)', '2'], ['min(price, 0)', '0'], ['urgent ? price : 0', '12'], ['empty(price) ? 0 : price', '12'],
    ['round(price / 7)', '2'], ['round(price / 7, 2)', '1.71'], ['abs(-5)', '5'], ['number("12.5") + 1', '13.5'], ['number(note)', null], ['size(note) / 4', '1.5'], ['note.size() / 4', '1.5'], ['price / 0', null], ['size(parts.filter(one, one == "x"))', '1'],
  ])('%s is exactly %s', (source, value) => {
    expect(result(source)).toBe(value)
  })

  it.each([
    ['0.1 + 0.2 == 0.3', true], ['price / 0 > 1', false], ['price in [10, 12.0]', true], ['price in [10]', false], ['contains(note, "2026")', true], ['contains(parts, "z")', false], ['note.startsWith("A-")', true],
    ['due > "2026-11-30"', true], ['day(seen) == due', true], ['day(seen) > today', true], ['day( seen ) == day("2026-12-01")', true], ['"2026-12-01" < due', false], ['due == "2026-12-01"', true], ['due != "2026-12-01"', false], ['note == "2026-12-01"', false], ['14 + due == "2026-12-15"', true], ['10000000000 * 10000000000000000000000000000000000000000000000000000 > 1', false],
  ])('%s is %s', (source, value) => {
    expect(result(source, boolean('result', named('Result')))).toBe(value)
  })

  it.each([
    ['price = 10', '==', '=='], ['price > 1 and urgent', 'Instead of and write &&', '&&'], ['price ＞ 1', 'Instead of ＞ write >', '＞'], ['urgent ？ 1 : 0', 'write ?', '？'], ['note == “x”', 'write "', '“'], ['if(urgent, 1, 0)', 'There is no if', 'if'],
    ['max(0, note)', 'max(price, 10)', 'max'], ['day(price)', 'day(seen)', 'day'], ['urgent ? price : note', 'a number and a text', '数字和文本'], ['seen > today', 'A moment and a day', '时间与日期'], ['due > "1.12.2026"', 'Write a day like "2026-12-01"', '日期'], ['price > "10"', 'without quotation marks', '引号'],
    ['price == null', 'empty(field)', 'empty'], ['(price', ') is missing', '括号'], ['price <> 1', 'write !=', '!='], ['1,5 * price', '1.5', '小数'], ['note.foo == "x"', 'no parts', '点号'], ['colour > 1', 'no field "colour"', 'colour'], ['urgent == "true"', 'true or false', 'true'],
  ])('%s is refused with a hint', (source, en, zh) => {
    const [fault] = compileForm(fields, { rules: { note: { visible: source } } }).faults
    expect(fault?.message.en).toContain(en)
    expect(fault?.message.zh).toContain(zh)
    expect(fault?.message.en).not.toMatch(/overload|Number|token|ernary|Unexpected/)
  })

  it.each(['type', 'map', 'list', 'int', 'uint', 'string', 'bool', 'double', 'bytes', 'cel', 'optional', 'google', 'void', 'package', 'import', 'if', 'in', 'true', 'null', 'today', 'size', 'all', 'exact', 'number'])('a field called %s is a field', (name) => {
    const field = text(name, named(name))
    const written = ['void', 'package', 'import', 'if', 'in', 'true', 'null', 'today'].includes(name) ? `${name}_` : name
    const { program, faults } = compileForm([field, ...fields], { rules: { note: { required: { when: `${written} == "x" && parts.all(one, one != ${written})` } } } })
    expect([faults, [...(program.steps[0]?.references ?? [])]]).toEqual([[], [name, 'parts']])
    const codes = (value: string) => runForm(program, { values: { ...Object.fromEntries(fields.map((one) => [one.name, fromSpoken(one, undefined)])), [name]: value }, before: null, isEntered: () => true, ...around }).findings.map(({ code }) => code)
    expect([codes('x'), codes('y')]).toEqual([['required'], []])
  })
})

describe('what no rule may be', () => {
  it.each<[string, Record<string, FieldRules>, string[]]>([
    ['an unknown field', { note: { visible: 'colour == "red"' } }, ['rules.note.visible:expression']],
    ['of an unknown field', { colour: { visible: 'true' } }, ['rules.colour:unknownField']],
    ['kinds that do not go together', { note: { visible: 'price > "x"' } }, ['rules.note.visible:expression']],
    ['a number where a yes is asked', { note: { visible: 'price + 1' } }, ['rules.note.visible:wrongType']],
    ['a text for a number', { price: { computed: 'note' } }, ['rules.price.computed:wrongType']],
    ['half an expression', { note: { visible: 'price > ' } }, ['rules.note.visible:expression']],
    ['a pattern, which can take any time', { note: { visible: 'note.matches("(a+)+$")' } }, ['rules.note.visible:expression']],
    ['a loop within a loop', { note: { visible: 'parts.all(a, parts.all(b, a == b))' } }, ['rules.note.visible:expression']],
    ['very long', { note: { visible: `${'true && '.repeat(200)}true` } }, ['rules.note.visible:expression']],
    ['very deep', { note: { visible: `${'('.repeat(400)}true${')'.repeat(400)}` } }, ['rules.note.visible:expression']],
    ['a column that is not there', { note: { visible: 'items.exists(one, one.colour == "red")' } }, ['rules.note.visible:expression']],
    ['a way out by a row', { note: { visible: 'items.exists(one, one.constructor == "x")' } }, ['rules.note.visible:expression']],
    ['a sum of words', { amount: { computed: 'sum(items.map(one, one.what))' } }, ['rules.amount.computed:expression']],
    ['a loop within the loop of a table', { note: { visible: 'items.all(a, items.all(b, a.count == b.count))' } }, ['rules.note.visible:expression']],
    ['a way out', { note: { visible: 'note.constructor == "x"' } }, ['rules.note.visible:expression']],
    ['a circle', { price: { computed: 'weight' }, weight: { computed: 'amount' }, amount: { computed: 'price' } }, ['rules.price:circle']],
    ['about itself', { note: { visible: 'note != ""' } }, ['rules.note:circle']],
  ])('%s', (_, rules, faults) => {
    expect(faultsOf(rules)).toEqual(faults)
  })

  it('names the fields of a circle in their order', () => {
    expect(compileForm(fields, { rules: { price: { computed: 'weight' }, weight: { computed: 'price' } } }).faults[0]?.message.en).toBe('These fields wait for each other: Price → Weight → Price. Break the circle.')
  })

  it('a rule that gives a shipped field its value, or hides one that is required', () => {
    const findings = (rules: Record<string, FieldRules>) => revisionFindings({ fields: {}, forms: { 'purchase-orders': { rules } } }, [purchaseOrders, ...others]).map(({ path, code }) => `${path}:${code}`)
    const others = purchaseOrders.lines ? [{ ...purchaseOrders, slug: purchaseOrders.lines.entity }] : []
    expect(findings({ supplierReference: { required: { when: 'true' } } })).toEqual([])
    expect(findings({ supplierReference: { computed: '"x"' } })).toEqual(['forms.purchase-orders.rules.supplierReference.computed:misplaced'])
    expect(findings({ supplier: { visible: 'isNew' } })).toEqual(['forms.purchase-orders.rules.supplier.visible:misplaced'])
    const signing = (rules: Record<string, FieldRules>) => revisionFindings({ fields: { 'purchase-orders': [signature('seal', named('Seal')), { ...text('verdict', named('Verdict')), signedIn: 'seal' }] }, forms: { 'purchase-orders': { rules } } }, [purchaseOrders, ...others]).map(({ path, code }) => `${path}:${code}`)
    expect(signing({ verdict: { required: { when: 'true' } }, seal: { visible: 'isNew' } })).toEqual([])
    expect(signing({ verdict: { default: '"x"' }, seal: { visible: 'false', readOnly: { when: 'true' } } })).toEqual(['seal.visible', 'seal.readOnly', 'verdict.default'].map((place) => expect.stringContaining(`${place}:misplaced`) as string))
    expect(revisionFindings({ fields: {}, forms: { nothing: { rules: {} } } }, [purchaseOrders]).map(({ code }) => code)).toEqual(['unknownEntity'])
    expect(revisionFindings({ fields: {}, forms: { 'purchase-orders': { rules: { note: { visible: 1 } } } } }, [purchaseOrders])).toHaveLength(1)
  })
})

/** The browser works on what is typed, the server on what is stored: both must say the same of every submission. */
describe('browser and server agree', () => {
  /** Vitest's own comparison, with its words, only where there is something to say: it takes longer than what is compared. */
  const same = (one: unknown, other: unknown) => { if (!isDeepStrictEqual(one, other)) expect(one).toEqual(other) }
  const runs = process.env.TEST_BUDGET === 'full' ? 10_000 : 60
  const decimals = fc.tuple(fc.bigInt({ min: -(10n ** 7n), max: 10n ** 7n }), fc.integer({ min: 0, max: 2 })).map(([whole, places]) => {
    const digits = String(whole < 0n ? -whole : whole).padStart(places + 1, '0')
    return `${whole < 0n ? '-' : ''}${places ? `${digits.slice(0, -places)}.${digits.slice(-places)}` : digits}`
  })
  const coordinate = (most: number) => fc.integer({ min: -most * 10 ** 7, max: most * 10 ** 7 }).map((units) => (units / 10 ** 7).toFixed(7))
  const place = fc.tuple(coordinate(90), coordinate(180), fc.constantFrom(', ', ' ', '，', '; ')).map(([latitude, longitude, between]) => `${latitude}${between}${longitude}`)
  const mark = fc.oneof(fc.constantFrom('typed:Ann', 'typed:王芳'), fc.array(fc.tuple(fc.nat(pad.width), fc.nat(pad.height)), { minLength: 3, maxLength: 9 }).map((points) => writeMark({ strokes: [points] })),
    fc.boolean().map((isChanged) => writeSignature({ signer: 'Ann', at: '2026-11-22T08:00:00.000Z', by: 'ann', mark: 'typed:Ann', ...(isChanged && { changedAt: '2026-11-22T09:00:00.000Z' }) })))
  const spokenOf = (field: FieldDefinition): fc.Arbitrary<unknown> => {
    switch (kindOf(field)) {
      case 'number': if (field.type === 'rating' || field.type === 'duration') return fc.option(fc.integer({ min: 1, max: field.type === 'rating' ? 5 : 9_000 }))
        return field.type === 'integer' ? fc.option(fc.integer({ min: -1000, max: 1000 })) : fc.option(decimals)
      case 'boolean': return fc.boolean()
      case 'day': return fc.option(fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true }).map((day) => day.toISOString().slice(0, 10)))
      case 'moment': return fc.option(fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true }).map((day) => day.toISOString()))
      case 'table': return fc.array(fc.record(Object.fromEntries((field.columns ?? []).filter(({ rules }) => rules?.computed === undefined).map((column) => [column.name, column.name === 'what' ? fc.constantFrom('a', 'b') : spokenOf(column)]))), { maxLength: 4 })
      case 'list': return field.type === 'select' ? fc.subarray(['x', 'y', 'z']) : fc.array(fc.constantFrom('x', 'y', 'z'), { maxLength: 3 })
      default: if (field.type === 'time') return fc.option(fc.tuple(fc.nat(23), fc.nat(59)).map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':')))
        if (field.type === 'geolocation') return fc.option(place)
        if (field.type === 'richText') return fc.option(fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }).map((words) => words.replaceAll(/\p{Cc}/gu, '-')), { minLength: 1, maxLength: 3 }).map((lines) => ({ type: 'doc', content: lines.map((words) => ({ type: 'paragraph', content: [{ type: 'text', text: words }] })) })))
        if (field.type === 'signature') return fc.option(mark)
        if (isFileField(field)) return fc.option(fc.tuple(fc.constantFrom('a.png', '图纸 b.jpg'), fc.nat(), fc.uuid()).map(([name, bytes, id]) => writeFileValue({ name, bytes, id })))
        return field.type === 'select' ? fc.option(fc.constantFrom(...(field.options ?? []).map(({ value }) => value))) : fc.option(fc.string({ unit: 'grapheme', maxLength: 12 }).map((one) => one.trim() || null))
    }
  }
  const condition: Record<string, string> = {
    text: 'size(NAME) > 3', number: 'NAME >= 0 && NAME < 500', boolean: 'NAME', day: 'NAME > today', moment: '!empty(NAME)', list: 'NAME.exists(one, one == "x")', table: 'sum(NAME.filter(one, !one.free).map(one, one.amount)) > 20 || NAME.exists(one, one.kind == "y")',
  }
  const computed: Record<string, string> = { text: 'note + "!"', number: '(price + weight) / 3', boolean: 'price > weight', day: 'due + 7', moment: 'seen', list: 'parts' }
  const constants: Record<string, string> = { text: '"x"', number: '7', boolean: 'true', day: 'today', list: '["x"]' }
  const message = named('No.')
  /** What the server makes of a mark before it asks the rules. */
  const signed = (mark: string) => writeSignature({ signer: 'Ann', at: '2026-11-22T10:00:00.000Z', by: 'ann', mark })
  const submission = fc.record(Object.fromEntries(fields.map((field) => [field.name, spokenOf(field)])))

  // The one moment of these fields has no other to be computed of; no rule gives a file, a signature or a text with headings, or gives what is signed.
  const pairs = fields.flatMap((field) => (['visible', 'required', 'readOnly', 'computed', 'default', 'checks', ...(field.options ? ['options'] as const : [])] as const).map((rule) => ({ field, rule })))
    .filter(({ field, rule }) => field.type !== 'table' || (rule !== 'computed' && rule !== 'default'))
    .filter(({ field, rule }) => (field.name !== 'seen' && field.type !== 'signature' && field.type !== 'richText' && !isFileField(field) && field.signedIn === undefined) || (rule !== 'computed' && rule !== 'default'))
  it.each(pairs)('about $rule of $field.name', ({ field, rule }) => {
    const kind = kindOf(field) ?? 'text'
    // As many forms as there are conditions, each with thousands of submissions.
    const compiled = new Map<string, ReturnType<typeof compileForm>>()
    const programOf = (rules: FieldRules) => {
      const key = JSON.stringify(rules)
      const form = compiled.get(key) ?? compileForm(fields, { rules: { [field.name]: rules } })
      compiled.set(key, form)
      return form
    }
    fc.assert(fc.property(submission, fc.constantFrom(...fields.filter((other) => other !== field)), fc.option(submission), fc.constantFrom('clear', 'keep', 'ignore'), (spoken, other, before, whenHidden) => {
      const when = (condition[kindOf(other) ?? 'text'] ?? '').replaceAll('NAME', other.name)
      const source = computed[kind] ?? ''
      const isOfItself = new RegExp(`\\b${field.name}\\b`).test(source)
      const rules: FieldRules = rule === 'visible' ? { visible: when, whenHidden } : rule === 'computed' || rule === 'default' ? { [rule]: isOfItself ? constants[kind] ?? '' : source }
        : rule === 'options' ? { options: { when: `option != "x" || (${when})`, message } } : rule === 'checks' ? { checks: [{ holds: when, message }] } : { [rule]: { when, message } }
      const { program, faults } = programOf(rules)
      same(faults, [])
      const decoded = (row: Record<string, unknown>) => {
        const { values, findings } = decodeInput(fields, row, { exponent: 2, label: message })
        same(findings, [])
        return { ...values, ...(readMark(values.agreed) && { agreed: signed(String(values.agreed)) }) } as typeof values
      }
      const all = (of: (one: FieldDefinition) => RuleValue) => Object.fromEntries(fields.map((one) => [one.name, of(one)]))
      const stored = decoded(spoken)
      const storedBefore = before && decoded(before)
      const isEntered = () => true
      const inBrowser = runForm(program, { values: all((one) => fromSpoken(one, spoken[one.name])), before: before && all((one) => fromSpoken(one, before[one.name])), isEntered, ...around })
      const onServer = runForm(program, { values: all((one) => fromStored(one, stored[one.name], 2)), before: storedBefore && all((one) => fromStored(one, storedBefore[one.name], 2)), isEntered, ...around })
      same(inBrowser.states, onServer.states)
      same(inBrowser.findings, onServer.findings)
      // What the browser shows is what is stored, also when it is sent back.
      for (const one of fields) {
        const shown = toSpoken(one, inBrowser.values[one.name] as RuleValue, 2)
        const kept = toStored(one, onServer.values[one.name] as RuleValue, 2)
        same([one.name, decoded({ [one.name]: shown })[one.name] ?? null], [one.name, kept])
      }
    }), { numRuns: runs })
  }, 300_000)

})

/** `head.discount` in a rule of a row means the discount of the form that the row stands in. */
describe('rows that ask for their head', () => {
  const ofHead: readonly FieldDefinition[] = [
    percent('discount', named('Discount')), boolean('urgent', named('Urgent')), money('limit', named('Limit')), money('total', named('Total')), text('head', named('Head')), date('due', named('Due')),
    table('works', named('Works'), { columns: [
      unitPrice('price', named('Price')), quantity('count', named('Count')), text('why', named('Why')), text('head', named('Head')),
      { ...money('amount', named('Amount')), rules: { computed: 'price * count * (100 - head.discount) / 100', checks: [{ holds: 'empty(head.limit) || amount <= head.limit && amount <= head.total', message: named('Too dear.') }] } },
      { ...text('note', named('Note')), rules: { required: { when: 'head.urgent && head.due > today && head == "x"', message: named('Say it.') } } },
    ] }),
  ]
  const rules = { total: { computed: 'sum(works.map(one, one.amount))' } }
  const values = (of: (field: FieldDefinition) => RuleValue) => Object.fromEntries(ofHead.map((field) => [field.name, of(field)]))
  const told = (spoken: Record<string, unknown>) => {
    const { program, faults } = compileForm(ofHead, { rules })
    expect(faults).toEqual([])
    return runForm(program, { values: values((field) => fromSpoken(field, spoken[field.name])), before: null, isEntered: () => true, ...around })
  }

  it('are computed, asked and checked by what it says, also by what it is made of them', () => {
    const row = { price: '10', count: '2', why: null, head: 'x' }
    expect(toSpoken(ofHead[6] as FieldDefinition, told({ discount: '25', works: [row] }).values.works as RuleValue, 2)).toMatchObject([{ amount: '15.00' }])
    expect(told({ discount: '25', urgent: true, due: '2026-12-01', limit: '14', works: [row, { ...row, head: 'y' }] }).findings.map(({ path, code }) => `${path}:${code}`)).toEqual(['works.0.amount:check', 'works.0.note:required', 'works.1.amount:check'])
    expect(told({ discount: '25', urgent: true, due: '2026-12-01', limit: '100', works: [{ ...row, note: 'because' }, { ...row, head: 'y' }] }).findings).toEqual([])
    expect(told({ works: [row] }).values.works).toMatchObject([{ amount: expect.objectContaining({ s: Number.NaN }) as object }])
  })

  it.each([
    ['of nothing', 'head.colour == "red"', 'The head has no field "colour"'], ['of a table', 'size(head.works) > 1', 'The head has no field "works"'], ['of what a word is called', 'head.constructor == "x"', 'The head has no field "constructor"'],
    ['beyond a field', 'head.discount.price > 1', ''],
  ])('name no field %s', (_, when, reason) => {
    const broken = ofHead.map((field) => (field.name === 'works' ? { ...field, columns: [{ ...text('why', named('Why')), rules: { required: { when } } }] } : field))
    const [fault] = compileRow(broken[6] as FieldDefinition, broken).faults
    expect([fault?.path, fault?.message.en]).toEqual(['rules.why.required.when', expect.stringContaining(reason)])
  })

  it('that has no head is told so, and one that waits for its rows while they wait for it', () => {
    expect(compileForm(ofHead, { rules: { limit: { computed: 'head.discount' } } }).faults[0]?.message.en).toContain('only rules of lines and of the rows of a table have a head')
    const { faults } = compileForm(ofHead, { rules: { ...rules, discount: { computed: 'total / 10' } } })
    expect(faults.map(({ code, message: { en } }) => [code, en])).toEqual([['circle', 'These fields wait for each other: Total → Works → Discount → Total. Break the circle.']])
  })

  it('hide what is made of the head with it', () => {
    const made = madeOf(compileForm(ofHead, { rules }).program)
    expect([...made.get('works') ?? []]).toEqual(['discount'])
    expect([...made.get('total') ?? []].sort()).toEqual(['discount', 'works'])
  })

  it('say the same in the browser and on the server', () => {
    const decimal = fc.option(fc.tuple(fc.nat(99_999), fc.constantFrom(0, 1, 2)).map(([whole, places]) => (whole / 10 ** places).toFixed(places)))
    const row = fc.record({ price: decimal, count: decimal, why: fc.constantFrom('a', 'b'), head: fc.constantFrom('x', 'y'), note: fc.option(fc.constant('n')) })
    const submission = fc.record({ discount: decimal, urgent: fc.boolean(), limit: decimal, head: fc.constantFrom('x', 'y'), due: fc.constantFrom(null, '2026-11-01', '2026-12-01'), works: fc.array(row, { maxLength: 4 }) })
    const { program } = compileForm(ofHead, { rules })
    fc.assert(fc.property(submission, (spoken) => {
      const { values: stored, findings } = decodeInput(ofHead, spoken, { exponent: 2, label: named('Form') })
      expect(findings).toEqual([])
      const inBrowser = told(spoken)
      const onServer = runForm(program, { values: values((field) => fromStored(field, stored[field.name], 2)), before: null, isEntered: () => true, ...around })
      expect([inBrowser.states, inBrowser.findings]).toEqual([onServer.states, onServer.findings])
      for (const field of ofHead) expect(toSpoken(field, inBrowser.values[field.name] as RuleValue, 2)).toEqual(toSpoken(field, onServer.values[field.name] as RuleValue, 2))
    }), { numRuns: process.env.TEST_BUDGET === 'full' ? 10_000 : 100 })
  })
})
