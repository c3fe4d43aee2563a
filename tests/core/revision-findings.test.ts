import { expect, it } from 'vitest'
import { parts } from '../../collections/core/parts.ts'
import { assertEnumValueName } from 'graphql'
import { customers } from '../../collections/core/customers.ts'
import type { FieldDefinition } from '../../config/language/entity.ts'
import type { FormDefinition } from '../../config/language/form.ts'
import type { PageDefinition } from '../../config/language/page.ts'
import type { RevisionInputs } from '../../config/language/revision.ts'
import { units } from '../../collections/core/units.ts'
import { roleFindings } from '../../plugins/core/configuration/role-findings.ts'
import type { Store } from '../../plugins/core/data/store.ts'
import { fieldsAsOf } from '../../plugins/core/configuration/field-changes.ts'
import { wordsOfGraphql } from '../../config/language/reserved-names.ts'
import { pageFindings, pageWarnings } from '../../plugins/core/pages/page-findings.ts'
import { withDerived } from '../../plugins/core/forms/derived-fields.ts'
import { ownEntities, withFields } from '../../plugins/core/platform/own-fields.ts'
import { storageFindings } from '../../plugins/core/platform/storage-names.ts'
import { apiNameFindings } from '../../plugins/core/platform/api-names.ts'
import { lossFindings, revisionFindings } from '../../plugins/core/platform/revision-findings.ts'

const label = { en: 'Colour', zh: '颜色' }
const findingsOf = (field: object) => revisionFindings({ fields: { parts: [{ name: 'colour', type: 'text', label, ...field }] } }, [parts]).map(({ code }) => code)

it('takes a field with a name of its own', () => {
  for (const name of ['type', 'map', 'google', 'package', 'import', 'return', 'function']) expect(findingsOf({ name })).toEqual([])
  for (const name of ['today', 'isNew', 'option', 'true', 'in']) expect(findingsOf({ name })).toEqual(['nameTaken'])
  expect(findingsOf({})).toEqual([])
  expect(findingsOf({ type: 'select', options: [{ value: 'red', label }] })).toEqual([])
})

it.each(['toString', 'tostring', 'constructor', 'hasOwnProperty', 'valueOf', 'isPrototypeOf', 'toLocaleString', 'id', 'createdAt', 'partNumber', 'PARTNUMBER', 'workflowState'])('refuses the name %s', (name) => {
  expect(findingsOf({ name })).toEqual([/^[a-z]/.test(name) ? 'nameTaken' : 'malformed'])
})

it('refuses an option whose value every object has', () => {
  expect(findingsOf({ type: 'select', options: [{ value: 'constructor', label }] })).toEqual(['optionReserved'])
})

const column = (name: string, more: object = {}) => ({ name, type: 'text', label, ...more })
it.each<[string, object, string[]]>([
  ['a table', { type: 'table', columns: [column('what'), column('count', { type: 'quantity', total: true, unit: 'kg' }), column('twice', { type: 'quantity', rules: { computed: 'count * 2' } })], minRows: 1, maxRows: 10 }, []],
  ['a file', { type: 'file' }, []],
  ['a picture that is unique', { type: 'image', unique: true }, ['notOfType']],
  ['a column of files', { type: 'table', columns: [column('plan', { type: 'file' })] }, ['columnType']],
  ['a place', { type: 'geolocation' }, []],
  ['a place that is unique', { type: 'geolocation', unique: true }, ['notOfType']],
  ['a signature', { type: 'signature' }, []],
  ['a signature with a default', { type: 'signature', default: 'typed:Ann' }, ['notOfType']],
  ['what is signed nowhere', { signedIn: 'approval' }, ['signedInMissing']],
  ['what is signed in a text', { signedIn: 'name' }, ['signedInMissing']],
  ['what is signed and has a default', { signedIn: 'approval', default: 'x' }, ['signedDefault', 'signedInMissing']],
  ['a number of a series that is signed', { type: 'sequence', prefix: 'A', signedIn: 'colour' }, ['notOfType', 'signedInMissing']],
  ['a signature in a cell', { type: 'table', columns: [column('who', { type: 'signature' })] }, ['columnType']],
  ['a text with headings', { type: 'richText' }, []],
  ['a text with headings that is unique', { type: 'richText', unique: true }, ['notOfType']],
  ['a text with headings in a cell', { type: 'table', columns: [column('what', { type: 'richText' })] }, ['columnType']],
  ['a text of the form', { type: 'sectionText', content: { en: 'Read this.\n\nSee https://firm.example.', zh: '请阅读。' }, warning: true }, []],
  ['a text that says nothing', { type: 'sectionText' }, ['contentMissing']],
  ['a text with markup', { type: 'sectionText', content: { en: '<script>alert(1)</script>', zh: '<b>好</b>' } }, ['markup', 'markup']],
  ['a text with markup in its title', { type: 'sectionText', label: { en: '<img src=x>', zh: '字' }, content: label }, ['markup']],
  ['a text that is unique', { type: 'sectionText', content: label, unique: true }, ['notOfType']],
  ['words of a text on a date', { type: 'date', content: label }, ['notOfType']],
  ['a text in a cell', { type: 'table', columns: [column('what', { type: 'sectionText' })] }, ['columnType']],
  ['a very long text', { type: 'sectionText', content: { en: 'x'.repeat(4_001), zh: 'x' } }, ['malformed']],
  ['a table without columns', { type: 'table' }, ['columnsMissing']],
  ['columns of something else', { columns: [column('what')] }, ['notOfType']],
  ['two columns of one name', { type: 'table', columns: [column('what'), column('what', { type: 'date' })] }, ['nameTaken']],
  ['a column with the name of what every object has', { type: 'table', columns: [column('constructor')] }, ['nameTaken']],
  ['a column with a word of the rules', { type: 'table', columns: [column('today')] }, ['nameTaken']],
  ['a table within a table', { type: 'table', columns: [column('rows', { type: 'table' })] }, ['columnType']],
  ['a reference in a cell', { type: 'table', columns: [column('part', { type: 'relation' })] }, ['columnType']],
  ['a sum of prices', { type: 'table', columns: [column('price', { type: 'unitPrice', total: true })] }, ['noTotal']],
  ['a rule about a column that is not there', { type: 'table', columns: [column('what', { rules: { computed: 'colour + "x"' } })] }, ['expression']],
  ['columns that wait for each other', { type: 'table', columns: [column('a', { rules: { computed: 'b' } }), column('b', { rules: { computed: 'a' } })] }, ['circle']],
  ['fewer rows than more', { type: 'table', columns: [column('what')], minRows: 5, maxRows: 2 }, ['emptyRange']],
  ['too many columns', { type: 'table', columns: Array.from({ length: 31 }, (_, index) => column(`c${index}`)) }, ['malformed']],
  ['too many rows', { type: 'table', columns: [column('what')], maxRows: 501 }, ['malformed']],
  ['stars beyond counting', { type: 'rating', max: 100 }, ['stars']],
  ['a series without a name', { type: 'sequence' }, ['prefixMissing']],
  ['a series with a hyphen', { type: 'sequence', prefix: 'QC-IN' }, []],
  ['a series that ends in a hyphen', { type: 'sequence', prefix: 'QC-' }, ['malformed']],
  ['a unit of a date', { type: 'date', unit: 'kg' }, ['notOfType']],
  ['a mask that opens nothing', { mask: '---' }, ['malformed']],
  ['several texts', { many: true }, ['manyOfWhat']],
  ['several options', { type: 'select', many: true, options: [{ value: 'red', label }] }, []],
  ['a reference with a filter', { type: 'relation', to: 'units', quickCreate: true, filter: [{ field: 'code', equals: 'kg' }] }, []],
  ['a filter by what is not there', { type: 'relation', to: 'units', filter: [{ field: 'colour', equals: 'kg' }] }, ['filterField']],
  ['a filter without a value', { type: 'relation', to: 'units', filter: [{ field: 'code' }] }, ['filterValue']],
  ['a filter by something of another kind', { type: 'relation', to: 'units', filter: [{ field: 'code', same: 'unit' }] }, ['filterValue']],
  ['a filter of a text', { filter: [{ field: 'code', equals: 'kg' }] }, ['notOfType']],
  ['what the unit says', { lookup: { through: 'unit', of: 'code' } }, []],
  ['what is said through no reference', { lookup: { through: 'name', of: 'code' } }, ['lookupThrough']],
  ['what nobody says', { lookup: { through: 'unit', of: 'colour' } }, ['lookupOf']],
  ['what is said, as something else', { type: 'date', lookup: { through: 'unit', of: 'code' } }, ['lookupType']],
  ['what is said, with a default', { default: 'x', lookup: { through: 'unit', of: 'code' } }, ['lookupSetting']],
])('judges %s', (_, field, codes) => {
  expect(revisionFindings({ fields: { parts: [{ name: 'colour', type: 'text', label, ...field }] } }, [parts, units]).map(({ code }) => code)).toEqual(codes)
})

it('keeps what was published of a table', () => {
  const table = (...columns: object[]) => ({ fields: { parts: [{ name: 'colour', type: 'table', label, columns }] } }) as unknown as RevisionInputs
  const loss = (now: RevisionInputs) => lossFindings(now, table(column('what'), column('grade', { type: 'select', options: [{ value: 'a', label }] }))).map(({ code, path }) => `${path}:${code}`)
  expect(loss(table(column('more'), column('grade', { type: 'select', options: [{ value: 'a', label }, { value: 'b', label }] }), column('what')))).toEqual([])
  expect(loss(table(column('what', { type: 'date' }), column('grade', { type: 'select', options: [{ value: 'b', label }] })))).toEqual(['fields.parts.colour.columns.what:typeChanged', 'fields.parts.colour.columns.grade.options:optionRemoved'])
  expect(loss(table(column('what')))).toEqual(['fields.parts.colour.columns.grade:columnRemoved'])
  expect(fieldsAsOf(table(column('what')), table(column('what'), column('later')), 'parts')[0]?.columns?.map(({ name }) => name)).toEqual(['what', 'later'])
})

it('refuses more indexed fields than every database keeps', () => {
  const codesOf = (count: number) => revisionFindings({ fields: { parts: Array.from({ length: count }, (_, index) => ({ name: `one${index}`, type: 'text', label, unique: true })) } }, [parts]).map(({ code }) => code)
  expect(codesOf(30)).toEqual([])
  expect(codesOf(31)).toEqual(['tooManyIndexes'])
})

it('takes decimals as limits and as what is given', () => {
  expect(findingsOf({ type: 'quantity', min: 0.5, max: 99.5, default: 0.5 })).toEqual([])
  expect(findingsOf({ type: 'quantity', min: 1e300 })).toEqual(['malformed'])
})

it('refuses new names that REST and GraphQL cannot tell from their own, at their place; what is published stays', () => {
  const choice = (...values: string[]) => ({ name: 'grade', type: 'select', label, options: values.map((value) => ({ value, label })) })
  const inputs = (...fields: object[]): RevisionInputs => ({ fields: { parts: fields as FieldDefinition[] } })
  const found = (wanted: RevisionInputs, published = inputs()) => apiNameFindings(wanted, published).map(({ path, code }) => `${path}:${code}`)
  for (const name of ['where', 'and', 'or', 'reason', 'expectedVersion']) expect(found(inputs({ name, type: 'text', label }))).toEqual(['fields.parts.0.name:nameReserved'])
  for (const value of wordsOfGraphql) {
    expect(found(inputs(choice('a', value)))).toEqual(['fields.parts.0.options:nameReserved'])
    expect(() => assertEnumValueName(value)).toThrow()
  }
  for (const value of ['type', 'query', 'on', 'fragment', 'enum', 'input', 'typename']) expect([found(inputs(choice(value))), assertEnumValueName(value)]).toEqual([[], value])
  expect(found(inputs(choice('a', 'true')), inputs(choice('true')))).toEqual([])
  const own = (...slugs: string[]): RevisionInputs => ({ fields: {}, entities: Object.fromEntries(slugs.map((slug) => [slug, { label, labels: label, prefix: 'A' }])) })
  expect([found(own('own-machines', 'own-machine-inputs')), found(own('own-machines', 'own-tools'))]).toEqual([['entities.own-machine-inputs:nameReserved'], []])
})

it('refuses names that GraphQL or SQLite could not tell apart, at their place; what is only alike is taken', () => {
  const own = (slugs: readonly string[], fields: RevisionInputs['fields'] = {}): RevisionInputs => ({ fields, entities: Object.fromEntries(slugs.map((slug, index) => [slug, { label, labels: label, prefix: String.fromCharCode(65 + index) }])) })
  const found = (inputs: RevisionInputs) => [...revisionFindings(inputs, [parts, units]), ...apiNameFindings(inputs, { fields: {} }), ...storageFindings(inputs, [parts, units, ...ownEntities(inputs)])].map(({ path, code }) => `${path}:${code}`)
  const one = (name: string, more: object = {}): FieldDefinition => ({ name, type: 'text', label, ...more })
  const choices = (name: string) => one(name, { type: 'select', many: true, options: [{ value: 'a', label }] })
  const several = (name: string) => one(name, { type: 'relation', to: 'units', many: true })
  // Types of entities: one, several, what is entered.
  expect(found(own(['own-machine', 'own-machines']))).toEqual(['entities.own-machines:nameTaken', 'entities.own-machines:nameReserved'])
  expect(found(own(['own-machines', 'own-machine-inputs']))).toEqual(['entities.own-machine-inputs:nameReserved'])
  expect(found(own(['own-a-b', 'own-ab', 'own-a']))).toEqual([])
  // Columns and tables: a reference and a field that is called like its column, options and an entity, references and an entity.
  expect(found({ fields: { parts: [one('unitId')] } })).toEqual(['fields.parts.0.name:nameTaken'])
  expect(found({ fields: { parts: [one('place', { type: 'relation', to: 'units' }), one('placeId'), one('placeID'), several('spots'), one('spotsId')] } })).toEqual(['fields.parts.2.name:nameTaken', 'fields.parts.1.name:nameTaken'])
  expect(found(own(['own-a', 'own-a-b'], { 'own-a': [choices('b')] }))).toEqual(['fields.own-a.0.name:nameTaken'])
  expect(found(own(['own-a', 'own-a-rels'], { 'own-a': [several('x')] }))).toEqual(['fields.own-a.0.name:nameTaken'])
  expect(found(own(['own-a', 'own-a-b'], { 'own-a': [choices('bc'), one('b'), one('rels')] }))).toEqual([])
  // Enumerations: identifiers have no signs that would be written alike.
  for (const value of ['a-b', 'a_b', 'a b', '1a']) expect(findingsOf({ type: 'select', options: [{ value: 'ab', label }, { value, label }] })).toEqual(['malformed'])
  expect(findingsOf({ type: 'select', options: [{ value: 'ab', label }, { value: 'aB', label }] })).toEqual(['optionTwice'])
})

it('refuses rules that would take long at every change, together', () => {
  const rules = (count: number) => Object.fromEntries(customers.fields.slice(0, 20).map(({ name }) => [name, { checks: Array.from({ length: count }, () => ({ holds: `${'true && '.repeat(100)}true`, message: label })) }]))
  const found = (count: number) => revisionFindings({ fields: {}, forms: { customers: { rules: rules(count) } } }, [customers]).filter(({ code }) => code !== 'misplaced').map(({ path, code }) => `${path}:${code}`)
  expect([found(1), found(5)]).toEqual([[], ['forms.customers.rules:rulesTooLong']])
})

it('hides what is taken over through a reference, and what is made of that, with the reference', () => {
  const added = [{ name: 'unitCode', type: 'text', label, lookup: { through: 'unit', of: 'code' } }, { name: 'shown', type: 'text', label }] as const
  const { fields } = withDerived(withFields(parts, added), { rules: { shown: { computed: 'unitCode + "!"' } } })
  expect(fields.slice(-2).map(({ derivedFrom }) => derivedFrom)).toEqual([['unit'], ['unitCode', 'unit']])
})

it('names the page that leaves out what every record needs, and only that', () => {
  const rows = { name: 'rows', type: 'table', label, minRows: 2, columns: [column('what', { rules: { computed: 'head.why' } })] } as unknown as FieldDefinition
  const own: readonly FieldDefinition[] = [rows, { name: 'why', type: 'text', label }, { name: 'kind', type: 'select', label, options: [{ value: 'a', label }], default: 'a' }]
  const found = (rules: FormDefinition['rules'], placed: readonly string[], given: PageDefinition['given'] = {}) => {
    const inputs: RevisionInputs = { fields: { units: own }, forms: { units: { rules } }, pages: { one: { entity: 'units', kind: 'internal', title: label, thanks: label, given, layout: { sections: [{ key: 'a', label, columns: 1, fields: ['code', 'name', 'nameZh', ...placed] }] } } } }
    return pageFindings(inputs, new Map([['units', withFields(units, own)]])).map(({ path, code, message }) => `${path}:${code}:${/\((\w+)\)/.exec(message.en)?.[1] ?? ''}`)
  }
  const missing = (name: string) => `pages.one.layout.sections:requiredMissing:${name}`
  expect(found({}, [])).toEqual([missing('rows')])
  expect(found({}, ['rows'])).toEqual([])
  expect(found({ rows: { visible: 'kind == "b"' }, why: { required: { when: 'kind == "a"' } } }, [])).toEqual([missing('why')])
  expect(found({ rows: { visible: 'false' }, why: { required: { when: 'kind == "a"' } } }, ['why'])).toEqual([])
  // What is entered, who it is, and what the page enters decide.
  for (const when of ['kind == "a"', '"buyer" in userRoles', 'today > date("2020-01-01")']) expect(found({ rows: { visible: 'false' }, why: { required: { when } } }, when.startsWith('kind') ? ['kind'] : [])).toEqual([])
  expect(found({ rows: { visible: 'false' }, why: { required: { when: 'true' }, default: '"x"' } }, [])).toEqual([])
  expect(found({ rows: { visible: 'false' }, why: { required: { when: 'true' } } }, [], { why: 'x' })).toEqual([])
})

it('tells of rules and roles what the publication brings, not what is published already', async () => {
  const fields = [{ name: 'copy', type: 'money', label }, { name: 'probe', type: 'money', label }, { name: 'note', type: 'text', label }] as unknown as readonly FieldDefinition[]
  const inputs = (rules: FormDefinition['rules']): RevisionInputs => ({ fields: { customers: fields }, forms: { customers: { rules } } })
  const store = { find: () => Promise.resolve([{ slug: 'blind', name: 'Blind', nameZh: '受限', permissions: [{ entity: 'customers', actions: ['read', 'edit'], hiddenFields: ['creditLimit', 'phone'] }] }]) } as unknown as Store
  const told = async (wanted: FormDefinition['rules'], published: FormDefinition['rules']) => (await roleFindings(store, { wanted: inputs(wanted), published: inputs(published), shipped: [customers] })).map(({ path, code }) => `${path}:${code}`)
  const copy = { copy: { computed: 'creditLimit' } }
  expect(await told(copy, {})).toEqual(['forms.customers.rules.copy:hiddenWith'])
  // Whoever gave the role its rights was told of it; something else of the form changes now.
  expect(await told({ ...copy, note: { required: { when: 'true' } } }, copy)).toEqual([])
  expect(await told({ ...copy, probe: { required: { when: 'creditLimit > 1' } } }, copy)).toEqual(['forms.customers.rules.probe:rulesTell'])
  expect(await told({ copy: { computed: 'empty(phone) ? creditLimit : number(0)' } }, copy)).toEqual(['forms.customers.rules.copy:hiddenWith'])
})

it('warns of rules that may keep what is entered on a page from being sent, and refuses the page whose entries never can be', () => {
  const own = [{ name: 'why', type: 'text', label }, { name: 'loud', type: 'boolean', label }, { name: 'calm', type: 'boolean', label }] as unknown as readonly FieldDefinition[]
  const of = (rules: FormDefinition['rules'], placed: readonly string[] = ['loud'], given: PageDefinition['given'] = {}) => {
    const inputs: RevisionInputs = { fields: { units: own }, forms: { units: { rules } }, pages: { one: { entity: 'units', kind: 'internal', title: label, thanks: label, given, layout: { sections: [{ key: 'a', label, columns: 1, fields: ['code', 'name', 'nameZh', ...placed] }] } } } }
    const entities = new Map([['units', withFields(units, own)]])
    return [pageWarnings(inputs, entities), pageFindings(inputs, entities)].map((findings) => findings.map(({ path, code }) => `${path}:${code}`))
  }
  const why = (code: string) => [[`pages.one.rules.why:${code}`], []]
  expect(of({ why: { required: { when: 'loud' } } })).toEqual(why('requiredWhen'))
  expect(of({ why: { required: { when: 'calm' } }, calm: { computed: 'loud' } })).toEqual(why('requiredWhen'))
  expect(of({ why: { visible: 'loud', required: { when: 'true' } } })).toEqual(why('requiredWhen'))
  expect(of({ why: { checks: [{ holds: '!loud || size(why) > 3', message: label }] } })).toEqual(why('checkedWhen'))
  expect(of({ why: { checks: [{ holds: 'size(why) > 3', message: label }] } })).toEqual([[], ['pages.one.layout.sections:neverSent']])
  for (const [rules, placed, given] of [
    [{ why: { required: { when: 'loud' } } }, ['loud', 'why'], {}], [{ why: { required: { when: 'loud' } } }, ['loud'], { why: 'x' }], [{ why: { required: { when: 'loud' } } }, [], {}],
    [{ why: { visible: 'calm', required: { when: 'loud' } } }, ['loud'], {}], [{ why: { required: { when: 'loud' }, default: '"x"' } }, ['loud'], {}], [{ why: { checks: [{ holds: 'empty(why) || size(why) > 3', message: label }] } }, ['loud'], {}],
  ] as const) expect([rules, ...of(rules, placed, given)]).toEqual([rules, [], []])
})
