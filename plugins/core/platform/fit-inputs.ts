import type { EntityDefinition } from '../../../config/language/entity.ts'
import type { FieldRules, FormDefinition } from '../../../config/language/form.ts'
import type { Finding } from '../../../config/language/refusal.ts'
import type { RevisionInputs } from '../../../config/language/revision.ts'
import { failInput } from '../errors.ts'
import { movedKeys, withMovedKeys, type MovedKey } from './moved-keys.ts'
import { revisionFindings } from './revision-findings.ts'

export type FittedInputs = {
  /** What is published; fields whose key is shipped now go on under another one. */
  readonly inputs: RevisionInputs
  /** As much of it as these entities carry: what runs. */
  readonly usable: RevisionInputs
  /** Why the rest is left out; paths name fields by their key: `fields.parts.colour.to`. */
  readonly misfits: readonly Finding[]
  readonly moved: readonly MovedKey[]
}

/**
 * What a firm has published, over entities that may have changed since: a new version of Trellis ships them otherwise. Nothing of it is given
 * up: what does not fit is left out of what runs, and told, until the firm mends it or it fits again.
 * @param entities as they are shipped
 * @throws ProblemError (422) with the findings where nothing can be left out: an own entity that is wrong in itself
 */
export function fitInputs(published: RevisionInputs, entities: readonly EntityDefinition[]): FittedInputs {
  const moved = movedKeys(published, entities)
  const inputs = withMovedKeys(published, moved, entities)
  const misfits: Finding[] = []
  let usable = inputs
  for (;;) {
    const found = revisionFindings(usable, entities)
    if (found.length === 0) return { inputs, usable, misfits, moved }
    misfits.push(...found.map((finding) => byKey(finding, usable)))
    usable = leaveOut(usable, found)
  }
}

/**
 * What is wrong with what shall be published, beside what did not fit before already and runs without it.
 * @param known the misfits of what is published
 */
export function newFindings(wanted: RevisionInputs, entities: readonly EntityDefinition[], known: readonly Finding[]): readonly Finding[] {
  const before = new Set(known.map(keyOf))
  let usable = wanted
  for (;;) {
    const found = revisionFindings(usable, entities)
    const fresh = found.filter((finding) => !before.has(keyOf(byKey(finding, usable))))
    if (fresh.length > 0 || found.length === 0) return fresh
    usable = leaveOut(usable, found)
  }
}

/** Misfits that are not known: of what shall be published, beside those of what is. */
export function newMisfits(misfits: readonly Finding[], known: readonly Finding[]): readonly Finding[] {
  const before = new Set(known.map(keyOf))
  return misfits.filter((finding) => !before.has(keyOf(finding)))
}

const keyOf = ({ code, path }: Finding) => `${path}:${code}`

/** Places in a list change with what stands before them; keys of fields do not. */
function byKey(finding: Finding, { fields }: RevisionInputs): Finding {
  const [root, slug = '', index, ...rest] = finding.path.split('.')
  const name = root === 'fields' ? fields[slug]?.[Number(index)]?.name : undefined
  return name === undefined ? finding : { ...finding, path: [root, slug, name, ...rest].join('.') }
}

/** @throws ProblemError (422) when nothing of it can be left out */
function leaveOut(inputs: RevisionInputs, findings: readonly Finding[]): RevisionInputs {
  const paths = findings.map(({ path }) => path.split('.'))
  const of = (root: string) => paths.filter(([first]) => first === root).map(([, ...rest]) => rest)
  const isWhole = (root: string, slug: string) => of(root).some(([name, ...rest]) => name === slug && rest.length === 0)
  const wrongFields = new Set(of('fields').map(([slug, index]) => `${slug}.${index}`))
  const wrongPages = new Set(of('pages').map(([slug]) => slug))
  const next = {
    ...inputs,
    fields: kept(inputs.fields, (fields, slug) => (isWhole('fields', slug) ? undefined : fields.filter((_, index) => !wrongFields.has(`${slug}.${index}`)))),
    ...(inputs.forms ? { forms: kept(inputs.forms, (form, slug) => (isWhole('forms', slug) ? undefined : formWithout(form, of('forms').filter(([name]) => name === slug).map(([, ...rest]) => rest)))) } : {}),
    ...(inputs.pages ? { pages: kept(inputs.pages, (page, slug) => (wrongPages.has(slug) ? undefined : page)) } : {}),
  }
  return JSON.stringify(next) === JSON.stringify(inputs) ? failInput(findings) : next
}

/** Without the rules at these places (`rules.<field>.<kind>`), and the sections' mention of what is not there. */
function formWithout({ rules, layout }: FormDefinition, paths: readonly (readonly string[])[]): FormDefinition {
  const at = (field: string) => paths.filter(([place, name]) => place === 'rules' && name === field).map(([, , ...rest]) => rest)
  const inLayout = paths.filter(([place]) => place === 'layout')
  const mentions = new Set(inLayout.filter(([, list, , part]) => list === 'sections' && part === 'fields').map(([, , section, , index]) => `${section}.${index}`))
  return {
    rules: kept(rules, (own, field) => (at(field).some((rest) => rest.length === 0) ? undefined : rulesWithout(own, at(field)))),
    ...(layout && mentions.size === inLayout.length
      ? { layout: { ...layout, sections: layout.sections.map((section, index) => ({ ...section, fields: section.fields.filter((_, place) => !mentions.has(`${index}.${place}`)) })) } } : {}),
  }
}

function rulesWithout(rules: FieldRules, places: readonly (readonly string[])[]): FieldRules {
  const kinds = new Set(places.filter(([kind]) => kind !== 'checks').map(([kind]) => kind))
  const wrongChecks = new Set(places.filter(([kind]) => kind === 'checks').map(([, index]) => Number(index)))
  const checks = rules.checks?.filter((_, index) => !wrongChecks.has(index)) ?? []
  const { checks: _, ...others } = Object.fromEntries(Object.entries(rules).filter(([kind]) => !kinds.has(kind))) as FieldRules
  return checks.length > 0 ? { ...others, checks } : others
}

const kept = <Value>(all: Readonly<Record<string, Value>>, keep: (value: Value, key: string) => Value | undefined): Record<string, Value> =>
  Object.fromEntries(Object.entries(all).flatMap(([key, value]) => {
    const rest = keep(value, key)
    return rest === undefined ? [] : [[key, rest] as const]
  }))
