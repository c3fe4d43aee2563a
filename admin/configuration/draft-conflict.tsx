'use client'

import { Button } from '../kit/button.tsx'
import { useText } from '../kit/kit-context.tsx'
import { Banner, BannerActions } from '../kit/surfaces.tsx'
import { Moment } from '../kit/values.tsx'
import { configurationTexts } from '../locales/configuration-texts.ts'
import { documentTexts } from '../locales/document-texts.ts'
import type { DraftConflict } from './use-kept-draft.ts'

type Props = {
  readonly conflict: DraftConflict<unknown> | null
  readonly busy: boolean
  /** Shows both side by side, where that can be shown. */
  readonly onCompare?: () => void
}

/** Two people at the same draft: what was drawn here stays until its author decides. */
export function DraftConflictBanner({ conflict, busy, onCompare }: Props) {
  const say = useText()
  if (!conflict) return null
  const { by, at, keepMine, takeTheirs } = conflict
  return (
    <Banner tone="warning">
      <strong>{by === null ? say(configurationTexts.overtakenGone) : say(configurationTexts.overtaken, { by })}</strong>
      <p>{at === null ? null : <><Moment value={at} /> · </>}{say(configurationTexts.overtakenText)}</p>
      <BannerActions>
        {onCompare ? <Button small onClick={onCompare}>{say(configurationTexts.compareTheirs)}</Button> : null}
        <Button small disabled={busy} onClick={takeTheirs}>{say(documentTexts.reload)}</Button>
        <Button small busy={busy} onClick={() => void keepMine()}>{say(documentTexts.keepMine)}</Button>
      </BannerActions>
    </Banner>
  )
}
