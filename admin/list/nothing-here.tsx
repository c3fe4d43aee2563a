'use client'

import type { EntityView } from '../../plugins/core/views/entity-view.ts'
import { Button, ButtonLink } from '../kit/button.tsx'
import { inSentence, useKit, useText } from '../kit/kit-context.tsx'
import { EmptyState } from '../kit/surfaces.tsx'
import { importTexts } from '../locales/import-texts.ts'
import { listTexts } from '../locales/list-texts.ts'

/** An empty list says what it is for and offers the first step. */
export function NothingHere({ entity, isFiltered, onClear }: { readonly entity: EntityView; readonly isFiltered: boolean; readonly onClear: () => void }) {
  const say = useText()
  const { language } = useKit()
  if (isFiltered) {
    return <EmptyState icon="search" title={say(listTexts.nothingTitle)} text={say(listTexts.nothingText)}><Button onClick={onClear}>{say(listTexts.clearFilters)}</Button></EmptyState>
  }
  const what = inSentence(say(entity.labels), language)
  const one = inSentence(say(entity.label), language)
  const help = entity.help ? `${say(entity.help)} ` : ''
  return (
    <EmptyState title={say(listTexts.emptyTitle, { what })} text={`${help}${say(entity.rights.import ? listTexts.emptyImport : entity.rights.create ? listTexts.emptyCreate : listTexts.emptyText)}`}>
      {entity.rights.create ? <ButtonLink look="primary" icon="plus" href={`/admin/collections/${entity.slug}/create`}>{say(listTexts.create, { what: one })}</ButtonLink> : null}
      {entity.rights.import ? <ButtonLink icon="upload" href={`/admin/imports/new?entity=${entity.slug}`}>{say(importTexts.importInto, { what })}</ButtonLink> : null}
    </EmptyState>
  )
}
