import type { PayloadRequest } from 'payload'
import { isSectionText } from '../../../../config/language/fields.ts'
import type { FieldDefinition } from '../../../../config/language/entity.ts'
import type { Text } from '../../../../config/language/text.ts'
import type { Actor } from '../../access/actor.ts'
import { can, hiddenFields } from '../../access/can.ts'
import { openStore } from '../../data/open-store.ts'
import type { Store } from '../../data/store.ts'
import { formFields } from '../../entities/system-fields.ts'
import { fail } from '../../errors.ts'
import { platformOf } from '../../platform/platform.ts'
import { revisionOf } from '../../platform/publish-revision.ts'
import { isExtensible } from '../../platform/revision-findings.ts'
import { useKinds, type Asked, type Use } from './use.ts'
import { usesInDefinitions } from './uses-in-definitions.ts'
import { usesInImports, usesInKeys, usesInRoles, usesInViews } from './uses-in-records.ts'
import { usesInWorkflows } from './uses-in-workflows.ts'

/** Who and what would notice if a field, or an entity, went out of use or became another. */
export type Impact = {
  /** Records that have a value in it, or records at all; null for whoever may not read them all. */
  readonly filled: number | null
  /** Of a choice: how many records have each option; empty for whoever may not read them all. */
  readonly options: readonly { readonly value: string; readonly label: Text; readonly count: number }[]
  /** In the order of `useKinds`. */
  readonly uses: readonly Use[]
  /** Users beside these that the reader may not know by name: other people's views, imports and keys. */
  readonly unseen: { readonly views: number; readonly imports: number; readonly keys: number }
}

/**
 * Asked before a field goes out of use, changes its type or is offered with fewer options; without a name, before an entity goes out of use.
 * @throws ProblemError 404 for a form that takes no fields, and a field that is not published
 */
export async function impactOf({ payload }: Pick<PayloadRequest, 'payload'>, actor: Actor, { slug, name }: { readonly slug: string; readonly name?: string }): Promise<Impact> {
  const platform = platformOf(payload)
  const entity = platform.entities.get(slug)
  if (!entity || !isExtensible(entity)) fail('unknownEntity', { entity: slug.slice(0, 60) })
  if (name !== undefined && !formFields(entity).some((field) => field.name === name)) fail('notFound', { entity: { en: 'Field', zh: '字段' }, id: name.slice(0, 60) })
  const store = openStore(payload)
  const asked: Asked = { entity, name }
  const reading = { store, actor, platform }
  const [counts, views, roles, imports, keys] = await Promise.all([
    countsOf(store, actor, asked), usesInViews(reading, asked), usesInRoles(reading, asked), usesInImports(reading, asked), usesInKeys(reading, asked),
  ])
  const uses = [...usesInDefinitions(platform, revisionOf(payload).inputs, asked), ...usesInWorkflows(platform, asked), ...[views, roles, imports, keys].flatMap((found) => found.uses)]
  return { ...counts, uses: useKinds.flatMap((kind) => uses.filter((use) => use.kind === kind)), unseen: { views: views.unseen, imports: imports.unseen, keys: keys.unseen } }
}

async function countsOf(store: Store, actor: Actor, { entity, name }: Asked): Promise<Pick<Impact, 'filled' | 'options'>> {
  const { allowed, own } = can(actor, 'read', entity)
  if (!allowed || own || (name !== undefined && hiddenFields(actor, entity).has(name))) return { filled: null, options: [] }
  if (name === undefined) return { filled: await store.count(entity.slug), options: [] }
  const field = formFields(entity).find((one) => one.name === name)
  const [filled, countOf] = await Promise.all([field && isSectionText(field) ? 0 : store.count(entity.slug, { [name]: { exists: true } }), field?.type === 'select' ? countsOfOptions(store, entity.slug, field) : undefined])
  const options = countOf ? (field?.options ?? []).map(({ value, label }) => ({ value, label, count: countOf.get(value) ?? 0 })) : []
  return { filled, options }
}

/** How many records have each option, in one question; of several choices, which stand in no column, in one an option. */
async function countsOfOptions(store: Store, slug: string, { name, many, options = [] }: FieldDefinition): Promise<ReadonlyMap<string, number>> {
  if (many) return new Map(await Promise.all(options.map(async ({ value }) => [value, await store.count(slug, { [name]: { in: [value] } })] as const)))
  return new Map((await store.sum(slug, { groupBy: [name], fields: [] })).map((group) => [String(group[name]), Number(group.count)]))
}
