'use client'

import { Button, ButtonLink } from '../kit/button.tsx'
import { useText } from '../kit/kit-context.tsx'
import { EmptyState } from '../kit/surfaces.tsx'
import { frameTexts } from '../locales/texts.ts'
import { useSearch } from './open-search.ts'

/** An address below /admin that leads nowhere, and the ways on. */
export function NotFoundPage() {
  const say = useText()
  const search = useSearch()
  return (
    <EmptyState icon="search" title={say(frameTexts.notFound)} text={say(search ? frameTexts.notFoundText : frameTexts.notFoundOutside)}>
      <ButtonLink href="/admin" icon="home" look="primary">{say(frameTexts.home)}</ButtonLink>
      {search ? <Button icon="search" onClick={search}>{say(frameTexts.search)}</Button> : null}
    </EmptyState>
  )
}
