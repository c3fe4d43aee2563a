'use client'

import type { WorkflowPicture } from '../../plugins/core/api/workflows.ts'
import { useText } from '../kit/kit-context.tsx'
import { StateChip } from '../kit/values.tsx'
import { pictureTexts } from '../locales/picture-texts.ts'
import { arrowKey, placesOf, takenOf, type PathStep } from './chart-layout.ts'
import styles from './statechart.module.css'

/** The same life as rows: every step, who may take it and on what conditions. */
export function StatechartTable({ picture, state, history }: { readonly picture: WorkflowPicture; readonly state: string | null; readonly history: readonly PathStep[] }) {
  const say = useText()
  const here = placesOf(state)
  const taken = takenOf(history)
  const nodes = new Map(picture.nodes.map((node) => [node.id, node]))
  const chip = (id: string) => { const node = nodes.get(id); return node ? <StateChip label={node.label} tone={node.tone} /> : null }
  return (
    <div className={styles.tableBox} tabIndex={0} role="region" aria-label={say(pictureTexts.statechart)}>
      <table className={styles.table}>
        <thead><tr>{[pictureTexts.from, pictureTexts.event, pictureTexts.to, pictureTexts.who, pictureTexts.conditions].map((text) => <th key={text.en} scope="col">{say(text)}</th>)}</tr></thead>
        <tbody>
          {picture.arrows.map((arrow) => (
            <tr key={arrow.id} data-next={here.has(arrow.from)}>
              <td>{chip(arrow.from)}{here.has(arrow.from) ? <span className={styles.mark}>{say(pictureTexts.now)}</span> : null}</td>
              <td>
                {say(arrow.label)}{arrow.delay ? <span className={styles.mark}>{say(pictureTexts.after, { delay: arrow.delay })}</span> : null}
                {taken.arrows.has(arrowKey(arrow)) ? <span className={styles.mark}>{say(pictureTexts.taken)}</span> : null}
              </td>
              <td>{arrow.stays ? <span className={styles.faint}>{say(pictureTexts.stays)}</span> : chip(arrow.to)}</td>
              <td>{arrow.automatic ? say(pictureTexts.platform) : arrow.roles.length > 0 ? arrow.roles.map((role) => say(role)).join(', ') : say(pictureTexts.everyone)}</td>
              <td className={styles.faint}>{arrow.guards.map((guard) => say(guard)).join('; ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
