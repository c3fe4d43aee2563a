'use client'

import type { EntityFieldsView } from '../../plugins/core/configuration/configuration-view.ts'
import type { EntityDraft, FieldDraft, FormDraft } from '../../plugins/core/configuration/draft-shape.ts'
import { useKeptDraft } from './use-kept-draft.ts'

/** What is prepared for one entity: its own fields, and the rules of all its fields. */
export type Content = {
  readonly fields: readonly FieldDraft[]
  readonly form: FormDraft
  /** Of an entity of the firm: what it is called; null: it is shipped. */
  readonly entity: EntityDraft | null
}

/** The form of an entity in the designer. */
export const useDraft = (initial: EntityFieldsView) => useKeptDraft<Content, EntityFieldsView>({ path: `/api/configuration/fields/${initial.slug}`, initial, contentOf, versionOf, bodyOf })

export const publishedContent = ({ published, publishedForm, publishedEntity }: EntityFieldsView): Content => ({ fields: published, form: publishedForm, entity: publishedEntity })
const contentOf = (view: EntityFieldsView): Content => (view.draft ? { fields: view.draft.fields, form: view.draft.form, entity: view.draft.ownEntity } : publishedContent(view))
const versionOf = ({ draft }: EntityFieldsView): number => draft?.version ?? 0
const bodyOf = ({ fields, form, entity }: Content) => ({ fields, form, ...(entity ? { entity } : {}) })
