import type { ReactNode } from 'react'
import { Button, ButtonLink, IconButton } from '../kit/button.tsx'
import { useText } from '../kit/kit-context.tsx'
import { configurationTexts } from '../locales/configuration-texts.ts'
import styles from './configuration.module.css'

type Props = {
  readonly mayEdit: boolean
  /** How keeping the draft goes. */
  readonly state: 'saved' | 'saving' | 'unsaved'
  /** Whether it is other than what is published. */
  readonly differs: boolean
  readonly undo: (() => void) | undefined
  readonly redo: (() => void) | undefined
  readonly onDiscard: () => void
  /** What else can be done with the draft. */
  readonly children: ReactNode
}

/** Above what is designed: back and forth, whether it is kept, files, giving it up, and the way to publishing it. */
export function DraftTools({ mayEdit, state, differs, undo, redo, onDiscard, children }: Props) {
  const say = useText()
  return (
    <div className={styles.tools}>
      {mayEdit ? (
        <>
          <IconButton icon="undo" label={`${say(configurationTexts.undo)} (Ctrl+Z)`} disabled={!undo} onClick={undo} />
          <IconButton icon="undo" className={styles.mirrored} label={`${say(configurationTexts.redo)} (Ctrl+Y)`} disabled={!redo} onClick={redo} />
          <span role="status" className={styles.faint}>{differs || state !== 'saved' ? say(configurationTexts[state]) : ''}</span>
        </>
      ) : null}
      <span className={styles.spring} />
      {children}
      {mayEdit && differs ? <Button small disabled={state !== 'saved'} onClick={onDiscard}>{say(configurationTexts.discard)}</Button> : null}
      {differs && state === 'unsaved' ? <Button small look="primary" disabled>{say(configurationTexts.publish)} …</Button> : null}
      {differs && state !== 'unsaved' ? <ButtonLink small look="primary" href="/admin/configuration">{say(configurationTexts.publish)} …</ButtonLink> : null}
    </div>
  )
}
