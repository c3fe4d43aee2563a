'use client'

import { useState } from 'react'
import type { RequestProblem } from '../kit/api.ts'
import { Button } from '../kit/button.tsx'
import { useText } from '../kit/kit-context.tsx'
import { ConfirmPanel } from '../kit/side-panel.tsx'
import { ErrorBanner } from '../kit/surfaces.tsx'
import { importTexts } from '../locales/import-texts.ts'
import { CountTiles } from './count-tiles.tsx'
import type { ImportStep, ImportView } from './import-types.ts'
import { ProgressPanel } from './progress-panel.tsx'
import styles from './imports.module.css'

/** Step 4: the run, which goes on without this page. */
export function RunStep({ view, acting, problem, onAct }: { readonly view: ImportView; readonly acting: ImportStep | 'change' | null; readonly problem: RequestProblem | null; readonly onAct: (step: ImportStep) => Promise<boolean> }) {
  const say = useText()
  const [asking, setAsking] = useState(false)
  const isPaused = view.status === 'paused'
  return (
    <>
      <ErrorBanner problem={problem} />
      <ProgressPanel view={view} title={isPaused ? importTexts.pausedTitle : importTexts.running} text={isPaused ? importTexts.pausedText : importTexts.runningText} paused={isPaused}>
        <div className={styles.buttons}>
          {isPaused
            ? <Button look="primary" icon="play" busy={acting === 'resume'} disabled={view.can.resume !== true} onClick={() => void onAct('resume')}>{say(importTexts.resume)}</Button>
            : <Button icon="pause" busy={acting === 'pause'} disabled={view.can.pause !== true} onClick={() => void onAct('pause')}>{say(importTexts.pause)}</Button>}
          <Button danger disabled={view.can.cancel !== true} onClick={() => setAsking(true)}>{say(importTexts.cancel)}</Button>
        </div>
      </ProgressPanel>
      <CountTiles view={view} />
      {asking ? (
        <ConfirmPanel
          danger title={say(importTexts.cancelTitle)} text={say(importTexts.cancelText)} action={say(importTexts.cancel)} busy={acting === 'cancel'} onClose={() => setAsking(false)}
          onConfirm={() => void onAct('cancel').then((done) => { if (done) setAsking(false) })}
        ><ErrorBanner problem={problem} /></ConfirmPanel>
      ) : null}
    </>
  )
}
