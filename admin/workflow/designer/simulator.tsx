'use client'

import { useMemo, useState } from 'react'
import { json, relation } from '../../../config/language/fields.ts'
import type { FieldDefinition } from '../../../config/language/entity.ts'
import type { AvailableEvent } from '../../../workflows/engine/available.ts'
import type { SimulatedStep, Simulation } from '../../../plugins/core/configuration/simulate/simulation.ts'
import { useCommand } from '../../kit/api.ts'
import { Button } from '../../kit/button.tsx'
import { LabelledField } from '../../kit/field-input.tsx'
import { formOf, fromForm, spokenOf, type FormValue, type FormValues } from '../../kit/field-values.ts'
import { useText } from '../../kit/kit-context.tsx'
import { ErrorBanner } from '../../kit/surfaces.tsx'
import { Moment, StateChip } from '../../kit/values.tsx'
import { designerTexts } from '../../locales/designer-texts.ts'
import { documentTexts } from '../../locales/document-texts.ts'
import { placesOf } from '../chart-layout.ts'
import { pathsOf } from './draft.ts'
import { Choice, Part } from './kept-inputs.tsx'
import { spokenPath } from './state-properties.tsx'
import type { Marks } from './state-node.tsx'
import type { Designing } from './use-designing.ts'
import { ApprovalSteps, DeadlineText, utc } from './trial-waits.tsx'
import styles from './designer.module.css'

type WantedStep = { readonly event: string; readonly input?: object; readonly reason?: string; readonly system?: boolean }
/** A trial as it goes: what was asked for, and what came of it. */
export type Trial = {
  readonly roles: readonly string[]
  readonly isReal: boolean
  readonly document: string
  readonly values: FormValues
  readonly lines: string
  readonly from: string
  readonly steps: readonly WantedStep[]
  readonly simulation: Simulation | null
  readonly marks: Marks
}
export const noTrial: Trial = { roles: [], isReal: false, document: '', values: {}, lines: '', from: '', steps: [], simulation: null, marks: {} }

type Props = { readonly designing: Designing; readonly trial: Trial; readonly onTrial: (trial: Trial) => void }

/** Tries the draft out: for whom, with what document, step by step; every refusal with its sentence. Nothing is written. */
export function Simulator({ designing, trial, onTrial }: Props) {
  const say = useText()
  const { definition, entity, view } = designing
  const { busy, problem, run } = useCommand()
  const fields = useMemo(() => suppositions(designing), [designing])
  const roles = view.registry.roles.filter(({ slug }) => slug !== 'system')
  const { simulation, steps } = trial
  const put = (changes: Partial<Trial>) => onTrial({ ...trial, ...changes, steps: [], simulation: null, marks: {} })
  const ask = async (wanted: readonly WantedStep[]) => {
    const lines = trial.lines.trim() === '' ? undefined : fromForm(json('lines', designerTexts.lines), trial.lines)
    const data = spokenOf(fields.filter(({ name }) => { const value = trial.values[name]; return value !== undefined && value !== '' && value !== false }), trial.values)
    const about = trial.isReal ? { document: trial.document } : { data, ...(lines === undefined ? {} : { lines }), ...(trial.from === '' ? {} : { state: trial.from }) }
    const answer = await run<Simulation>(`/api/configuration/workflows/${entity.slug}/simulate`, { method: 'POST', body: { definition, roles: trial.roles, ...about, steps: wanted } })
    if (answer) onTrial({ ...trial, steps: wanted, simulation: answer, marks: { here: placesOf(answer.here.state), taken: new Set(answer.steps.flatMap(({ arrows }) => arrows)) } })
  }
  const given = trial.roles[0] ?? ''
  return (
    <div className={styles.properties}>
      <h2>{say(designerTexts.try)}</h2>
      <p className={styles.note}>{say(designerTexts.nothingWritten)}</p>
      <ErrorBanner problem={problem} />
      {simulation === null ? (
        <>
          <Part title={say(designerTexts.asRole)}>
            <div className={styles.chips}>
              {roles.map(({ slug, label }) => (
                <label key={slug} className={styles.chip} data-on={trial.roles.includes(slug)}><input type="checkbox" checked={trial.roles.includes(slug)} onChange={() => put({ roles: trial.roles.includes(slug) ? trial.roles.filter((one) => one !== slug) : [...trial.roles, slug] })} /> {say(label)}</label>
              ))}
            </div>
          </Part>
          <Choice label={say(designerTexts.withDocument)} value={trial.isReal ? 'real' : 'supposed'} options={[{ value: 'supposed', label: say(designerTexts.supposed) }, { value: 'real', label: say(designerTexts.realDocument) }]} onChoose={(one) => put({ isReal: one === 'real' })} />
          {trial.isReal ? (
            <LabelledField field={relation('document', entity.label, { to: entity.slug, required: true })} value={trial.document} onChange={(value) => put({ document: String(value) })} />
          ) : (
            <>
              <Choice label={say(designerTexts.startState)} value={trial.from} options={[{ value: '', label: say(designerTexts.initial) }, ...pathsOf(definition.states).filter((path) => isPlain(designing, path)).map((path) => ({ value: path, label: spokenPath(definition, path, say) }))]} onChoose={(from) => put({ from })} />
              <Part title={say(designerTexts.data)}>
                {fields.map((field) => <LabelledField key={field.name} field={field} value={trial.values[field.name] ?? formOf([field], {})[field.name] ?? ''} onChange={(value) => put({ values: { ...trial.values, [field.name]: value } })} />)}
                {entity.lineFields.length > 0 ? <LabelledField field={json('lines', designerTexts.lines)} value={trial.lines} onChange={(value) => put({ lines: String(value) })} /> : null}
              </Part>
            </>
          )}
          <Button look="primary" icon="play" busy={busy} disabled={given === '' || (trial.isReal && trial.document === '')} onClick={() => void ask([])}>{say(designerTexts.begin)}</Button>
        </>
      ) : (
        <>
          <p className={styles.now}><span>{say(designerTexts.standsNow)}</span> <StateChip label={simulation.here.label} tone={simulation.here.tone} />{simulation.here.done ? ` ${say(designerTexts.over)}` : ''}</p>
          <div className={styles.itemHead}>
            <Button small icon="refresh" disabled={busy} onClick={() => put({})}>{say(designerTexts.beginAgain)}</Button>
            <Button small icon="undo" busy={busy} disabled={steps.length === 0} onClick={() => void ask(steps.slice(0, -1))}>{say(designerTexts.stepBack)}</Button>
          </div>
          {simulation.here.done ? null : (
            <Part title={say(designerTexts.possibleHere)}>
              {simulation.events.length === 0 ? <p className={styles.note}>{say(designerTexts.nothingHere)}</p> : null}
              <ul className={styles.plain}>{simulation.events.map((event) => <li key={event.event}><NextEvent event={event} busy={busy} onSend={(step) => void ask([...steps, step])} /></li>)}</ul>
              {simulation.automatic.length > 0 ? (
                <>
                  <span className={styles.label}>{say(designerTexts.byPlatform)}</span>
                  <div className={styles.itemHead}>
                    {simulation.automatic.map(({ event, label }) => {
                      const timer = [...simulation.timers, ...simulation.deadlines].find((one) => one.event === event)
                      return <Button key={event} small icon="clock" busy={busy} onClick={() => void ask([...steps, { event, system: true }])}>{say(label)}{timer?.due ? <> · <Moment value={timer.due} exact /></> : null}</Button>
                    })}
                  </div>
                </>
              ) : null}
            </Part>
          )}
          {simulation.deadlines.length > 0 ? <Part title={say(designerTexts.runningDeadlines)}><ul className={styles.effects}>{simulation.deadlines.map((one) => <li key={one.key}><DeadlineText deadline={one} /></li>)}</ul></Part> : null}
          {simulation.approvals.length > 0 ? <Part title={say(designerTexts.openApprovals)}>{simulation.approvals.map((one) => <ApprovalSteps key={one.key} approval={one} />)}</Part> : null}
          {simulation.steps.length > 0 ? <Part title={say(designerTexts.stepsTaken)}><ol className={styles.steps}>{simulation.steps.map((step, index) => <li key={index}><Taken step={step} /></li>)}</ol></Part> : null}
        </>
      )}
    </div>
  )
}

/** Where a trial can begin: in a state with nothing inside, and no branch beside it. */
function isPlain({ definition }: Designing, path: string): boolean {
  let states = definition.states
  for (const name of path.split('.')) {
    const state = states[name]
    if (!state || state.type === 'parallel' || state.type === 'history') return false
    states = state.states ?? {}
  }
  return Object.keys(states).length === 0
}

/** What may be supposed of a document: all that its conditions name, and what people fill in themselves. */
function suppositions({ definition, entity: { fields } }: Designing): readonly FieldDefinition[] {
  const text = JSON.stringify(definition.states)
  return fields.filter(({ type }) => !['json', 'table', 'file', 'image', 'signature', 'richText'].includes(type))
    .filter(({ name, required, readOnly }) => text.includes(`"${name}"`) || (required && !readOnly)).map((field): FieldDefinition => ({ ...field, required: false, readOnly: false }))
}

function NextEvent({ event, busy, onSend }: { readonly event: AvailableEvent; readonly busy: boolean; readonly onSend: (step: WantedStep) => void }) {
  const say = useText()
  const [values, setValues] = useState<Readonly<Record<string, FormValue>>>({})
  const [reason, setReason] = useState('')
  const input = spokenOf(event.input.filter(({ name }) => (values[name] ?? '') !== ''), values)
  const send = () => onSend({ event: event.event, ...(Object.keys(input).length > 0 ? { input } : {}), ...(reason.trim() ? { reason: reason.trim() } : {}) })
  return (
    <div className={styles.next}>
      {event.allowed ? event.input.map((field) => <LabelledField key={field.name} field={field} value={values[field.name] ?? formOf([field], {})[field.name] ?? ''} onChange={(value) => setValues({ ...values, [field.name]: value })} />) : null}
      {event.allowed && event.reason ? <LabelledField field={{ name: 'reason', type: 'text', label: documentTexts.reason, ...(event.reason === 'required' ? { required: true } : {}) }} value={reason} onChange={(value) => setReason(String(value))} /> : null}
      <Button small look={event.primary && event.allowed ? 'primary' : 'plain'} busy={busy} onClick={send}>{say(event.label)}</Button>
      {event.refusals.map(({ code, message }, index) => <p key={`${code}${index}`} className={styles.refusal}>{say(message)}</p>)}
    </div>
  )
}

function Taken({ step }: { readonly step: SimulatedStep }) {
  const say = useText()
  const isRefused = step.refusals.length > 0
  const timerText = (text: typeof designerTexts.timerStarted | typeof designerTexts.timerCancelled, { label, due }: SimulatedStep['started'][number]) => say(text, { event: say(label), due: due === null ? say(designerTexts.unknownDue) : utc(due) })
  return (
    <>
      <strong>{say(step.label)}</strong> {isRefused ? <span className={styles.refusedMark}>{say(designerTexts.refusedStep)}</span> : <>→ <StateChip label={step.to.label} tone={step.to.tone} /></>}
      {step.refusals.map(({ code, message }, index) => <p key={`${code}${index}`} className={styles.refusal}>{say(message)}</p>)}
      <ul className={styles.effects}>
        {step.actions.map(({ type, label, tried }, index) => <li key={`${type}${index}`}>{say(label)}{tried ? '' : ` (${say(designerTexts.actionNamed)})`}</li>)}
        {step.cancelled.map((timer) => <li key={timer.key}>{timerText(designerTexts.timerCancelled, timer)}</li>)}
        {step.started.map((timer) => <li key={timer.key}>{timerText(designerTexts.timerStarted, timer)}</li>)}
        {step.deadlines.ended.map(({ key, label }) => <li key={key}>{say(designerTexts.deadlineEnded, { state: say(label) })}</li>)}
        {step.deadlines.begun.map((one) => <li key={one.key}><DeadlineText deadline={one} /></li>)}
        {step.approvals.closed.map(({ key, label }) => <li key={key}>{say(designerTexts.approvalClosed, { state: say(label) })}</li>)}
        {step.approvals.opened.map((one) => <li key={one.key}>{say(designerTexts.approvalOpened)}<ApprovalSteps approval={one} /></li>)}
      </ul>
    </>
  )
}
