'use client'

import Link from 'next/link'
import { useCallback, useMemo, useRef, useState } from 'react'
import type { DesignedEntity } from '../../../plugins/core/configuration/simulate/designed-entity.ts'
import type { WorkflowView } from '../../../plugins/core/configuration/workflows/workflow-view.ts'
import { canonicalJson } from '../../../workflows/engine/canonical.ts'
import { DraftConflictBanner } from '../../configuration/draft-conflict.tsx'
import { DraftTools } from '../../configuration/draft-tools.tsx'
import { useCrumb } from '../../frame/crumbs.tsx'
import { Button } from '../../kit/button.tsx'
import { isWriting, useShortcuts } from '../../kit/keyboard.ts'
import { inSentence, useKit, useText } from '../../kit/kit-context.tsx'
import { useUnsaved } from '../../kit/leave-guard.tsx'
import { ConfirmPanel } from '../../kit/side-panel.tsx'
import { EmptyState, ErrorBanner } from '../../kit/surfaces.tsx'
import { configurationTexts } from '../../locales/configuration-texts.ts'
import { designerTexts } from '../../locales/designer-texts.ts'
import { ArrowProperties } from './arrow-properties.tsx'
import { CompareDrafts } from './compare-drafts.tsx'
import { DesignerCanvas } from './designer-canvas.tsx'
import { DesignerFiles } from './designer-files.tsx'
import { layOut } from './designer-layout.ts'
import { parentOf, stateAt, statesIn } from './draft.ts'
import { addEvent, connect, removeArrow, removeEvent } from './draft-arrows.ts'
import { addState, placesIn, removeState, setKind } from './draft-states.ts'
import { EventProperties } from './event-properties.tsx'
import { Palette, type NewPart } from './palette.tsx'
import { marksOfFindings, neighbour, type Chosen, type Direction } from './problem-places.ts'
import { ProblemsPanel } from './problems-panel.tsx'
import { noTrial, Simulator, type Trial } from './simulator.tsx'
import { StateProperties } from './state-properties.tsx'
import { useDesigning, type Designing } from './use-designing.ts'
import { WorkflowProperties } from './workflow-properties.tsx'
import styles from './designer.module.css'

type Mode = 'draw' | 'try' | 'compare'
type Tab = 'canvas' | 'properties' | 'problems'
const modes: readonly Mode[] = ['draw', 'try', 'compare']

/** The workflow of one entity: palette, drawing, properties and problems; a trial of it; and what differs from what is in use. */
export function WorkflowDesigner({ initial, entity }: { readonly initial: WorkflowView; readonly entity: DesignedEntity }) {
  const say = useText()
  const { language } = useKit()
  const designing = useDesigning(initial, entity)
  const { view, definition, problem, conflict, state, undo, redo, discard, flush, chosen, choose, put } = designing
  const [mode, setMode] = useState<Mode>('draw')
  const [tab, setTab] = useState<Tab>('canvas')
  const [source, setSource] = useState<string | null>(null)
  const [trial, setTrial] = useState<Trial>(noTrial)
  const [asksDiscard, setAsksDiscard] = useState(false)
  const screen = useRef<HTMLDivElement>(null)
  const title = say(designerTexts.title, { what: inSentence(say(entity.labels), language) })
  useCrumb({ en: designerTexts.title.en.replace('{what}', entity.labels.en.toLowerCase()), zh: designerTexts.title.zh.replace('{what}', entity.labels.zh) })
  useUnsaved(state !== 'saved', flush)
  const mayDraw = view.mayEdit && mode === 'draw'
  const path = chosen.kind === 'state' ? chosen.path : chosen.kind === 'arrow' ? chosen.arrow.state : null
  // The state that a history state would remember: what is chosen, or what stands around it.
  const remembered = path === null ? null : placesIn(statesIn(definition, path)).length > 0 ? path : parentOf(path)
  const isBlank = Object.keys(definition.states).length === 0

  const isEnd = (at: string | null) => at !== null && ['final', 'history'].includes(stateAt(definition, at)?.type ?? '')
  const focusState = (to: string) => requestAnimationFrame(() => screen.current?.querySelector<HTMLElement>(`[data-state="${CSS.escape(to)}"]`)?.focus())
  const edit = useCallback(() => { setTab('properties'); requestAnimationFrame(() => screen.current?.querySelector<HTMLInputElement>('[data-first] input')?.select()) }, [])
  const add = (part: NewPart) => {
    const parent = part === 'inside' ? path : part === 'history' ? remembered : path === null ? null : parentOf(path)
    const number = String(Object.keys(definition.states).length + 1)
    const numbered = (text: { readonly en: string; readonly zh: string }, of = number) => ({ en: text.en.replace('{number}', of), zh: text.zh.replace('{number}', of) })
    const made = addState(definition, { parent, label: part === 'end' ? designerTexts.newEnd : part === 'group' ? designerTexts.newGroup : part === 'history' ? designerTexts.newHistory : numbered(designerTexts.newState), ...(part === 'end' ? { type: 'final', name: 'done' } : part === 'history' ? { type: 'history', name: 'history' } : {}) })
    if (part !== 'group') put(made.definition, { kind: 'state', path: made.path })
    else {
      // Branches are there from the start: without them it would be no branching.
      const branches = ['1', '2'].reduce((draft, of) => addState(draft, { parent: made.path, label: numbered(designerTexts.newRegion, of), name: 'branch' }).definition, setKind(made.definition, made.path, 'parallel'))
      put(branches, { kind: 'state', path: made.path })
    }
    if (part !== 'group') edit()
  }
  const draw = useCallback((from: string, to: string) => {
    setSource(null)
    const number = String(Object.keys(definition.events).length + 1)
    const made = addEvent(definition, { label: { en: designerTexts.newEvent.en.replace('{number}', number), zh: designerTexts.newEvent.zh.replace('{number}', number) } })
    const outcome = connect(made.definition, { from, to, event: made.event })
    if (designing.attempt(outcome, outcome.arrow ? { kind: 'arrow', arrow: outcome.arrow } : undefined)) { setTab('properties'); requestAnimationFrame(() => screen.current?.querySelector<HTMLInputElement>('[data-properties] [role="group"] input')?.select()) }
  }, [definition, designing])
  const pick = useCallback((next: Chosen, byKey = false) => {
    if (source !== null && next.kind === 'state') return draw(source, next.path)
    choose(next)
    if (byKey) edit()
  }, [source, draw, choose, edit])
  const remove = () => {
    if (chosen.kind === 'state') { const outer = parentOf(chosen.path); put(removeState(definition, chosen.path), outer === null ? { kind: 'workflow' } : { kind: 'state', path: outer }) }
    if (chosen.kind === 'arrow') put(removeArrow(definition, chosen.arrow), { kind: 'state', path: chosen.arrow.state })
    if (chosen.kind === 'event') put(removeEvent(definition, chosen.event), { kind: 'workflow' })
  }
  const go = (event: KeyboardEvent) => {
    if (!(event.target instanceof HTMLElement) || !event.target.closest('[data-canvas]')) return
    event.preventDefault()
    const { states } = layOut(definition, { direction: 'LR', say })
    const focused = event.target.closest<HTMLElement>('[data-state]')?.dataset.state ?? path
    const to = focused === null ? states.find(({ isInitial }) => isInitial)?.path : neighbour(states, focused, event.key as Direction)
    if (to === undefined) return
    if (source === null) choose({ kind: 'state', path: to })
    focusState(to)
  }
  const inCanvas = (run: () => void) => (event: KeyboardEvent) => { event.preventDefault(); run() }
  useShortcuts({
    'mod+z': (event) => { if (isWriting(event.target)) return; event.preventDefault(); if (event.shiftKey) redo?.(); else undo?.() },
    'mod+y': (event) => { if (isWriting(event.target)) return; event.preventDefault(); redo?.() },
    n: inCanvas(() => add('state')), h: inCanvas(() => { if (remembered !== null) add('history') }),
    c: inCanvas(() => { if (path !== null && !isEnd(path)) { setSource(path); focusState(path) } }),
    Delete: inCanvas(remove), Backspace: inCanvas(remove), F2: inCanvas(edit),
    Escape: () => (source === null ? choose({ kind: 'workflow' }) : setSource(null)),
    ArrowLeft: go, ArrowRight: go, ArrowUp: go, ArrowDown: go,
  }, mayDraw && !asksDiscard)
  const problems = useMemo(() => (state === 'saved' ? marksOfFindings(definition, view.findings) : undefined), [state, definition, view.findings])
  const marks = useMemo(() => (mode === 'try' ? trial.marks : problems ? { problems } : {}), [mode, trial.marks, problems])
  // Whatever order the database gives keys in.
  const published = useMemo(() => canonicalJson(view.published), [view.published])
  const differs = useMemo(() => canonicalJson(definition) !== published, [definition, published]) && !(view.published === null && isBlank)
  return (
    <div ref={screen} className={styles.screen}>
      <header className={styles.head}>
        <div>
          <p><Link href={`/admin/configuration/${entity.slug}`} prefetch={false} className={styles.back}>{say(entity.labels)}</Link></p>
          <h1>{title}</h1><p>{say(designerTexts.text)}</p>
        </div>
        <div role="group" aria-label={say(designerTexts.mode)} className={styles.switch}>
          {modes.map((one) => <button key={one} type="button" aria-pressed={mode === one} onClick={() => { setMode(one); setSource(null); setTab(one === 'try' ? 'properties' : 'canvas') }}>{say(designerTexts[one])}</button>)}
        </div>
      </header>
      <ErrorBanner problem={problem} />
      <DraftConflictBanner conflict={conflict} busy={state === 'saving'} onCompare={() => { setMode('compare'); setSource(null); setTab('canvas') }} />
      <DraftTools mayEdit={view.mayEdit} state={state} differs={differs} undo={mode === 'draw' ? undo : undefined} redo={mode === 'draw' ? redo : undefined} onDiscard={() => setAsksDiscard(true)}>
        <DesignerFiles designing={designing} />
      </DraftTools>
      {mode === 'compare' ? <CompareDrafts key={String(conflict !== null)} designing={designing} /> : (
        <>
          <div role="group" aria-label={say(designerTexts.workflow)} className={styles.tabs}>
            {(['canvas', 'properties', 'problems'] as const).map((one) => <button key={one} type="button" aria-pressed={tab === one} onClick={() => setTab(one)}>{say(one === 'properties' && mode === 'try' ? designerTexts.try : designerTexts[one])}{one === 'problems' && view.findings.length > 0 ? ` (${view.findings.length})` : ''}</button>)}
          </div>
          <div className={styles.desk} data-tab={tab}>
            <div className={styles.middle} data-canvas>
              {mayDraw ? <Palette hasState={path !== null} isEnd={isEnd(path)} mayRemember={remembered !== null} isConnecting={source !== null} onAdd={add} onConnect={() => (source === null ? setSource(path) : setSource(null))} /> : null}
              {source === null ? null : <p role="status" className={styles.connecting}>{say(designerTexts.connectFrom, { name: say(stateAt(definition, source)?.label ?? { en: source, zh: source }) })}</p>}
              {isBlank ? (
                <EmptyState icon="graph" title={say(designerTexts.empty)} text={say(designerTexts.emptyText)}>{mayDraw ? <Button look="primary" icon="plus" onClick={() => add('state')}>{say(designerTexts.first)}</Button> : null}</EmptyState>
              ) : (
                <DesignerCanvas definition={definition} label={say(designerTexts.canvas)} marks={marks} {...(mode === 'draw' ? { chosen } : {})} source={source} withMap onChoose={pick} {...(mayDraw ? { onConnect: draw } : {})} />
              )}
              {mayDraw && !isBlank ? <p className={styles.hint}>{say(designerTexts.hint)}</p> : null}
            </div>
            <aside className={styles.side} data-properties aria-label={say(mode === 'try' ? designerTexts.try : designerTexts.properties)}>
              {mode === 'try' ? <Simulator designing={designing} trial={trial} onTrial={setTrial} /> : <Properties designing={designing} />}
            </aside>
            <section className={styles.below} aria-label={say(designerTexts.problems)}>
              <h2>{say(designerTexts.problems)}</h2>
              <ProblemsPanel designing={designing} onShow={() => setTab('canvas')} />
            </section>
          </div>
        </>
      )}
      {asksDiscard ? <ConfirmPanel danger title={say(configurationTexts.discard)} text={say(designerTexts.discard)} action={say(configurationTexts.discard)} onClose={() => setAsksDiscard(false)} onConfirm={() => { setAsksDiscard(false); void discard() }} /> : null}
    </div>
  )
}

/** Not made anew when a name changes: what is being typed stays where it is. */
function Properties({ designing }: { readonly designing: Designing }) {
  const say = useText()
  const { chosen, view } = designing
  const title = { workflow: designerTexts.workflow, state: designerTexts.state, arrow: designerTexts.arrow, event: designerTexts.event }[chosen.kind]
  return (
    <fieldset disabled={!view.mayEdit} className={styles.properties}>
      <h2>{say(title)}</h2>
      {chosen.kind === 'state' ? <StateProperties path={chosen.path} designing={designing} />
        : chosen.kind === 'arrow' ? <ArrowProperties arrow={chosen.arrow} designing={designing} />
          : chosen.kind === 'event' ? <EventProperties event={chosen.event} designing={designing} /> : <WorkflowProperties designing={designing} />}
    </fieldset>
  )
}
