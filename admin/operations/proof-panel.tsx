'use client'

import type { SystemHealth } from '../../plugins/core/operations/system-health.ts'
import { Button } from '../kit/button.tsx'
import { useText } from '../kit/kit-context.tsx'
import { Panel } from '../kit/surfaces.tsx'
import { Moment, StateChip } from '../kit/values.tsx'
import { healthTexts } from '../locales/health-texts.ts'
import styles from './operations.module.css'

type Props = { readonly verification: SystemHealth['verification']; readonly mayAct: boolean; readonly busy: boolean; readonly onRun: () => void }

/** What `npm run verify` proves, from the panel: the last result, and a button for another. */
export function ProofPanel({ verification: { open, last }, mayAct, busy, onRun }: Props) {
  const say = useText()
  const failed = last?.checks.filter(({ ok, unfinished }) => !ok && !unfinished).length ?? 0
  const unfinished = last?.checks.filter((check) => check.unfinished).length ?? 0
  const button = mayAct ? <Button small icon="play" busy={open || busy} onClick={onRun}>{say(open ? healthTexts.proving : healthTexts.prove)}</Button> : null
  return (
    <Panel flush title={say(healthTexts.proof)} actions={button}>
      <p className={styles.note}>{say(healthTexts.proofText)}</p>
      {last === null ? <p className={styles.note}>{say(healthTexts.never)}</p> : (
        <p className={styles.note}>
          {last.error === null
            ? <StateChip tone={last.ok ? 'good' : 'bad'} label={filled(last.ok ? healthTexts.holds : failed > 0 ? healthTexts.fails : healthTexts.unfinished, { count: last.ok ? last.checks.length : failed || unfinished, total: last.checks.length })} />
            : <span className={styles.error}>{say(healthTexts.notFinished, { error: last.error })}</span>} <Moment value={last.at} />
        </p>
      )}
      {last && last.checks.length > 0 ? (
        <div className={styles.tableBox} tabIndex={0} role="region" aria-label={say(healthTexts.proof)}>
          <table className={styles.table}>
            <thead><tr><th scope="col">{say(healthTexts.invariant)}</th><th scope="col" className={styles.right}>{say(healthTexts.looked)}</th><th scope="col">{say(healthTexts.found)}</th></tr></thead>
            <tbody>
              {last.checks.map(({ name, label, ok, counted, failures, unfinished }) => (
                <tr key={name}>
                  <td>{say(label)}</td>
                  <td className={styles.right}>{counted.toLocaleString('en')}</td>
                  <td className={ok ? undefined : styles.error}>{ok ? say(healthTexts.good) : unfinished ? say(unfinished) : failures.map((failure) => <div key={failure}>{failure}</div>)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
    </Panel>
  )
}

const filled = (text: { readonly en: string; readonly zh: string }, values: Readonly<Record<string, number>>) => {
  const fill = (pattern: string) => pattern.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))
  return { en: fill(text.en), zh: fill(text.zh) }
}
