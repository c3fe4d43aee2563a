'use client'

import { useState } from 'react'
import type { Text } from '../../config/language/text.ts'
import type { RequestProblem } from '../kit/api.ts'
import { Button, ButtonLink } from '../kit/button.tsx'
import { inSentence, useKit, useText } from '../kit/kit-context.tsx'
import { ConfirmPanel } from '../kit/side-panel.tsx'
import { Banner, ErrorBanner } from '../kit/surfaces.tsx'
import { importTexts } from '../locales/import-texts.ts'
import { countText, CountTiles } from './count-tiles.tsx'
import type { ImportStep, ImportView } from './import-types.ts'
import { ProblemsPanel } from './problems-panel.tsx'
import styles from './imports.module.css'
import problemStyles from './import-problems.module.css'

type Props = { readonly view: ImportView; readonly acting: ImportStep | 'change' | null; readonly problem: RequestProblem | null; readonly onAct: (step: ImportStep) => Promise<boolean> }

/** Step 5: what came of it, the rows that were left out, and the way back. */
export function DoneStep({ view, acting, problem, onAct }: Props) {
  const say = useText()
  const { language } = useKit()
  const [asking, setAsking] = useState(false)
  const { counts, status } = view
  const values = { created: countText(counts, 'created'), changed: countText(counts, 'changed'), bad: countText(counts, 'bad'), what: inSentence(say(view.entityLabels), language) }
  const refusal = view.can.undo === true ? '' : say(view.can.undo)
  const isUndone = status === 'undone'
  return (
    <>
      <ErrorBanner problem={asking ? null : problem} />
      <section className={problemStyles.outcome} data-tone={status === 'done' ? 'good' : status === 'failed' ? 'bad' : 'neutral'} role="status">
        <h2>{say(titles[status] ?? importTexts.doneTitle)}</h2>
        {status === 'failed' && view.error ? <p>{say(view.error)}</p> : null}
        <p>{say(isUndone ? importTexts.undoneText : status === 'cancelled' ? importTexts.cancelledText : importTexts.doneText, values)}</p>
        {counts.bad > 0 && !isUndone ? <p>{say(importTexts.doneBad, values)}</p> : null}
        <div className={styles.buttons}>
          {status === 'failed' && view.can.resume === true ? <Button look="primary" icon="play" busy={acting === 'resume'} onClick={() => void onAct('resume')}>{say(importTexts.resume)}</Button> : null}
          <ButtonLink href={`/admin/collections/${view.entity}`} look={status === 'done' ? 'primary' : 'plain'}>{say(importTexts.openList)}</ButtonLink>
          <ButtonLink href={`/admin/imports/new?entity=${view.entity}`} icon="upload">{say(importTexts.next)}</ButtonLink>
          {isUndone ? null : <Button danger icon="undo" disabled={refusal !== ''} onClick={() => setAsking(true)}>{say(importTexts.undo)}</Button>}
        </div>
        {refusal && !isUndone ? <p className={problemStyles.faint}>{refusal}</p> : null}
      </section>
      {status !== 'failed' && !isUndone && view.error ? <Banner tone="bad">{say(view.error)}</Banner> : null}
      {view.error && !isUndone ? <ProblemsPanel id={view.id} of="undo" title={say(importTexts.undoRefused)} /> : null}
      <CountTiles view={view} />
      {counts.problems > 0 && !isUndone ? <ProblemsPanel id={view.id} title={say(importTexts.problems)} /> : null}
      {asking ? (
        <ConfirmPanel
          danger title={say(importTexts.undoTitle)} text={say(importTexts.undoText)} action={say(importTexts.undo)} busy={acting === 'undo'} onClose={() => setAsking(false)}
          onConfirm={() => void onAct('undo').then((done) => { if (done) setAsking(false) })}
        ><ErrorBanner problem={problem} /></ConfirmPanel>
      ) : null}
    </>
  )
}

const titles: Partial<Record<ImportView['status'], Text>> = {
  done: importTexts.doneTitle, failed: importTexts.failedTitle, cancelled: importTexts.cancelledTitle, undone: importTexts.undoneTitle,
}
