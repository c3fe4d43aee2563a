'use client'

import type { ChangeView, HistoryEntryView } from '../../plugins/core/views/history-view.ts'
import { useText } from '../kit/kit-context.tsx'
import { Panel } from '../kit/surfaces.tsx'
import { useTitles } from '../kit/titles-context.tsx'
import { FieldValue, Moment, StateChip } from '../kit/values.tsx'
import { documentTexts } from '../locales/document-texts.ts'
import styles from './around.module.css'

/** Who did what, when and why; what changed on demand. */
export function Timeline({ entries }: { readonly entries: readonly HistoryEntryView[] }) {
  const say = useText()
  return (
    <Panel title={say(documentTexts.timeline)}>
      {entries.length === 0 ? <p className={styles.note}>{say(documentTexts.noHistory)}</p> : null}
      <ol className={styles.timeline}>
        {entries.map((entry) => <Entry key={entry.id} entry={entry} />)}
      </ol>
    </Panel>
  )
}

function Entry({ entry }: { readonly entry: HistoryEntryView }) {
  const say = useText()
  const { who, action, label, from, to, reason, at, changes } = entry
  const did = { create: documentTexts.didCreate, edit: documentTexts.didEdit, discard: documentTexts.didDiscard, import: documentTexts.didImport, migrate: documentTexts.didMigrate, send: null }[action]
  return (
    <li data-tone={to?.tone ?? 'neutral'}>
      <div><strong>{who}</strong>{label ? ' · ' : ' '}{say(label ?? did ?? documentTexts.didEdit)}</div>
      {to && from?.name !== to.name ? <StateChip label={to.label} tone={to.tone} /> : null}
      {reason ? <blockquote>{reason}</blockquote> : null}
      {changes.length > 0 && action !== 'create' ? (
        <details>
          <summary>{say(documentTexts.changes, { count: changes.length })}</summary>
          <ul>{changes.map((change, index) => <Change key={index} change={change} />)}</ul>
        </details>
      ) : null}
      <small><Moment value={at} /></small>
    </li>
  )
}

function Change({ change: { line, field, before, after } }: { readonly change: ChangeView }) {
  const say = useText()
  const { titles } = useTitles()
  if (!field) return <li>{say(after === null ? documentTexts.lineRemoved : documentTexts.lineAdded, { line: line ?? 0 })}</li>
  return (
    <li>
      {line === undefined ? null : say(documentTexts.inLine, { line })}{say(field.label)}: <span className={styles.before}><FieldValue field={field} value={before} titles={titles} /></span> → <FieldValue field={field} value={after} titles={titles} />
    </li>
  )
}
