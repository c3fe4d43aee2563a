'use client'

import { useState } from 'react'
import type { ConfigurationView } from '../../plugins/core/configuration/configuration-view.ts'
import { useCommand } from '../kit/api.ts'
import { Button } from '../kit/button.tsx'
import { useText } from '../kit/kit-context.tsx'
import { notify } from '../kit/notify.ts'
import { ConfirmPanel } from '../kit/side-panel.tsx'
import { ErrorBanner, Panel } from '../kit/surfaces.tsx'
import { Moment } from '../kit/values.tsx'
import { configurationTexts } from '../locales/configuration-texts.ts'
import { changeTexts } from '../locales/change-texts.ts'
import { labelsOf } from './publish-panel.tsx'
import { ChangeList } from './change-list.tsx'
import { CompareVersions } from './compare-versions.tsx'
import styles from './configuration.module.css'

type Props = { readonly view: ConfigurationView; readonly onDrafted: () => void }

/** Every version that was in use, with what it changed and a way back to it. */
export function VersionsPanel({ view, onDrafted }: Props) {
  const say = useText()
  const [wanted, setWanted] = useState<number | null>(null)
  const labelOf = labelsOf(view)
  const columns = [configurationTexts.version, configurationTexts.when, configurationTexts.who, configurationTexts.what]
  if (view.versions.length === 0) return <Panel title={say(configurationTexts.versions)}><p className={styles.note}>{say(configurationTexts.versionsNone)}</p></Panel>
  const back = (number: number) => (
    <td>{view.mayEdit && number !== view.revision ? <Button small onClick={() => setWanted(number)}>{say(configurationTexts.goBack)}</Button> : number === view.revision ? <span className={styles.faint}>{say(configurationTexts.current)}</span> : null}</td>
  )
  return (
    <Panel flush title={say(configurationTexts.versions)}>
      <div className={styles.tableBox} tabIndex={0} role="region" aria-label={say(configurationTexts.versions)}>
        <table className={`${styles.table} ${styles.cards}`}>
          <thead><tr>{columns.map((text) => <th key={text.en} scope="col">{say(text)}</th>)}<th scope="col"><span className={styles.srOnly}>{say(configurationTexts.goBack)}</span></th></tr></thead>
          <tbody>
            {view.versions.map(({ number, at, by, changes }) => (
              <tr key={number}>
                <td><strong>{number}</strong></td>
                <td data-label={say(configurationTexts.when)}>{at ? <Moment value={at} /> : null}</td>
                <td data-label={say(configurationTexts.who)}>{by}</td>
                <td><ChangeList changes={changes} labelOf={labelOf} /></td>
                {back(number)}
              </tr>
            ))}
            {view.versions.at(-1)?.number === 1 ? <tr><td><strong>0</strong></td><td /><td /><td>{say(configurationTexts.asShipped)}</td>{back(0)}</tr> : null}
          </tbody>
        </table>
      </div>
      <details className={styles.compareBox}>
        <summary>{say(changeTexts.compare)}</summary>
        <CompareVersions key={view.revision} numbers={[...view.versions.map(({ number }) => number), 0]} labelOf={labelOf} />
      </details>
      {wanted === null ? null : <GoBack number={wanted} onClose={() => setWanted(null)} onDrafted={() => { setWanted(null); onDrafted() }} />}
    </Panel>
  )
}

function GoBack({ number, onClose, onDrafted }: { readonly number: number; readonly onClose: () => void; readonly onDrafted: () => void }) {
  const say = useText()
  const { busy, problem, run } = useCommand()
  const prepare = async () => {
    const answer = await run<{ entities: readonly string[]; pages: readonly string[]; workflows: readonly string[] }>(`/api/configuration/versions/${number}/draft`, { method: 'POST', body: {} })
    if (!answer) return
    notify(answer.entities.length + answer.pages.length + answer.workflows.length > 0 ? say(configurationTexts.goneBack) : say(configurationTexts.sameAsNow, { number }))
    onDrafted()
  }
  return (
    <ConfirmPanel title={say(configurationTexts.goBack)} text={say(configurationTexts.goBackText, { number })} action={say(configurationTexts.goBack)} busy={busy} onClose={onClose} onConfirm={() => void prepare()}>
      <ErrorBanner problem={problem} />
    </ConfirmPanel>
  )
}
