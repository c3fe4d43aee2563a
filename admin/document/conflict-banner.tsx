'use client'

import { Button } from '../kit/button.tsx'
import { useText } from '../kit/kit-context.tsx'
import { Banner, BannerActions } from '../kit/surfaces.tsx'
import { documentTexts } from '../locales/document-texts.ts'
import type { useDocument } from './use-document.ts'

/** Two people at the same document: what was typed stays until its writer decides. */
export function ConflictBanner({ open }: { readonly open: ReturnType<typeof useDocument> }) {
  const say = useText()
  return (
    <Banner tone="warning">
      <strong>{say(documentTexts.conflictTitle)}</strong>
      <BannerActions>
        <Button small onClick={() => void open.reload()}>{say(documentTexts.reload)}</Button>
        <Button small onClick={() => void open.save({ overwrite: true })}>{say(documentTexts.keepMine)}</Button>
      </BannerActions>
    </Banner>
  )
}
