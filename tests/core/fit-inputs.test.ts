import fc from 'fast-check'
import { expect, it } from 'vitest'
import { asShipped, withField, withoutField, withoutLayout, withoutRules, withoutSection } from '../../admin/configuration/layer-moves.ts'
import type { customers } from '../../collections/core/customers.ts'
import { parts } from '../../collections/core/parts.ts'
import { units } from '../../collections/core/units.ts'
import type { FieldDefinition } from '../../config/language/entity.ts'
import type { RevisionInputs } from '../../config/language/revision.ts'
import { fieldsAsOf, formAsOf } from '../../plugins/core/configuration/field-changes.ts'
import { fitInputs, newFindings } from '../../plugins/core/platform/fit-inputs.ts'
import { renamed } from '../../plugins/core/platform/moved-keys.ts'
import { lossFindings, revisionFindings } from '../../plugins/core/platform/revision-findings.ts'

const label = { en: 'Colour', zh: '颜色' }
const field = (name: string, more: object = {}): FieldDefinition => ({ name, type: 'text', label, ...more })
const layered: RevisionInputs = {
  fields: { parts: [field('colour'), field('unitCode', { lookup: { through: 'unit', of: 'colour' } }), field('like', { type: 'relation', to: 'units', filter: [{ field: 'colour', same: 'colour' }] })], units: [field('colour')] },
  forms: { parts: { rules: { colour: { required: { when: 'empty(name)' }, checks: [{ holds: 'colour != "colour"', message: label }] } } } },
  workflows: { parts: { states: { draft: { on: { go: [{ guards: [{ type: 'core.fieldRequired', params: { field: 'colour' } }, { type: 'core.expression', params: { expression: 'colour != "colour"' } }, { type: 'core.lines', params: { left: { field: 'colour' } } }], actions: [{ type: 'core.setField', params: { field: 'name', value: { sum: ['-colour'] } } }] }] } } } } },
  pages: { one: { entity: 'parts', kind: 'internal', title: label, thanks: label, layout: { sections: [{ key: 'one', label, columns: 1, fields: ['colour', 'name'] }] } } },
}

it('is as it was published over what it was published for', () => {
  expect(fitInputs(layered, [parts, units])).toEqual({ inputs: layered, usable: layered, misfits: [], moved: [] })
})

it('gives way to shipped fields, and every mention follows: rules, pages, lookups and filters of other forms', () => {
  const shipping = (entity: typeof parts | typeof units) => ({ ...entity, fields: [...entity.fields, field('colour')] })
  const { inputs, usable, misfits, moved } = fitInputs(layered, [shipping(parts), shipping(units)])
  expect([misfits, usable, moved.map(({ entity, to }) => `${entity}.${to}`)]).toEqual([[], inputs, ['parts.colourOwn', 'units.colourOwn']])
  expect(inputs.workflows?.parts).toEqual({ states: { draft: { on: { go: [{ guards: [{ type: 'core.fieldRequired', params: { field: 'colourOwn' } }, { type: 'core.expression', params: { expression: 'colourOwn != "colour"' } }, { type: 'core.lines', params: { left: { field: 'colour' } } }], actions: [{ type: 'core.setField', params: { field: 'name', value: { sum: ['-colourOwn'] } } }] }] } } } })
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
  const list = [{ key: 'x', label }, { key: 'y', label }]
  const tabs = { ...content, form: { ...content.form, layout: { parts: { shownAs: 'tabs', list }, sections: [{ key: 'a', label, columns: 1, fields: [] }, { key: 'b', label, columns: 1, fields: [], part: 'y' }, { key: 'c', label, columns: 1, fields: [], part: 'y' }] } } } as const
  expect([['b'], ['a'], ['b', 'c']].map((keys) => keys.reduce((now, key) => withoutSection(now, key), tabs as Parameters<typeof withoutSection>[0]).form.layout?.parts?.list.map(({ key }) => key))).toEqual([['x', 'y'], ['y'], ['x']])
  expect(withField(withoutField(content, 'colour', true), 'colour').fields).toEqual(content.fields)
  expect(withoutField(content, 'colour', true)).toMatchObject({ fields: [{ name: 'colour', retired: true }, {}, {}], form: { rules: { name: {} }, layout: { sections: [{ fields: ['name'] }, { fields: ['like'] }] } } })
  expect(asShipped(content, new Set(['colour']))).toEqual({ entity: null, form: { rules: {} }, fields: [{ ...content.fields[0], retired: true }] })
})

it('goes back from whatever was published to whatever was published before, and to what is shipped', () => {
  const head = ['', '0', '1', '2', '3'].map((place) => (place ? `head.a${place}` : 'price'))
  const adding = (name: string, other: string, at: number): FieldDefinition[] => [
    field(name, { type: 'money' }), field(name, { type: 'relation', to: 'units' }), field(name, { type: 'signature' }), field(name, { signedIn: other }), field(name, { lookup: { through: other, of: 'b0' } }), field(name, { lookup: { through: 'unit', of: 'b0' } }),
    field(name, { type: 'relation', to: 'parts', filter: [{ field: other, same: other }] }), field(name, { type: 'select', options: [{ value: 'x', label }] }), field(name, { convertedFrom: other }),
    field(name, { type: 'table', columns: [field('price', { type: 'money' }), field('sum', { type: 'money', rules: { computed: `price + ${head[at] ?? 'price'}` } })] }),
  ]
  type Step = readonly [kind: number, at: number, other: number, what: number]
  const ruled = (now: RevisionInputs, name: string, own: object | undefined): RevisionInputs => {
    const { [name]: _, ...rules } = now.forms?.parts?.rules ?? {}
    return { ...now, forms: { parts: { rules: own ? { ...rules, [name]: own } : rules } } }
  }
  const changed = (now: RevisionInputs, [kind, at, other, what]: Step): RevisionInputs => {
    const own = now.fields.parts ?? []
    const name = `a${at}`
    const change = (make: (one: FieldDefinition) => FieldDefinition) => ({ ...now, fields: { ...now.fields, parts: own.map((one) => (one.name === name ? make(one) : one)) } })
    if (kind < 3) return own.some((one) => one.name === name) ? now : { ...now, fields: { ...now.fields, parts: [...own, ...adding(name, `a${other}`, other).slice(what, what + 1)] } }
    if (kind === 3) return ruled(change((one) => ({ ...one, retired: true })), name, undefined)
    if (kind === 4) return change(({ retired: _, ...one }) => one)
    if (kind === 5) return change((one) => (one.columns ? { ...one, columns: [...one.columns, field(`c${what}`, { type: 'money', rules: { computed: `price * ${head[other] ?? 'price'}` } })] } : one.options ? { ...one, options: [...one.options, { value: `y${what}`, label }] } : one))
    return what > 5 ? { ...now, fields: { ...now.fields, units: [field('b0', what > 7 ? { retired: true } : {})] } } : ruled(now, name, what > 3 ? { computed: what > 4 ? '"x"' : `a${other}` } : { required: { when: `!empty(a${other})` } })
  }
  const wrong = (wanted: RevisionInputs, published: RevisionInputs) => [...revisionFindings(wanted, [parts, units]), ...lossFindings(wanted, published)].map(({ path, code }) => `${path}:${code}`)
  fc.assert(fc.property(fc.array(fc.tuple(fc.nat(6), fc.nat(4), fc.nat(4), fc.nat(9)), { minLength: 10, maxLength: 60 }), (steps) => {
    const versions: RevisionInputs[] = [{ fields: {} }]
    for (const step of steps) {
      const [now = { fields: {} }] = versions.slice(-1)
      const next = changed(now, step)
      if (next !== now && wrong(next, now).length === 0) versions.push(next)
    }
    const [now = { fields: {} }] = versions.slice(-1)
    for (const earlier of versions) {
      const asOf = (slug: string) => [slug, fieldsAsOf(earlier, now, slug)] as const
      expect(wrong({ fields: Object.fromEntries(['parts', 'units'].map(asOf)), forms: { parts: formAsOf(earlier, now, 'parts') } }, now)).toEqual([])
    }
    const shipped = asShipped({ fields: now.fields.parts ?? [], entity: null, form: { rules: {} } }, new Set(now.fields.parts?.map(({ name }) => name)))
    expect(wrong({ fields: { ...now.fields, parts: shipped.fields as FieldDefinition[] }, forms: {} }, now)).toEqual([])
  }), { numRuns: 60 })
})
