import { expect, it } from 'vitest'
import { detailTexts } from '../../admin/configuration/change-details.ts'
import { keyedOptions, keyOf, ofType, tidy } from '../../admin/configuration/field-settings.ts'
import { soundFields, soundForm } from '../../admin/configuration/sound-draft.ts'
import { sectionsOf } from '../../admin/document/form-sections.ts'
import { ruleRow } from '../../admin/document/form-rules.ts'
import { compileForm } from '../../plugins/core/forms/compile-form.ts'
import { tidyRules } from '../../admin/configuration/tidy-rules.ts'

it('a key is made of the English label, free of those that are taken', () => {
  expect(keyOf('Shelf colour (RAL)', new Set(), 'field')).toBe('shelfColourRal')
  expect(keyOf('Größe', new Set(), 'field')).toBe('groE')
  expect(keyOf('Colour', new Set(['colour', 'colour2']), 'field')).toBe('colour3')
  expect([keyOf('货架颜色', new Set(), 'field'), keyOf('', new Set(['field1']), 'field'), keyOf('3rd party', new Set(), 'field')]).toEqual(['field1', 'field2', 'field3rdParty'])
})

it('what inputs hold as text becomes what a field has; what is empty goes', () => {
  expect(tidy({ name: 'a', type: 'quantity', label: { en: ' Weight ', zh: '' }, help: { en: '', zh: ' ' }, min: '1.5', max: '', maxLength: 'x', default: '2.50', unique: false, advanced: true }))
    .toEqual({ name: 'a', type: 'quantity', label: { en: 'Weight', zh: 'Weight' }, min: 1.5, default: '2.50', advanced: true })
  expect(tidy({ type: 'integer', default: '7' })).toEqual({ type: 'integer', default: 7 })
})

it('another type leaves behind what only the former one had', () => {
  expect(ofType({ name: 'a', type: 'text', maxLength: 5, unique: true, index: true, default: 'x' }, 'date')).toEqual({ name: 'a', type: 'date', index: true })
  expect(ofType({ type: 'text' }, 'select')).toEqual({ type: 'select', options: [{}] })
})

it('options keep their keys, get those they lack, and go when they have no name', () => {
  expect(keyedOptions([{ value: 'a', label: { en: 'Always' } }, { label: { en: 'A' } }, { label: { zh: '每次' } }, {}])).toEqual([
    { value: 'a', label: { en: 'Always', zh: 'Always' } }, { value: 'a2', label: { en: 'A', zh: 'A' } }, { value: 'option1', label: { en: '每次', zh: '每次' } },
  ])
})

it('an option called like a word of GraphQL gets a key beside it', () => {
  expect(keyedOptions([{ label: { en: 'True' } }])[0]?.value).toBe('true2')
})

it('what was changed is told in sentences', () => {
  const say = ({ en }: { en: string }, parameters: Readonly<Record<string, unknown>> = {}) => en.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(parameters[name]))
  const option = (value: string, en: string) => ({ value, label: { en, zh: en } })
  const details = [
    { property: 'options', before: [option('a', 'A'), option('b', 'B')], after: [option('b', 'Bee'), option('c', 'C')] }, { property: 'rules.required', before: null, after: { when: 'urgent', message: { en: 'Why?', zh: '？' } } },
    { property: 'label', before: { en: 'Old', zh: '旧' }, after: { en: 'New', zh: '新' } }, { property: 'max', before: 5, after: null }, { property: 'advanced', before: null, after: true }, { property: 'retired', before: null, after: true },
    { property: 'layout', before: null, after: { sections: [{ key: 'one', label: { en: 'One', zh: '一' }, fields: ['a'] }, {}] } },
  ]
  expect(detailTexts({ details }, say)).toEqual([
    'option “C” added', 'option “A” removed', 'option “B” is now “Bee”', 'Required when (true: always): nothing → urgent (Why?)', 'Label: Old → New', 'Largest value: 5 → nothing', 'Shown on demand only (“more”): nothing → yes', 'Sections: As shipped → One (1),  (0)',
  ])
})

it('rules without an expression go, and one language stands for both', () => {
  expect(tidyRules({ visible: '', whenHidden: 'clear', required: { when: ' ' }, readOnly: { when: 'true', message: { en: '', zh: '锁定' } }, checks: [{ holds: '', message: { en: 'x', zh: 'x' } }] }))
    .toEqual({ readOnly: { when: 'true', message: { en: '锁定', zh: '锁定' } } })
})

it('a draft that lacks nearly everything can be previewed', () => {
  const fields = soundFields([{ name: 'a', type: 'select', options: [{}, { label: { en: 'One' } }] }, { name: 'b', type: 'nonsense' }, { type: 'text' }, { name: 'c', type: 'text', help: { zh: '说明' } }, { name: 'd', type: 'text', retired: true }])
  expect(fields).toEqual([
    { name: 'a', type: 'select', label: { en: 'a', zh: 'a' }, options: [{ value: 'one', label: { en: 'One', zh: 'One' } }] }, { name: 'c', type: 'text', label: { en: 'c', zh: 'c' }, help: { en: '', zh: '说明' } },
  ])
  const form = soundForm({ rules: { c: { required: { when: 'true' }, readOnly: {}, checks: [{ holds: 'false' }, {}] } }, layout: { sections: [{ fields: ['c'] }] } })
  const { program } = compileForm(fields, form)
  const { findings } = ruleRow(program, { values: { c: 'x' }, before: null, workflowState: '' }, { today: '2026-11-22', timeZone: 'UTC', roles: [], exponent: 2 })
  expect(findings.map(({ path, message }) => [path, message])).toEqual([['c', { en: '', zh: '' }]])
  expect(sectionsOf(form.layout, fields).map(({ key, label }) => [key, label])).toEqual([['section1', { en: '', zh: '' }], ['', expect.anything()]])
})
