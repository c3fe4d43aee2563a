'use client'

import { Button } from '../../kit/button.tsx'
import { useText } from '../../kit/kit-context.tsx'
import { designerTexts } from '../../locales/designer-texts.ts'
import styles from './designer.module.css'

export type NewPart = 'state' | 'inside' | 'end' | 'group' | 'history'
type Props = { readonly hasState: boolean; readonly isEnd: boolean; readonly mayRemember: boolean; readonly isConnecting: boolean; readonly onAdd: (part: NewPart) => void; readonly onConnect: () => void }

/** What can be put into the drawing, beside what is chosen there. */
export function Palette({ hasState, isEnd, mayRemember, isConnecting, onAdd, onConnect }: Props) {
  const say = useText()
  return (
    <div role="toolbar" aria-label={say(designerTexts.palette)} className={styles.palette}>
      <Button small icon="plus" title="N" onClick={() => onAdd('state')}>{say(designerTexts.addState)}</Button>
      <Button small icon="check" onClick={() => onAdd('end')}>{say(designerTexts.addEnd)}</Button>
      <Button small icon="columns" onClick={() => onAdd('group')}>{say(designerTexts.addGroup)}</Button>
      <Button small icon="box" disabled={!hasState || isEnd} onClick={() => onAdd('inside')}>{say(designerTexts.addInside)}</Button>
      <Button small icon="undo" title={say(designerTexts.addHistoryHelp)} disabled={!mayRemember} onClick={() => onAdd('history')}>{say(designerTexts.addHistory)}</Button>
      <Button small icon="right" title="C" aria-pressed={isConnecting} disabled={!hasState || isEnd} onClick={onConnect}>{say(designerTexts.connect)}</Button>
    </div>
  )
}
