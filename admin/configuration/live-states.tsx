'use client'

import type { LiveState } from '../../plugins/core/configuration/workflows/live-documents.ts'
import { lossesIn, type TargetState } from '../../workflows/engine/targets.ts'
import { useText } from '../kit/kit-context.tsx'
import { migrationTexts } from '../locales/migration-texts.ts'
import styles from './configuration.module.css'
import live from './live-documents.module.css'
import { StateChoice, labelOf } from './state-choice.tsx'

type Props = {
  readonly states: readonly LiveState[]
  readonly targets: readonly TargetState[]
  readonly goes: (one: LiveState) => string
  readonly mayChoose: boolean
  readonly onChoose: (state: string, to: string) => void
}

/** One line a version and state. What is chosen for a state holds for it in all versions. */
export function LiveStates({ states, targets, goes, mayChoose, onChoose }: Props) {
  const say = useText()
  const columns = [migrationTexts.version, migrationTexts.state, migrationTexts.count, migrationTexts.fate, migrationTexts.goesTo]
  return (
    <div className={styles.tableBox} tabIndex={0} role="region" aria-label={say(migrationTexts.title)}>
      <table className={`${styles.table} ${styles.cards} ${live.table}`}>
        <thead><tr>{columns.map((text) => <th key={text.en} scope="col">{say(text)}</th>)}</tr></thead>
        <tbody>
          {states.map((one) => {
            const to = goes(one)
            const kind = to === '' ? 'staying' : to === one.state ? 'safe' : 'mappable'
            return (
              <tr key={`${one.hash}${one.state}`}>
                <td data-label={say(migrationTexts.version)}>{one.version}</td>
                <td><strong>{say(one.label)}</strong></td>
                <td data-label={say(migrationTexts.count)}>{one.count}</td>
                <td data-label={say(migrationTexts.fate)}><span className={`${styles.change} ${live.fate}`} data-kind={kind === 'safe' ? 'added' : kind === 'mappable' ? 'changed' : undefined}>{say(migrationTexts[kind])}</span></td>
                <td data-label={say(migrationTexts.goesTo)} data-wide>
                  <div className={live.choice}>
                    {mayChoose ? (
                      <StateChoice states={targets} value={to} label={`${say(migrationTexts.goesTo)}: ${say(one.label)}`} none={say(migrationTexts.stay)} onChoose={(state) => onChoose(one.state, state)} />
                    ) : say(to === '' ? migrationTexts.stay : labelOf(targets, to) ?? one.label)}
                    {lossesOf(one, to).map(({ label, kind: how }) => <p key={label.en} className={live.loss} role="note">{say(migrationTexts[how], { region: say(label) })}</p>)}
                  </div>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

/** What documents of a state lose where they are put. */
export function lossesOf({ state, progress }: LiveState, to: string) {
  return to === '' || to === state ? [] : lossesIn(progress, to)
}
