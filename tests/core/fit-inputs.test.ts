import fc from 'fast-check'
import { expect, it } from 'vitest'
import { asShipped, withField, withoutField, withoutLayout, withoutRules, withoutSection } from '../../admin/configuration/layer-moves.ts'
import type { customers } from '../../collections/core/customers.ts'
import { parts } from '../../collections/core/parts.ts'
import { units } from '../../collections/core/units.ts'
import type { FieldDefinition } from '../../config/language/entity.ts'
import type { RevisionInputs } from '../../config/language/revision.ts'
import { fitInputs, newFindings } from '../../plugins/core/platform/fit-inputs.ts'
import { renamed } from '../../plugins/core/platform/moved-keys.ts'

const label = { en: 'Colour', zh: '颜色' }
const field = (name: string, more: object = {}): FieldDefinition => ({ name, type: 'text', label, ...more })
const layered: RevisionInputs = {
  fields: { parts: [field('colour'), field('unitCode', { lookup: { through: 'unit', of: 'colour' } }), field('like', { type: 'relation', to: 'units', filter: [{ field: 'colour', same: 'colour' }] })], units: [field('colour')] },
  forms: { parts: { rules: { colour: { required: { when: 'empty(name)' }, checks: [{ holds: 'colour != "colour"', message: label }] } } } },
  pages: { one: { entity: 'parts', kind: 'internal', title: label, thanks: label, layout: { sections: [{ key: 'one', label, columns: 1, fields: ['colour', 'name'] }] } } },
}

it('is as it was published over what it was published for', () => {
  expect(fitInputs(layered, [parts, units])).toEqual({ inputs: layered, usable: layered, misfits: [], moved: [] })
})

it('gives way to shipped fields, and every mention follows: rules, pages, lookups and filters of other forms', () => {
  const shipping = (entity: typeof parts | typeof units) => ({ ...entity, fields: [...entity.fields, field('colour')] })
  const { inputs, usable, misfits, moved } = fitInputs(layered, [shipping(parts), shipping(units)])
  expect([misfits, usable, moved.map(({ entity, to }) => `${entity}.${to}`)]).toEqual([[], inputs, ['parts.colourOwn', 'units.colourOwn']])
  expect(inputs).toMatchObject({
    fields: { parts: [{ name: 'colourOwn', formerly: 'colour' }, { lookup: { through: 'unit', of: 'colourOwn' } }, { filter: [{ field: 'colourOwn', same: 'colourOwn' }] }], units: [{ name: 'colourOwn' }] },
    forms: { parts: { rules: { colourOwn: { checks: [{ holds: 'colourOwn != "colour"' }] } } } }, pages: { one: { layout: { sections: [{ fields: ['colourOwn', 'name'] }] } } },
  })
  expect(fitInputs(inputs, [shipping(parts), shipping(units)])).toMatchObject({ inputs, moved: [] })
})

it('leaves out what does not fit any more, tells it by key, and blocks nothing else', () => {
  const without = (entity: typeof parts | typeof customers, name: string) => ({ ...entity, fields: entity.fields.filter((one) => one.name !== name) })
  const entities = [without(parts, 'unit'), units]
  const { usable, misfits, inputs } = fitInputs(layered, entities)
  expect([inputs, misfits.map(({ path, code }) => `${path}:${code}`)]).toEqual([layered, ['fields.parts.unitCode.lookup.through:lookupThrough']])
  expect(usable.fields.parts?.map(({ name }) => name)).toEqual(['colour', 'like'])
  expect(newFindings(layered, entities, misfits)).toEqual([])
  const more = { ...layered, fields: { ...layered.fields, parts: [field('first'), ...(layered.fields.parts ?? []), field('name')] } }
  expect(newFindings(more, entities, misfits).map(({ path }) => path)).toEqual(['fields.parts.4.name'])
  expect(fitInputs(layered, [parts]).misfits.map(({ path }) => path).sort()).toEqual(['fields.parts.like.to', 'fields.parts.unitCode.lookup.of', 'fields.units'])
})

it.each([
  ['colour == "colour" && items.all(one, one.colour > 0)', 'tint == "colour" && items.all(one, one.colour > 0)'],
  ["size(colour) > 2 ? 'a\\'colour' : colours", "size(tint) > 2 ? 'a\\'colour' : colours"],
  ['!empty(colour)&&colour.startsWith("x")', '!empty(tint)&&tint.startsWith("x")'],
])('names another field in %s', (source, wanted) => {
  expect(renamed(source, (name) => (name === 'colour' ? 'tint' : name))).toBe(wanted)
})

it('names another field of the head, and of the head alone', () => {
  const tint = (name: string) => (name === 'colour' ? 'tint' : name)
  expect([renamed('head.colour == colour && head . colour != one.colour', (name) => name, tint), renamed('head.colour == colour', tint)]).toEqual(['head.tint == colour && head . tint != one.colour', 'head.colour == tint'])
})

it('is taken back part by part: what is left is sound, and in the end the shipped form', () => {
  const content = { fields: layered.fields.parts ?? [], entity: null, form: { rules: { colour: { required: { when: 'true' } }, name: { required: { when: 'empty(colour)' } } }, layout: { sections: [{ key: 'a', label, columns: 1, fields: ['colour', 'name'] }, { key: 'b', label, columns: 1, fields: ['like'] }] } } }
  const steps = [(now: typeof content) => withoutRules(now, 'colour'), (now: typeof content) => withoutSection(now, 'a'), withoutLayout, (now: typeof content) => withoutField(now, 'colour', true)] as ((now: typeof content) => typeof content)[]
  fc.assert(fc.property(fc.array(fc.constantFrom(...steps), { maxLength: 6 }), (taken) => {
    const now = taken.reduce((one, step) => step(one), content)
    expect(now.fields.map(({ name }) => name)).toEqual(['colour', 'unitCode', 'like'])
    expect(now.form.layout?.sections.length).not.toBe(0)
    expect(now.form.rules.name).toEqual(content.form.rules.name)
  }))
  expect(withField(withoutField(content, 'colour', true), 'colour').fields).toEqual(content.fields)
  expect(withoutField(content, 'colour', true)).toMatchObject({ fields: [{ name: 'colour', retired: true }, {}, {}], form: { rules: { name: {} }, layout: { sections: [{ fields: ['name'] }, { fields: ['like'] }] } } })
  expect(asShipped(content, new Set(['colour']))).toEqual({ entity: null, form: { rules: {} }, fields: [{ ...content.fields[0], retired: true }] })
})
