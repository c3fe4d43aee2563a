import type { PayloadRequest } from 'payload'
import type { PageDefinition } from '../../../config/language/page.ts'
import type { Text } from '../../../config/language/text.ts'
import type { Actor } from '../access/actor.ts'
import { can, hiddenFields } from '../access/can.ts'
import { openStore } from '../data/open-store.ts'
import { isSectionText } from '../../../config/language/fields.ts'
import { formFields } from '../entities/system-fields.ts'
import { fail } from '../errors.ts'
import { platformOf } from '../platform/platform.ts'
import { revisionOf } from '../platform/publish-revision.ts'
import { isExtensible } from '../platform/revision-findings.ts'

/** Who and what would miss a field if it went out of use. */
export type FieldUse = {
  /** Records that have a value in it; null for whoever may not read them all. */
  readonly filled: number | null
  /** Other fields whose rules name it, those of lines too. */
  readonly rules: readonly { readonly field: string; readonly label: Text }[]
  readonly sections: readonly Text[]
  /** Pages of their own that ask for it, enter it or fill it from a code. */
  readonly pages: readonly Text[]
  /** Roles that it is hidden from. */
  readonly roles: readonly Text[]
}

/** @throws ProblemError 404 for a form that takes no fields, and a field that is not published */
export async function fieldUse({ payload }: PayloadRequest, actor: Actor, { slug, name }: { readonly slug: string; readonly name: string }): Promise<FieldUse> {
  const platform = platformOf(payload)
  const entity = platform.entities.get(slug)
  if (!entity || !isExtensible(entity)) fail('unknownEntity', { entity: slug.slice(0, 60) })
  const field = formFields(entity).find((one) => one.name === name)
  if (!field) fail('notFound', { entity: { en: 'Field', zh: '字段' }, id: name.slice(0, 60) })
  const store = openStore(payload)
  const program = platform.forms.get(slug)
  const { allowed, own } = can(actor, 'read', entity)
  const mayCount = allowed && !own && !hiddenFields(actor, entity).has(name)
  const counted = isSectionText(field) ? 0 : mayCount ? store.count(slug, { [name]: { exists: true } }) : null
  const [filled, roles] = await Promise.all([counted, store.find('roles', { sort: 'createdAt' })])
  return {
    filled,
    rules: [
      ...(program?.steps ?? []).filter((step) => step.field.name !== name && step.references.has(name)),
      ...(platform.forms.get(entity.lines?.entity ?? '')?.steps ?? []).filter(({ ofHead: { madeOf, asks } }) => madeOf.has(name) || asks.has(name)),
    ].map((step) => ({ field: step.field.name, label: step.field.label })),
    sections: (program?.layout?.sections ?? []).filter(({ fields }) => fields.includes(name)).map(({ label }) => label),
    pages: Object.values(revisionOf(payload).inputs.pages ?? {}).filter((page) => page.entity === slug && !page.retired && namesField(page, name)).map(({ title }) => title),
    roles: roles.filter(({ permissions }) => (permissions as { entity: string; hiddenFields?: readonly string[] }[]).some(({ entity: of, hiddenFields }) => of === slug && hiddenFields?.includes(name)))
      .map((role) => ({ en: role.name, zh: role.nameZh || role.name })),
  }
}

const namesField = ({ layout, given = {} }: PageDefinition, name: string): boolean => layout.sections.some(({ fields }) => fields.includes(name)) || Object.hasOwn(given, name)
