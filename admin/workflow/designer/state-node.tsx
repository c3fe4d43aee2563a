'use client'

import { Handle, Position, type Node, type NodeProps } from '@xyflow/react'
import type { Tone } from '../../../config/language/entity.ts'
import type { Direction } from '../../kit/graph-layout.ts'
import { Icon } from '../../kit/icon.tsx'
import { useText } from '../../kit/kit-context.tsx'
import { designerTexts } from '../../locales/designer-texts.ts'
import type { DrawnArrow, DrawnState } from './designer-layout.ts'
import type { ChangeKind } from './draft-diff.ts'
import styles from './canvas.module.css'

/** What stands out in a drawing, besides what is drawn. Arrows by their keys, states by their paths. */
export type Marks = {
  readonly problems?: ReadonlyMap<string, 'certain' | 'possible'>
  readonly changes?: ReadonlyMap<string, ChangeKind>
  /** Where a trial stands, and the arrows that it took. */
  readonly here?: ReadonlySet<string>
  readonly taken?: ReadonlySet<string>
}
export type StateData = {
  readonly state: DrawnState
  readonly direction: Direction
  readonly isChosen: boolean
  readonly isSource: boolean
  readonly mayConnect: boolean
  readonly marks: Marks
  readonly isArrowChosen: (arrow: DrawnArrow) => boolean
  /** `byKey`: with Enter, to go on and edit it. */
  readonly onChoose: ((byKey: boolean) => void) | undefined
  readonly onChooseArrow: ((arrow: DrawnArrow) => void) | undefined
}
export type StateBox = Node<StateData & Record<string, unknown>, 'state'>

/** A state in the drawing, with what stays inside it as chips; a box around others where it holds some. */
export function StateNode({ data }: NodeProps<StateBox>) {
  const say = useText()
  const { state: { path, definition, kind, isInitial, inside }, direction, isChosen, isSource, mayConnect, marks, isArrowChosen, onChoose, onChooseArrow } = data
  const label = say(definition.label) || path
  const problem = marks.problems?.get(path)
  const [into, out] = direction === 'LR' ? [Position.Left, Position.Right] : [Position.Top, Position.Bottom]
  const notes = [isInitial ? say(designerTexts.initial) : '', kind === 'final' ? say(designerTexts.end) : '', kind === 'parallel' ? say(designerTexts.parallel) : '', kind === 'history' ? say(designerTexts[definition.history === 'deep' ? 'deep' : 'shallow']) : '', problem ? say(designerTexts.withProblem) : '', marks.changes?.has(path) ? say(designerTexts[marks.changes.get(path) ?? 'changed']) : ''].filter(Boolean)
  return (
    <div
      className={styles.state} data-kind={kind} data-tone={(definition.tone ?? 'neutral') satisfies Tone} data-chosen={isChosen || undefined} data-source={isSource || undefined}
      data-problem={problem} data-change={marks.changes?.get(path)} data-here={marks.here?.has(path) || undefined}
    >
      <Handle type="target" position={into} className={styles.catch} isConnectableStart={false} isConnectable={mayConnect} />
      <button type="button" className={`${styles.head} nodrag`} data-state={path} aria-pressed={onChoose ? isChosen : undefined} disabled={!onChoose} aria-label={[label, ...notes].join(', ')} onClick={(event) => { event.stopPropagation(); onChoose?.(event.detail === 0) }}>
        {isInitial ? <span className={styles.start} /> : null}
        {kind === 'history' ? <span className={styles.memory} data-mark={definition.history === 'deep' ? 'H*' : 'H'} /> : null}
        <span className={styles.name}>{label}</span>
        {kind === 'parallel' ? <Icon name="columns" size={13} /> : kind === 'final' ? <Icon name="check" size={13} /> : null}
        {problem ? <span className={styles.problem} data-certainty={problem}><Icon name="alert" size={13} /></span> : null}
      </button>
      {inside.map((arrow) => (
        <ArrowButton key={arrow.key} arrow={arrow} isInside isChosen={isArrowChosen(arrow)} marks={marks} label={say(designerTexts.stayingArrow, { event: say(arrow.label), from: label })} onChoose={onChooseArrow} />
      ))}
      {kind === 'final' ? null : <Handle type="source" position={out} className={kind === 'history' ? styles.catch : styles.plug} isConnectable={mayConnect && kind !== 'history'} />}
    </div>
  )
}

/** The name of an event on its arrow. */
export function ArrowButton({ arrow, isInside = false, isChosen, marks, label, onChoose }: { readonly arrow: DrawnArrow; readonly isInside?: boolean; readonly isChosen: boolean; readonly marks: Marks; readonly label: string; readonly onChoose: ((arrow: DrawnArrow) => void) | undefined }) {
  const say = useText()
  const problem = marks.problems?.get(arrow.key)
  const change = marks.changes?.get(arrow.key)
  return (
    <button
      type="button" className={`${styles.arrow} nodrag nopan`} data-inside={isInside || undefined} data-chosen={isChosen || undefined} data-problem={problem} data-change={change} data-taken={marks.taken?.has(arrow.key) || undefined} data-arrow={arrow.key}
      aria-pressed={onChoose ? isChosen : undefined} disabled={!onChoose} aria-label={[label, problem ? say(designerTexts.withProblem) : '', change ? say(designerTexts[change]) : ''].filter(Boolean).join(', ')} onClick={(event) => { event.stopPropagation(); onChoose?.(arrow) }}
    >
      {isInside ? <Icon name="refresh" size={11} /> : null}{problem ? <Icon name="alert" size={11} /> : null}{say(arrow.label)}
    </button>
  )
}
