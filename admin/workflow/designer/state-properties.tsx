'use client'

import { json } from '../../../config/language/fields.ts'
import type { Tone } from '../../../config/language/entity.ts'
import { keyOf } from '../../configuration/field-settings.ts'
import { Button, IconButton } from '../../kit/button.tsx'
import { useText } from '../../kit/kit-context.tsx'
import { designerTexts, toneTexts } from '../../locales/designer-texts.ts'
import { ApprovalSection } from './approval-section.tsx'
import { isWithin, nameOf, parentOf, pathsOf, stateAt, type Draft } from './draft.ts'
import { leadsTo, removeTimer, setJoin, setTimer, targetOf } from './draft-arrows.ts'
import { isInitial, kindOf, mayRemember, moveState, removeState, renameState, setInitial, setKind, setState, type StateKind } from './draft-states.ts'
import { Box, Choice, KeptField, KeptText, Part, TextPair } from './kept-inputs.tsx'
import { SlaSection } from './sla-section.tsx'
import type { Designing } from './use-designing.ts'
import styles from './designer.module.css'

const kinds = { ordinary: designerTexts.ordinary, final: designerTexts.final, parallel: designerTexts.parallel, history: designerTexts.history } as const
/** What has an input of its own; all else of a state is shown as it is written. */
const known: ReadonlySet<string> = new Set(['label', 'tone', 'type', 'initial', 'states', 'on', 'after', 'onDone', 'editable', 'discardable', 'resting', 'approval', 'sla', 'history', 'target'])

/** Everything that can be said of a state. */
export function StateProperties({ path, designing }: { readonly path: string; readonly designing: Designing }) {
  const say = useText()
  const { definition, put, attempt } = designing
  const state = stateAt(definition, path)
  if (!state) return null
  const set = (changes: Readonly<Record<string, unknown>>) => put(setState(definition, path, changes))
  const parent = parentOf(path)
  const isHistory = state.type === 'history'
  const isEnd = state.type === 'final' || isHistory
  const inner = Object.keys(state.states ?? {})
  const labelled = (label: typeof state.label) => {
    const named = setState(definition, path, { label })
    // A name that nobody chose follows the label, until someone has chosen one.
    const wish = /^(state|history)\d*$/.test(nameOf(path)) && label.en.trim() ? keyOf(label.en, new Set(pathsOf(definition.states).map((one) => nameOf(one).toLowerCase())), 'state') : nameOf(path)
    const renamed = renameState(named, path, wish)
    if (renamed.ok) put(renamed.definition, { kind: 'state', path: parent === null ? wish : `${parent}.${wish}` })
    else put(named)
  }
  const rename = (name: string) => attempt(renameState(definition, path, name), { kind: 'state', path: parent === null ? name : `${parent}.${name}` })
  const move = (to: string) => attempt(moveState(definition, path, to === '' ? null : to), { kind: 'state', path: to === '' ? nameOf(path) : `${to}.${nameOf(path)}` })
  const others = Object.fromEntries(Object.entries(state).filter(([name]) => !known.has(name)))
  const keepOthers = (next: unknown) => set({ ...Object.fromEntries(Object.keys(others).map((name) => [name, undefined])), ...(typeof next === 'object' && next !== null ? next : {}) })
  return (
    <>
      <TextPair first label={say(designerTexts.name)} value={state.label} onKeep={labelled} />
      <div className={styles.two}>
        <Choice label={say(designerTexts.kind)} value={kindOf(state)} options={Object.entries(kinds).map(([value, text]) => ({ value, label: say(text), disabled: (value === 'final' && inner.length > 0) || (value === 'history' && !mayRemember(definition, path)) }))} onChoose={(kind) => put(setKind(definition, path, kind as StateKind))} />
        {isHistory ? <Choice label={say(designerTexts.remembers)} value={state.history ?? 'shallow'} options={(['shallow', 'deep'] as const).map((value) => ({ value, label: say(designerTexts[value]) }))} onChoose={(history) => set({ history })} /> : <Choice label={say(designerTexts.tone)} value={state.tone ?? 'neutral'} options={Object.entries(toneTexts).map(([value, text]) => ({ value, label: say(text) }))} onChoose={(tone) => set({ tone: tone === 'neutral' ? undefined : tone as Tone })} />}
      </div>
      {isHistory ? <DefaultTarget path={path} designing={designing} /> : <div className={styles.boxes}>
        <Box label={say(designerTexts.beginsHere)} checked={isInitial(definition, path)} disabled={isInitial(definition, path) || (parent !== null && stateAt(definition, parent)?.type === 'parallel')} onChange={() => put(setInitial(definition, path))} />
        <Box label={say(designerTexts.editable)} checked={state.editable === true} onChange={(on) => set({ editable: on || undefined })} />
        <Box label={say(designerTexts.discardable)} checked={state.discardable === true} onChange={(on) => set({ discardable: on || undefined })} />
        {isEnd ? null : <Box label={say(designerTexts.resting)} checked={state.resting === true} onChange={(on) => set({ resting: on || undefined })} />}
      </div>}
      {isEnd ? null : <Timers path={path} designing={designing} />}
      {isEnd ? null : <SlaSection path={path} designing={designing} />}
      {isEnd ? null : <ApprovalSection path={path} designing={designing} />}
      {inner.length > 0 ? (
        <Choice
          label={`${say(designerTexts.join)}, ${say(designerTexts.goesTo)}`} value={state.onDone ? leadsTo(definition, { state: path }, state.onDone.target) ?? state.onDone.target : ''}
          options={[{ value: '', label: say(designerTexts.nowhere) }, ...pathsOf(definition.states).filter((one) => one !== path && !isWithin(one, path)).map((one) => ({ value: one, label: spokenPath(definition, one, say) }))]}
          onChoose={(to) => put(setJoin(definition, path, to === '' ? undefined : to))}
        />
      ) : null}
      <details className={styles.more}>
        <summary>{say(designerTexts.others)}</summary>
        <div className={styles.labelled}><span className={styles.label}>{say(designerTexts.key)}</span><KeptText label={say(designerTexts.key)} value={nameOf(path)} onKeep={rename} /></div>
        <Choice label={say(designerTexts.standsIn)} value={parent ?? ''} options={[{ value: '', label: say(designerTexts.top) }, ...pathsOf(definition.states).filter((one) => !isWithin(one, path) && !['final', 'history'].includes(stateAt(definition, one)?.type ?? '')).map((one) => ({ value: one, label: spokenPath(definition, one, say) }))]} onChoose={move} />
        <KeptField field={json('others', designerTexts.others, { help: designerTexts.othersHelp })} value={Object.keys(others).length > 0 ? others : undefined} onKeep={keepOthers} />
      </details>
      <Button small danger icon="trash" onClick={() => put(removeState(definition, path), parent === null ? { kind: 'workflow' } : { kind: 'state', path: parent })}>{say(designerTexts.remove)}</Button>
    </>
  )
}

/** Where a history state leads while nothing is remembered: a state that it could remember. */
function DefaultTarget({ path, designing: { definition, put } }: { readonly path: string; readonly designing: Designing }) {
  const say = useText()
  const parent = parentOf(path)
  const { history, target } = stateAt(definition, path) ?? {}
  const inside = pathsOf(definition.states).filter((one) => parent !== null && one !== parent && isWithin(one, parent) && stateAt(definition, one)?.type !== 'history' && (history === 'deep' || parentOf(one) === parent))
  const now = leadsTo(definition, { state: path }, target)
  return (
    <>
      <Choice
        label={say(designerTexts.defaultTarget)} value={now ?? target ?? ''}
        options={[...(now !== undefined && now !== null && inside.includes(now) ? [] : [{ value: now ?? target ?? '', label: now ? spokenPath(definition, now, say) : target ?? say(designerTexts.nowhere) }]), ...inside.map((one) => ({ value: one, label: spokenPath(definition, one, say) }))]}
        onChoose={(to) => put(setState(definition, path, { target: targetOf(definition, path, to) }))}
      />
      <p className={styles.hint}>{say(designerTexts.historyHelp)}</p>
    </>
  )
}

/** "Running / Inspection". */
export function spokenPath(definition: Draft, path: string, say: ReturnType<typeof useText>): string {
  return path.split('.').map((name, index, names) => { const label = stateAt(definition, names.slice(0, index + 1).join('.'))?.label; return (label && say(label)) || name }).join(' / ')
}

function Timers({ path, designing }: { readonly path: string; readonly designing: Designing }) {
  const say = useText()
  const { definition, view, put, attempt } = designing
  const after = Object.entries(stateAt(definition, path)?.after ?? {})
  const events = Object.entries(definition.events).map(([value, { label }]) => ({ value, label: say(label) || value }))
  const [first] = events
  const add = () => first && attempt(setTimer(definition, path, { delay: ['P1D', 'P2D', 'P3D', 'P7D', 'P14D', 'P30D'].find((delay) => !after.some(([one]) => one === delay)) ?? `P${after.length + 31}D`, event: first.value }))
  return (
    <Part title={say(designerTexts.timers)} {...(after.length > 0 ? { note: `${say(designerTexts.delayHelp)}${view.registry.delays.length > 0 ? ` ${view.registry.delays.map(({ type, label }) => `${type}: ${say(label)}`).join('; ')}` : ''}` } : {})}>
      {after.map(([delay, event], index) => {
        const name = say(designerTexts.timer, { number: index + 1 })
        return (
          <fieldset key={delay} className={styles.item}>
            <legend className={styles.srOnly}>{name}</legend>
            <div className={styles.itemHead}>
              <KeptText label={`${name}: ${say(designerTexts.delay)}`} value={delay} onKeep={(next) => attempt(setTimer(definition, path, { former: delay, delay: next.trim(), event }))} />
              <Choice hideLabel label={`${name}: ${say(designerTexts.sends)}`} value={event} options={events} onChoose={(next) => attempt(setTimer(definition, path, { former: delay, delay, event: next }))} />
              <IconButton small icon="trash" label={say(designerTexts.removeWhat, { what: name })} onClick={() => put(removeTimer(definition, path, delay))} />
            </div>
          </fieldset>
        )
      })}
      <Button small icon="clock" disabled={!first} onClick={add}>{say(designerTexts.addTimer)}</Button>
    </Part>
  )
}
