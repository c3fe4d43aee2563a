'use client'

import type { ProcessView, StateFigures, WayFigures } from '../../plugins/core/process/process-view.ts'
import { formatLength } from '../kit/format.ts'
import { useKit, useText } from '../kit/kit-context.tsx'
import { DateText, StateChip } from '../kit/values.tsx'
import { deviationTexts, processTexts } from '../locales/running-texts.ts'
import styles from './process.module.css'

/** A number that leads to the documents behind it. */
function Count({ count, what, onOpen }: { readonly count: number; readonly what: string; readonly onOpen: () => void }) {
  const say = useText()
  return count === 0 ? <span>0</span> : <button type="button" className={styles.count} aria-label={say(processTexts.showDocuments, { what: `${what} ${count}` })} onClick={onOpen}>{count}</button>
}

function Length({ value }: { readonly value: number | null }) {
  const { language } = useKit()
  return <>{value === null ? '–' : formatLength(value, language)}</>
}

export function StatesTable({ states, onVisits, onRework }: { readonly states: readonly StateFigures[]; readonly onVisits: (figures: StateFigures) => void; readonly onRework: (figures: StateFigures) => void }) {
  const say = useText()
  const { state, visits, perDocument, rework, median, most, longest } = processTexts
  return (
    <div className={styles.tableBox} tabIndex={0} role="region" aria-label={say(processTexts.states)}>
      <table className={styles.table}>
        <thead><tr><th scope="col">{say(state)}</th>{[visits, perDocument, rework, median, most, longest].map((text) => <th key={text.en} scope="col" className={styles.right}>{say(text)}</th>)}</tr></thead>
        <tbody>
          {states.map((one) => (
            <tr key={one.state.name}>
              <th scope="row"><StateChip label={one.state.label} tone={one.state.tone} />{one.known ? null : <small className={styles.faint}>{say(processTexts.former)}</small>}</th>
              <td className={styles.right}><Count count={one.visits} what={say(one.state.label)} onOpen={() => onVisits(one)} /></td>
              <td className={styles.right}>{one.documents === 0 ? '–' : (one.visits / one.documents).toFixed(2)}</td>
              <td className={styles.right}><Count count={one.rework} what={say(processTexts.reworkOf, { state: say(one.state.label) })} onOpen={() => onRework(one)} /></td>
              <td className={styles.right}><Length value={one.median} /></td>
              <td className={styles.right}><Length value={one.most} /></td>
              <td className={styles.right}><Length value={one.longest} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** The map as rows, the most frequent first, deviations marked. */
export function WaysTable({ ways, onOpen }: { readonly ways: readonly WayFigures[]; readonly onOpen: (way: WayFigures) => void }) {
  const say = useText()
  const { from, event, to, count, waited, note } = processTexts
  return (
    <div className={styles.tableBox} tabIndex={0} role="region" aria-label={say(processTexts.steps)}>
      <table className={styles.table}>
        <thead><tr>{[from, event, to].map((text) => <th key={text.en} scope="col">{say(text)}</th>)}{[count, waited].map((text) => <th key={text.en} scope="col" className={styles.right}>{say(text)}</th>)}<th scope="col">{say(note)}</th></tr></thead>
        <tbody>
          {ways.map((way) => (
            <tr key={`${way.from?.name ?? ''} ${way.to.name} ${way.event ?? way.label.en}`} data-deviation={way.deviation !== null}>
              <td>{way.from ? <StateChip label={way.from.label} tone={way.from.tone} /> : <span className={styles.faint}>{say(processTexts.start)}</span>}</td>
              <td>{say(way.label)}</td>
              <td><StateChip label={way.to.label} tone={way.to.tone} /></td>
              <td className={styles.right}><Count count={way.count} what={say(way.label)} onOpen={() => onOpen(way)} /></td>
              <td className={styles.right}><Length value={way.median} /></td>
              <td>{way.deviation ? <span className={styles.deviation}>{say(deviationTexts[way.deviation])}</span> : null}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

export function WeeksTable({ weeks }: { readonly weeks: ProcessView['weeks'] }) {
  const say = useText()
  const most = Math.max(1, ...weeks.flatMap(({ begun, ended }) => [begun, ended]))
  return (
    <div className={styles.tableBox} tabIndex={0} role="region" aria-label={say(processTexts.weeks)}>
      <table className={styles.table}>
        <thead><tr><th scope="col">{say(processTexts.week)}</th><th scope="col">{say(processTexts.begun)}</th><th scope="col">{say(processTexts.done)}</th></tr></thead>
        <tbody>
          {weeks.toReversed().map(({ week, begun, ended }) => (
            <tr key={week}><th scope="row"><DateText value={week} /></th><td><Bar value={begun} most={most} /></td><td><Bar value={ended} most={most} isGood /></td></tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const Bar = ({ value, most, isGood = false }: { readonly value: number; readonly most: number; readonly isGood?: boolean }) => (
  <span className={styles.bar}><span>{value}</span><i aria-hidden="true" data-good={isGood} style={{ width: `${Math.round((value / most) * 100)}%` }} /></span>
)
