'use client'

import { Button } from '../kit/button.tsx'
import { useText } from '../kit/kit-context.tsx'
import { Banner, ErrorBanner } from '../kit/surfaces.tsx'
import type { RequestProblem } from '../kit/api.ts'
import { importTexts } from '../locales/import-texts.ts'
import { countText, CountTiles } from './count-tiles.tsx'
import type { ImportView } from './import-types.ts'
import { ProblemsPanel } from './problems-panel.tsx'
import styles from './imports.module.css'

/** Step 3: what the dry run found; the good rows may come in now. */
export function CheckStep({ view, busy, problem, onBack, onRun }: { readonly view: ImportView; readonly busy: boolean; readonly problem: RequestProblem | null; readonly onBack: () => void; readonly onRun: () => void }) {
  const say = useText()
  const { counts } = view
  const refusal = view.can.run === true ? '' : say(view.can.run)
  const isNothing = counts.good === 0
  const values = { bad: countText(counts, 'bad'), rows: countText(counts, 'read'), count: countText(counts, 'good') }
  return (
    <>
      <ErrorBanner problem={problem} />
      <CountTiles view={view} />
      {counts.bad === 0 && !isNothing ? <p role="status" className={styles.well}>{say(importTexts.allGood)}</p> : <Banner tone={isNothing ? 'bad' : 'warning'}>{say(isNothing ? importTexts.noneGood : importTexts.someBad, values)}</Banner>}
      {counts.problems > 0 ? <ProblemsPanel id={view.id} title={say(importTexts.problems)} /> : null}
      <footer className={styles.foot}>
        <Button icon="left" onClick={onBack}>{say(importTexts.changeColumns)}</Button>
        <Button look="primary" icon="play" busy={busy} disabled={refusal !== '' || isNothing} title={refusal || undefined} onClick={onRun}>{say(counts.good === 1 ? importTexts.runOne : counts.bad === 0 ? importTexts.runAll : importTexts.run, values)}</Button>
      </footer>
    </>
  )
}
