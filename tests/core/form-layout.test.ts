import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { moveSection, newSection, placeField, sectionsOfDraft } from '../../admin/configuration/layout-moves.ts'
import { sectionsOf } from '../../admin/document/form-sections.ts'
import { customers } from '../../collections/core/customers.ts'
import { text } from '../../config/language/fields.ts'
import type { FormSection } from '../../config/language/form.ts'
import { revisionFindings } from '../../plugins/core/platform/revision-findings.ts'

const named = (name: string) => ({ en: name, zh: name })
const names = ['a', 'b', 'c', 'd', 'e']
const fields = names.map((name) => text(name, named(name)))
const section = (key: string, ...own: string[]): FormSection => ({ key, label: named(key), columns: 2, fields: own })

describe('a layout', () => {
  it('shows its sections in order, what it does not name last, and nothing empty', () => {
    const shown = sectionsOf({ sections: [section('one', 'c', 'a'), section('two', 'gone'), section('three', 'e')] }, fields)
    expect(shown.map(({ key, fields: own }) => [key, own.map(({ name }) => name)])).toEqual([['one', ['c', 'a']], ['three', ['e']], ['', ['b', 'd']]])
    expect(sectionsOf(undefined, fields).map(({ key }) => key)).toEqual(['details'])
  })

  it('is refused where it names a field twice or one that is not there', () => {
    const findings = (sections: FormSection[]) => revisionFindings({ fields: {}, forms: { customers: { rules: {}, layout: { sections } } } }, [customers]).map(({ path, code }) => `${path}:${code}`)
    expect(findings([section('one', 'name', 'email'), section('two', 'phone')])).toEqual([])
    expect(findings([section('one', 'name', 'colour'), section('one', 'name')])).toEqual([
      'forms.customers.layout.sections.0.fields.1:unknownField', 'forms.customers.layout.sections.1.key:sectionTwice', 'forms.customers.layout.sections.1.fields.0:placedTwice',
    ])
  })

  it('keeps every field once, whatever is dragged where', () => {
    const keys = ['one', 'two', '']
    const drags = fc.array(fc.record({ field: fc.constantFrom(...names), to: fc.constantFrom(...keys), before: fc.option(fc.constantFrom(...names), { nil: undefined }) }), { maxLength: 30 })
    fc.assert(fc.property(drags, (moves) => {
      let sections: readonly FormSection[] = [section('one', 'a', 'b'), section('two', 'c')]
      for (const { field, to, before } of moves) {
        sections = placeField(sections, field, { to, before })
        const placed = sections.flatMap((one) => one.fields)
        expect(new Set(placed).size).toBe(placed.length)
        if (field !== before) expect(sections.find((one) => one.fields.includes(field))?.key ?? '').toBe(to)
      }
    }))
  })

  it('puts a field before another one or at the end', () => {
    expect(placeField([section('one', 'a', 'b'), section('two', 'c')], 'c', { to: 'one', before: 'b' }).map((one) => one.fields)).toEqual([['a', 'c', 'b'], []])
    expect(placeField([section('one', 'a', 'b')], 'a', { to: 'one' }).map((one) => one.fields)).toEqual([['b', 'a']])
    expect(moveSection([section('one'), section('two')], 1, 0).map(({ key }) => key)).toEqual(['two', 'one'])
    expect(newSection([section('section2'), section('x')]).map(({ key }) => key)).toEqual(['section2', 'x', 'section3'])
    expect(sectionsOfDraft({ rules: {}, layout: { sections: [{ label: { en: 'Half' } }] } })).toEqual([{ key: 'section1', columns: 3, fields: [], label: { en: 'Half', zh: '' } }])
  })
})
