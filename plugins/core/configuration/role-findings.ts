import type { EntityDefinition, FieldDefinition } from '../../../config/language/entity.ts'
import type { Finding } from '../../../config/language/refusal.ts'
import type { Permission } from '../../../config/language/role.ts'
import type { RevisionInputs } from '../../../config/language/revision.ts'
import type { Text } from '../../../config/language/text.ts'
import { canonicalJson } from '../../../workflows/engine/canonical.ts'
import type { Actor } from '../access/actor.ts'
import { can, hiddenFields } from '../access/can.ts'
import type { Store } from '../data/store.ts'
import type { Platform } from '../platform/platform.ts'
import { compileForm, headOf, ruledFields, saysSomething, type FieldProgram, type FormProgram } from '../forms/compile-form.ts'
import { publishedFieldsOf, publishedFormOf } from '../platform/own-fields.ts'
import { withPublishedFields } from '../platform/published-fields.ts'

type Role = { readonly label: Text; readonly actor: Actor }
type RoleRow = { readonly slug: string; readonly name: string; readonly nameZh?: string | null; readonly permissions: unknown }
type Asked = { readonly wanted: RevisionInputs; readonly published: RevisionInputs; readonly shipped: readonly EntityDefinition[] }

/**
 * What the rules that are to be published mean for people who may not see every field: warnings, for whoever publishes to confirm. What the
 * rules that are published mean for them already was confirmed with those, or with the role, and is not told again.
 */
export async function roleFindings(store: Store, { wanted, published, shipped }: Asked): Promise<readonly Finding[]> {
  const differs = (of: (inputs: RevisionInputs) => unknown) => canonicalJson(of(wanted)) !== canonicalJson(of(published))
  const slugs = [...new Set(Object.keys({ ...wanted.forms, ...wanted.fields }))].filter((slug) => differs((inputs) => publishedFormOf(inputs, slug)) || differs((inputs) => publishedFieldsOf(inputs, slug).filter(saysSomething)))
  if (slugs.length === 0) return []
  const roles = (await store.find('roles', { sort: 'createdAt' })).map(roleOf)
  const known = new Set(findingsOfForms(published, { slugs, shipped, roles }).map(sayingOf))
  return findingsOfForms(wanted, { slugs, shipped, roles }).filter((finding) => !known.has(sayingOf(finding)))
}

const sayingOf = ({ code, path, message }: Finding): string => JSON.stringify([code, path, message.en, message.zh])

function findingsOfForms(inputs: RevisionInputs, { slugs, shipped, roles }: Pick<Asked, 'shipped'> & { readonly slugs: readonly string[]; readonly roles: readonly Role[] }): readonly Finding[] {
  // As they are with these inputs: what is made of what, here and through references.
  const entities = new Map(withPublishedFields([{ slug: 'core', entities: shipped }], inputs).flatMap(({ entities: all = [] }) => all.map((entity) => [entity.slug, entity] as const)))
  return slugs.flatMap((slug) => {
    const entity = entities.get(slug)
    if (!entity) return []
    const owner = entity.kind === 'line' ? entities.get(entity.parent?.entity ?? '') : undefined
    const { program } = compileForm(ruledFields(entity), publishedFormOf(inputs, slug), headOf(entity, entities))
    return findingsOfForm({ entity, owner, program }, roles)
  })
}

/**
 * What the rules that are published mean for the people of one role, with the rights that it shall have: warnings, for whoever changes them
 * to confirm. What was so before is not told again; `before` is absent for a new role.
 */
export function roleChangeFindings({ entities, forms }: Pick<Platform, 'entities' | 'forms'>, after: RoleRow, before: RoleRow | undefined): readonly Finding[] {
  const told = (row: RoleRow) => [...forms].flatMap(([slug, program]) => {
    const entity = entities.get(slug)
    return entity ? findingsOfForm({ entity, owner: entity.kind === 'line' ? entities.get(entity.parent?.entity ?? '') : undefined, program }, [roleOf(row)]) : []
  })
  const known = new Set((before ? told({ ...before, name: after.name, nameZh: after.nameZh ?? null }) : []).map(({ message }) => message.en))
  return told(after).filter(({ message }) => !known.has(message.en))
}

const roleOf = ({ slug, name, nameZh, permissions }: RoleRow): Role => ({
  label: { en: name, zh: nameZh || name }, actor: { id: slug, name, roles: [slug], permissions: permissions as Permission[], language: 'en' },
})

/** `owner`: of lines, their document. */
type Form = { readonly entity: EntityDefinition; readonly owner: EntityDefinition | undefined; readonly program: FormProgram }

function findingsOfForm({ entity, owner, program: { fields, steps, head } }: Form, roles: readonly Role[]): Finding[] {
  const readers = roles.filter(({ actor }) => can(actor, 'read', entity).allowed).map((role) => ({ ...role, hidden: new Set([...hiddenFields(role.actor, entity), ...(owner ? hiddenFields(role.actor, owner) : [])]) }))
  const labels = new Map([...head, ...fields].map((field) => [field.name, field.label]))
  return readers.length > 0 ? steps.flatMap((step) => findingsOf(step, { entity, readers, labels })) : []
}

type Reader = Role & { readonly hidden: ReadonlySet<string> }
type Around = { readonly entity: EntityDefinition; readonly readers: readonly Reader[]; readonly labels: ReadonlyMap<string, Text> }

function findingsOf({ field, madeOf, asks, ofHead, required }: FieldProgram, { entity, readers, labels }: Around): Finding[] {
  const concerned = (names: ReadonlySet<string>, of: readonly Reader[]) => {
    const blind = of.filter(({ hidden }) => [...names].some((name) => hidden.has(name)))
    const unseen = [...names].filter((name) => blind.some(({ hidden }) => hidden.has(name))).map((name) => labels.get(name) ?? { en: name, zh: name })
    return { roles: joined(blind.map(({ label }) => label)), fields: joined(unseen), isAny: blind.length > 0 }
  }
  const finding = (code: string, message: Text): Finding => ({ code, path: `forms.${entity.slug}.rules.${field.name}`, severity: 'warning', message })
  const seers = readers.filter(({ hidden }) => !hidden.has(field.name))
  const made = concerned(new Set([...madeOf, ...ofHead.madeOf]), readers)
  const told = concerned(new Set([...asks, ...ofHead.asks]), seers)
  const writers = readers.filter(({ actor }) => can(actor, 'create', entity).allowed || can(actor, 'edit', entity).allowed)
  const unasked = writers.filter(({ hidden }) => hidden.has(field.name))
  const { signedIn } = field
  const unsigning = signedIn === undefined ? [] : writers.filter(({ hidden }) => hidden.has(signedIn) && !hidden.has(field.name))
  return [
    ...(made.isAny ? [finding('hiddenWith', hiddenWith(field, made))] : []),
    ...(told.isAny ? [finding('rulesTell', rulesTell(field, told))] : []),
    ...(required && unasked.length > 0 ? [finding('notAsked', notAsked(field, joined(unasked.map(({ label }) => label))))] : []),
    ...(signedIn !== undefined && unsigning.length > 0 ? [finding('cannotSign', cannotSign(field, { roles: joined(unsigning.map(({ label }) => label)), fields: labels.get(signedIn) ?? { en: signedIn, zh: signedIn } }))] : []),
  ]
}

type Concerned = { readonly roles: Text; readonly fields: Text }
const hiddenWith = ({ label }: FieldDefinition, { roles, fields }: Concerned): Text => ({
  en: `${label.en} is made of ${fields.en}, which ${roles.en} may not see: it is hidden from them too.`, zh: `“${label.zh}”由${fields.zh}得出，而${roles.zh}无权查看，因此也对其隐藏。`,
})
const rulesTell = ({ label }: FieldDefinition, { roles, fields }: Concerned): Text => ({
  en: `Rules of ${label.en} ask for ${fields.en}, which ${roles.en} may not see: what is shown, asked for or refused lets them conclude what stands there.`,
  zh: `“${label.zh}”的规则用到${fields.zh}，而${roles.zh}无权查看：通过字段的显示、必填或拒绝提示，可推知其内容。`,
})
const notAsked = ({ label }: FieldDefinition, roles: Text): Text => ({
  en: `${label.en} is required by a rule, but ${roles.en} may not see it: they are not asked for it.`, zh: `规则要求填写“${label.zh}”，但${roles.zh}无权查看，因此不会要求其填写。`,
})
const cannotSign = ({ label }: FieldDefinition, { roles, fields }: Concerned): Text => ({
  en: `${label.en} is signed in ${fields.en}, which ${roles.en} may not see: they cannot change it.`, zh: `“${label.zh}”须在“${fields.zh}”中签名，而${roles.zh}无权查看签名字段，因此无法更改。`,
})
const joined = (texts: readonly Text[]): Text => ({ en: texts.map(({ en }) => en).join(', '), zh: texts.map(({ zh }) => zh).join('、') })
