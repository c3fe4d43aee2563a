'use client'

import type { ReactNode } from 'react'
import type { EventPreview, FieldChange, FigureChange, LineChange } from '../../plugins/core/views/event-preview.ts'
import type { RequestProblem } from '../kit/api.ts'
import { Icon } from '../kit/icon.tsx'
import { useText } from '../kit/kit-context.tsx'
import { Banner, ErrorBanner } from '../kit/surfaces.tsx'
import { Empty, FieldValue, Money } from '../kit/values.tsx'
import { documentTexts } from '../locales/document-texts.ts'
import styles from './change.module.css'

type Props = { readonly preview: EventPreview | null; readonly problem: RequestProblem | null; readonly loading: boolean; readonly shown: ReadonlySet<string> }

/** What the step would do: before → after, what to mind, and which other documents it moves. */
export function EventPreviewBox({ preview, problem, loading, shown }: Props) {
  const say = useText()
  return (
    <section className={styles.preview} aria-label={say(documentTexts.preview)} aria-live="polite" aria-busy={loading}>
      <h3>{say(documentTexts.preview)}</h3>
      {problem ? <ErrorBanner problem={problem} shown={shown} /> : null}
      {preview ? <Effects preview={preview} /> : problem ? null : <p className={styles.hint}>{say(documentTexts.previewHint)}</p>}
    </section>
  )
}

function Effects({ preview }: { readonly preview: EventPreview }) {
  const say = useText()
  const { state, fields, lines, figures, warnings, documents } = preview
  return (
    <>
      {warnings.map((warning) => <Banner key={warning.en} tone="warning">{say(warning)}</Banner>)}
      <dl className={styles.changes}>
        {state ? <Change label={say(documentTexts.state)} before={say(state.before)} after={say(state.after)} /> : null}
        {fields.map((change) => <FieldRow key={change.field.name} change={change} titles={preview.titles} />)}
        {figures.map((figure) => <FigureRow key={figure.name} figure={figure} />)}
      </dl>
      {lines.map((line) => <LineRows key={line.id} line={line} titles={preview.titles} />)}
      {documents.length > 0 ? (
        <ul className={styles.others}>
          {documents.map(({ entity, label, title, kind }, index) => (
            <li key={`${entity}${title}${index}`}>{say(kind === 'created' ? documentTexts.wouldCreate : documentTexts.wouldChange, { what: `${say(label)} ${title}`.trim() })}</li>
          ))}
        </ul>
      ) : null}
    </>
  )
}

function LineRows({ line, titles }: { readonly line: LineChange; readonly titles: EventPreview['titles'] }) {
  const say = useText()
  const kinds = { added: documentTexts.lineAdded, removed: documentTexts.lineRemoved, changed: documentTexts.lineChanged }
  return (
    <div>
      <h4 className={styles.lineTitle}>{say(kinds[line.kind], { line: line.position })}{line.title ? ` · ${line.title}` : ''}</h4>
      <dl className={styles.changes}>{line.fields.filter(({ after, before }) => !(isNothing(before) && isNothing(after))).map((change) => <FieldRow key={change.field.name} change={change} titles={titles} />)}</dl>
    </div>
  )
}

function FieldRow({ change: { field, before, after }, titles }: { readonly change: FieldChange; readonly titles: EventPreview['titles'] }) {
  const say = useText()
  return <Change label={say(field.label)} before={<FieldValue field={field} value={before} titles={titles} dense />} after={<FieldValue field={field} value={after} titles={titles} dense />} />
}

function FigureRow({ figure }: { readonly figure: FigureChange }) {
  const say = useText()
  if (figure.kind === 'money') {
    const money = (value: string | null) => (value === null ? <Empty /> : <Money value={value} bare />)
    return <Change label={say(figure.label)} before={money(figure.before)} after={money(figure.after)} same={figure.before === figure.after} />
  }
  const text = (value: FigureChange['after']) => (value === null || typeof value === 'string' ? <Empty /> : say(value))
  return <Change label={say(figure.label)} before={text(figure.before)} after={text(figure.after)} same={JSON.stringify(figure.before) === JSON.stringify(figure.after)} />
}

function Change({ label, before, after, same = false }: { readonly label: string; readonly before: ReactNode; readonly after: ReactNode; readonly same?: boolean }) {
  const say = useText()
  return (
    <div className={styles.change} data-same={same || undefined}>
      <dt>{label}</dt>
      <dd>
        {same ? <>{after} <span className={styles.same}>{say(documentTexts.unchanged)}</span></> : (
          <><span className={styles.before}>{before}</span><span role="img" aria-label={say(documentTexts.becomes)}><Icon name="right" size={12} /></span><strong>{after}</strong></>
        )}
      </dd>
    </div>
  )
}

/** Zeros of a new line say nothing. */
const isNothing = (value: unknown) => value === null || value === undefined || value === '' || /^0(?:\.0*)?$/.test(String(value))
