'use client'

import type { FieldDefinition } from '../../config/language/entity.ts'
import type { PageDefinition, PageKind } from '../../config/language/page.ts'
import type { PageConfigurationView } from '../../plugins/core/pages/page-configuration.ts'
import type { PageDraft } from '../../plugins/core/pages/page-draft.ts'
import { useKeptDraft } from './use-kept-draft.ts'

/** A page in the designer. */
export const usePageDraft = (initial: PageConfigurationView) => useKeptDraft<PageDraft, PageConfigurationView>({ path: `/api/configuration/pages/${initial.slug}`, initial, contentOf, versionOf, bodyOf })

const contentOf = ({ draft, published }: PageConfigurationView): PageDraft => draft?.page ?? published ?? {}
const versionOf = ({ draft }: PageConfigurationView): number => draft?.version ?? 0
const bodyOf = (page: PageDraft) => ({ page })

/** What a page that was begun makes, and which of its fields could be asked for and which are. */
export function fieldsOfPage(view: Pick<PageConfigurationView, 'entities'>, page: PageDraft): { readonly kind: PageKind; readonly all: readonly FieldDefinition[]; readonly askable: readonly FieldDefinition[]; readonly asked: readonly FieldDefinition[] } {
  const kind: PageKind = page.kind === 'public' || page.kind === 'shopFloor' ? page.kind : 'internal'
  const entity = view.entities.find(({ slug }) => slug === page.entity)
  const names = new Set(entity?.askable[kind])
  const placed = new Set(page.layout?.sections.flatMap(({ fields }) => fields as readonly string[] | undefined ?? []))
  const all = entity?.fields ?? []
  return { kind, all, askable: all.filter(({ name }) => names.has(name)), asked: all.filter(({ name }) => placed.has(name)) }
}

/** Without what belongs to another kind of page, so that a change of mind leaves nothing behind. */
export function ofKind(page: PageDraft, kind: unknown): PageDraft {
  const { link, offers, gs1, ...rest } = page
  return { ...rest, kind, ...(kind === 'public' ? { ...(link === undefined ? {} : { link }), ...(offers ? { offers } : {}) } : {}), ...(kind === 'shopFloor' && gs1 ? { gs1 } : {}) }
}

/** A record without an entry, and no record at all when none is left. */
export function withEntry<Value>(record: Readonly<Record<string, Value>> | undefined, name: string, value: Value | undefined): Readonly<Record<string, Value>> | undefined {
  const entries = Object.entries(record ?? {}).filter(([key]) => key !== name)
  const all = value === undefined ? entries : [...entries, [name, value] as const]
  return all.length > 0 ? Object.fromEntries(all) : undefined
}

export const offersOf = (page: PageDraft) => (page.offers ?? {}) as NonNullable<PageDefinition['offers']>
export const givenOf = (page: PageDraft) => (page.given ?? {}) as NonNullable<PageDefinition['given']>
export const gs1Of = (page: PageDraft) => (page.gs1 ?? {}) as NonNullable<PageDefinition['gs1']>
