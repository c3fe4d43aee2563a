import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dropped, landing } from '../../admin/configuration/layout-drag.ts'
import { movePart, moveSection, newPart, newSection, placeField, placeSection, sectionsIn, sectionsOfDraft, shownAs, withoutPart } from '../../admin/configuration/layout-moves.ts'
import { partsOf, sectionsOf } from '../../admin/document/form-sections.ts'
import { customers } from '../../collections/core/customers.ts'
import { text } from '../../config/language/fields.ts'
import type { FormLayout, FormSection } from '../../config/language/form.ts'
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

describe('what is dragged', () => {
  const parts = { shownAs: 'tabs', list: [{ key: 'x', label: named('X') }, { key: 'y', label: named('Y') }] } as const
  const layout: FormLayout = { parts, sections: [section('one', 'a', 'b', 'c'), section('two'), { ...section('three', 'd'), part: 'y' }] }
  const orders = (now: FormLayout | undefined) => now?.parts?.list.map(({ key }) => [key, ...sectionsIn(now, key).map((one) => `${one.key}: ${one.fields.join()}`)])
  it.each<[string, string, unknown]>([
    ['a', 'c', [['x', 'one: b,c,a', 'two: '], ['y', 'three: d']]],
    ['c', 'a', [['x', 'one: c,a,b', 'two: '], ['y', 'three: d']]],
    ['e', 'd', [['x', 'one: a,b,c', 'two: '], ['y', 'three: e,d']]],
    ['b', 'place:two', [['x', 'one: a,c', 'two: b'], ['y', 'three: d']]],
    ['b', 'place:', [['x', 'one: a,c', 'two: '], ['y', 'three: d']]],
    ['section:one', 'section:two', [['x', 'two: ', 'one: a,b,c'], ['y', 'three: d']]],
    ['section:two', 'section:three', [['x', 'one: a,b,c'], ['y', 'two: ', 'three: d']]],
    ['section:three', 'section:one', [['x', 'three: d', 'one: a,b,c', 'two: '], ['y']]],
    ['section:one', 'part:y', [['x', 'two: '], ['y', 'three: d', 'one: a,b,c']]],
    ['part:y', 'part:x', [['y', 'three: d'], ['x', 'one: a,b,c', 'two: ']]],
    ['part:x', 'section:three', undefined], ['section:one', 'a', undefined], ['a', 'a', undefined], ['type:text', 'a', undefined],
  ])('%s put down on %s', (active, over, wanted) => {
    expect(orders(dropped(layout, active, over))).toEqual(wanted)
  })

  it('as a new field stands before what it is put down on', () => {
    expect([landing(layout.sections, 'b'), landing(layout.sections, 'place:two'), landing(layout.sections, 'a', 'c')]).toEqual([{ to: 'one', before: 'b' }, { to: 'two' }, { to: 'one', before: 'a' }])
  })
})

describe('tabs and steps', () => {
  const parts = { shownAs: 'tabs', list: [{ key: 'x', label: named('X') }, { key: 'y', label: named('Y') }, { key: 'z', label: named('Z') }] } as const
  const layout: FormLayout = { parts, sections: [section('one', 'a'), { ...section('two', 'b'), part: 'y' }] }

  it('show what stands in them; what names none stands in the first, what stands in no section in the last', () => {
    const shown = (given: FormLayout) => partsOf(given, sectionsOf(given, fields)).map(({ key, sections }) => [key, sections.map((one) => one.key)])
    expect(shown(layout)).toEqual([['x', ['one']], ['y', ['two']], ['z', ['']]])
    expect(shown({ ...layout, parts: { ...parts, list: parts.list.slice(0, 2) } })).toEqual([['x', ['one']], ['y', ['two', '']]])
    expect(shown({ sections: layout.sections })).toEqual([])
  })

  it('are refused where two are alike, one is empty, or a section stands in none', () => {
    const findings = (given: FormLayout) => revisionFindings({ fields: {}, forms: { customers: { rules: {}, layout: given } } }, [customers]).map(({ path, code }) => `${path.replace('forms.customers.layout.', '')}:${code}`)
    const of = (...own: FormSection[]) => own.map((one, index) => ({ ...one, fields: [['name', 'email', 'phone'][index] ?? ''] }))
    expect(findings({ parts, sections: of(section('one'), { ...section('two'), part: 'y' }, { ...section('three'), part: 'z' }) })).toEqual([])
    expect(findings({ parts, sections: of(section('one'), { ...section('two'), part: 'w' }) })).toEqual(['parts.list.1:partEmpty', 'parts.list.2:partEmpty', 'sections.1.part:unknownPart'])
    expect(findings({ parts: { shownAs: 'steps', list: [...parts.list.slice(0, 1), ...parts.list.slice(0, 1)] }, sections: of(section('one')) })).toEqual(['parts.list.1.key:partTwice'])
    expect(findings({ parts: { shownAs: 'wizard' as 'steps', list: parts.list }, sections: [] })).toEqual(['parts.shownAs:malformed'])
  })

  it('keep every section and field, whatever is made of them', () => {
    type Step = (now: FormLayout, at: number) => FormLayout
    const steps: Step[] = [
      (now, at) => placeSection(now, now.sections[at]?.key ?? '', { at: now.sections[0]?.key ?? '' }), (now, at) => placeSection(now, now.sections[0]?.key ?? '', { part: now.parts?.list[at]?.key ?? '' }),
      (now) => newPart(now), (now, at) => withoutPart(now, now.parts?.list[at]?.key ?? ''), (now, at) => movePart(now, at, 0), (now) => shownAs(now, 'steps'), (now) => shownAs(now, 'tabs'), (now) => shownAs(now, 'sections'),
    ]
    fc.assert(fc.property(fc.array(fc.tuple(fc.constantFrom(...steps), fc.integer({ min: 0, max: 3 })), { maxLength: 12 }), (moves) => {
      let now: FormLayout = layout
      for (const [step, at] of moves) {
        now = step(now, at)
        expect(now.sections.flatMap((one) => one.fields).sort()).toEqual(['a', 'b'])
        const keys = now.parts?.list.map(({ key }) => key) ?? []
        expect(new Set(keys).size).toBe(keys.length)
        if (now.parts) expect(keys.flatMap((key) => sectionsIn(now, key)).length).toBe(now.sections.length)
        expect(new Set(now.sections.map(({ key }) => key)).size).toBe(now.sections.length)
      }
    }))
  })
})
