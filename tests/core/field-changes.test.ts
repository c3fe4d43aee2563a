import { expect, it } from 'vitest'
import { parts } from '../../collections/core/parts.ts'
import type { FieldDefinition } from '../../config/language/entity.ts'
import { money, option, select, table, text } from '../../config/language/fields.ts'
import { fieldChanges, fieldsAsOf, formAsOf } from '../../plugins/core/configuration/field-changes.ts'
import type { TrellisPlugin } from '../../plugins/core/platform/plugin.ts'
import { shippedEntities } from '../../plugins/core/platform/own-fields.ts'
import { withPublishedFields } from '../../plugins/core/platform/published-fields.ts'
import { lossFindings, revisionFindings } from '../../plugins/core/platform/revision-findings.ts'

const colour = text('colour', { en: 'Colour', zh: '颜色' })
const grade = text('grade', { en: 'Grade', zh: '等级' })
const core: TrellisPlugin = { slug: 'core', entities: [parts] }
const inputs = (...fields: object[]) => ({ fields: { parts: fields as (typeof colour)[] } })

it('names what was added, changed, taken out of use and brought back', () => {
  const renamed = { ...colour, label: { en: 'Shade', zh: '色调' } }
  expect(fieldChanges(inputs(colour), inputs(renamed, grade)).map(({ field, kind, details }) => [field, kind, details.map(({ property }) => property)]))
    .toEqual([['colour', 'changed', ['label']], ['grade', 'added', []]])
  expect(fieldChanges(inputs(colour), inputs({ ...colour, retired: true }))).toMatchObject([{ kind: 'retired' }])
  expect(fieldChanges(inputs({ ...colour, retired: true }), inputs(colour))).toMatchObject([{ kind: 'restored' }])
  expect(fieldChanges(inputs(colour, grade), inputs(grade, colour))).toEqual([])
})

it('goes back without losing a field: what came later is out of use', () => {
  const back = { fields: { parts: fieldsAsOf(inputs(colour), inputs({ ...colour, label: grade.label }, grade), 'parts') } }
  expect(back).toEqual(inputs(colour, { ...grade, retired: true }))
  expect(lossFindings(back, inputs(colour, grade))).toEqual([])
})

it('goes back without losing an option: what came later is kept, and not offered', () => {
  const named = (name: string) => ({ en: name, zh: name })
  const choice = (...values: string[]) => select('grade', grade.label, { options: values.map((value) => option(value, named(value))) })
  const now = { ...inputs(choice('b', 'a', 'c', 'd')), forms: { parts: { rules: {} } } }
  const earlier = { ...inputs(choice('a', 'b')), forms: { parts: { rules: { grade: { options: { when: 'true || option == "b"', message: named('No.') }, required: { when: 'true' } } } } } }
  const back = { fields: { parts: fieldsAsOf(earlier, now, 'parts') }, forms: { parts: formAsOf(earlier, now, 'parts') } }
  expect(back.fields.parts.map(({ options }) => options?.map(({ value }) => value))).toEqual([['a', 'b', 'c', 'd']])
  expect(back.forms.parts).toEqual({ rules: { grade: { options: { when: '(true || option == "b") && !(option in ["c", "d"])', message: named('No.') }, required: { when: 'true' } } } })
  expect(formAsOf(inputs(choice('a', 'b')), now, 'parts')).toEqual({ rules: { grade: { options: { when: '!(option in ["c", "d"])' } } } })
  expect([lossFindings(back, now), revisionFindings(back, [parts])]).toEqual([[], []])
})

it('a field out of use is kept and met by nobody; the entity as shipped is found again', () => {
  const published = inputs(colour, { ...grade, retired: true })
  const [extended] = withPublishedFields([core], published)[0]?.entities ?? []
  expect(extended?.fields.slice(-2)).toEqual([colour, { ...grade, retired: true, hidden: true, readOnly: true }])
  expect(shippedEntities(extended ? [extended] : [], published)).toEqual([parts])
})

it('what was published keeps what may have been entered: its type, its options, whether values repeat', () => {
  const choice = { name: 'grade', type: 'select', label: grade.label, options: [{ value: 'a', label: grade.label }, { value: 'b', label: grade.label }] } as const
  const codes = (now: object, before: object) => lossFindings(inputs(now), inputs(before)).map(({ code }) => code)
  expect(codes({ ...choice, options: choice.options.slice(1) }, choice)).toEqual(['optionRemoved'])
  expect(codes({ ...choice, options: [...choice.options, { value: 'c', label: grade.label }] }, choice)).toEqual([])
  expect([codes({ ...colour, unique: true }, colour), codes(colour, { ...colour, unique: true })]).toEqual([['uniqueChanged'], ['uniqueChanged']])
  expect(codes({ ...colour, type: 'integer' }, colour)).toEqual(['typeChanged'])
})

it('goes back without a rule that nothing answers any more: of later columns that ask for what is out of use, of later options of what is computed or out of use', () => {
  const wanted = (one: FieldDefinition, ...others: FieldDefinition[]) => ({ fields: { parts: [one, ...others] } })
  const column = (name: string, source?: string) => ({ ...money(name, colour.label), ...(source ? { rules: { computed: source } } : {}) })
  const rows = (...columns: ReturnType<typeof column>[]) => table('rows', colour.label, { columns })
  const [was, now] = [wanted(rows(column('a'))), wanted(rows(column('a'), column('b', 'a * 2'), column('c', 'a * head.later')), money('later', colour.label))]
  expect(fieldsAsOf(was, now, 'parts')[0]?.columns?.map(({ name, rules }) => [name, rules?.computed])).toEqual([['a', undefined], ['b', 'a * 2'], ['c', undefined]])
  const choice = (...values: string[]) => select('grade', grade.label, { options: values.map((value) => option(value, grade.label)) })
  for (const more of [{ fields: { parts: [{ ...choice('a'), retired: true }] } }, { fields: { parts: [choice('a')] }, forms: { parts: { rules: { grade: { computed: '"a"' } } } } }]) {
    const back = { fields: { parts: fieldsAsOf(more, wanted(choice('a', 'b')), 'parts') }, forms: { parts: formAsOf(more, wanted(choice('a', 'b')), 'parts') } }
    expect(revisionFindings(back, [parts])).toEqual([])
  }
})
