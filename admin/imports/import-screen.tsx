'use client'

import { useState } from 'react'
import { useCrumb } from '../frame/crumbs.tsx'
import { inSentence, useKit, useText } from '../kit/kit-context.tsx'
import { StateChip } from '../kit/values.tsx'
import { importStates, importTexts } from '../locales/import-texts.ts'
import { sizeText } from '../operations/sizes.ts'
import { CheckStep } from './check-step.tsx'
import { DoneStep } from './done-step.tsx'
import { ImportSteps } from './import-steps.tsx'
import type { ImportView } from './import-types.ts'
import { MappingStep } from './mapping-step.tsx'
import { ProgressPanel } from './progress-panel.tsx'
import { RunStep } from './run-step.tsx'
import { useImport } from './use-import.ts'
import styles from './imports.module.css'

/** An import from its second step on: which one shows follows from where the import stands. */
export function ImportScreen({ initial }: { readonly initial: ImportView }) {
  const say = useText()
  const { language } = useKit()
  const { view, acting, problem, change, act } = useImport(initial)
  const [isBack, setIsBack] = useState(false)
  useCrumb({ en: view.number, zh: view.number })
  const isMapping = view.status === 'mapping' || (view.status === 'checked' && isBack) || (view.status === 'failed' && view.can.change === true)
  return (
    <div className={styles.screen}>
      <header className={styles.head}>
        <div>
          <h1>{say(importTexts.importInto, { what: inSentence(say(view.entityLabels), language) })} <StateChip {...importStates[view.status]} /></h1>
          <p>{view.number} · {view.fileName} · {sizeText(view.fileBytes)} · {view.createdBy.name}</p>
        </div>
      </header>
      <ImportSteps current={isMapping ? 2 : stepOf[view.status]} />
      {view.status === 'reading' ? <ProgressPanel view={view} title={importTexts.reading} text={importTexts.readingText} /> : null}
      {isMapping ? (
        <MappingStep
          view={view} busy={acting === 'check'} changing={acting === 'change'} problem={problem} onChange={change}
          onCheck={() => void act('check').then((done) => { if (done) setIsBack(false) })}
        />
      ) : null}
      {view.status === 'checking' ? <ProgressPanel view={view} title={importTexts.checking} text={importTexts.checkingText} /> : null}
      {view.status === 'checked' && !isBack ? <CheckStep view={view} busy={acting === 'run'} problem={problem} onBack={() => setIsBack(true)} onRun={() => void act('run')} /> : null}
      {view.status === 'running' || view.status === 'paused' ? <RunStep view={view} acting={acting} problem={problem} onAct={act} /> : null}
      {view.status === 'undoing' ? <ProgressPanel view={view} title={importTexts.undoing} text={importTexts.undoText} /> : null}
      {ended.has(view.status) && !isMapping ? <DoneStep view={view} acting={acting} problem={problem} onAct={act} /> : null}
    </div>
  )
}

const ended: ReadonlySet<ImportView['status']> = new Set(['done', 'failed', 'cancelled', 'undone'])

/** The last step is behind one when the import has ended. */
const stepOf: Readonly<Record<ImportView['status'], number>> = {
  reading: 2, mapping: 2, checking: 3, checked: 3, running: 4, paused: 4, done: 6, failed: 4, cancelled: 5, undoing: 5, undone: 5,
}
