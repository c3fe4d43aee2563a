'use client'

import { useEffect, useId, useRef, type FormEvent, type KeyboardEvent, type ReactNode } from 'react'
import { kitTexts } from '../locales/texts.ts'
import { Button, IconButton } from './button.tsx'
import { useText } from './kit-context.tsx'
import styles from './side-panel.module.css'

type SidePanelProps = {
  readonly title: string
  readonly onClose: () => void
  readonly wide?: boolean
  /** For a question of a few lines: in the middle, as high as what it says. */
  readonly small?: boolean
  readonly children: ReactNode
  /** Buttons of the panel; the panel is a form when `onSubmit` is given. */
  readonly foot?: ReactNode
  readonly onSubmit?: () => void
}

/** A sheet at the right edge over the page: the browser keeps the focus in it, Escape closes it. */
export function SidePanel({ title, onClose, wide = false, small = false, children, foot, onSubmit }: SidePanelProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  const say = useText()
  useEffect(() => {
    const shown = dialog.current
    if (shown && !shown.open) shown.showModal()
    const field = shown?.querySelector<HTMLElement>(`.${styles.body} :is(input:not([type="hidden"]), textarea, select)`)
    const target = field ?? shown?.querySelector<HTMLElement>('[data-autofocus]')
    target?.focus()
    return () => shown?.close()
  }, [])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation()
    onSubmit?.()
  }
  const content = (
    <>
      <header className={styles.head}>
        <h2 id={id}>{title}</h2>
        <IconButton icon="close" label={say(kitTexts.close)} onClick={onClose} />
      </header>
      <div className={styles.body}>{children}</div>
      {foot ? <footer className={styles.foot}>{foot}</footer> : null}
    </>
  )
  return (
    <dialog
      ref={dialog} aria-labelledby={id} className={`${styles.panel} ${wide ? styles.wide : ''} ${small ? styles.small : ''}`}
      onCancel={(event) => { event.preventDefault(); onClose() }}
      onPointerDown={(event) => { if (event.target === dialog.current) onClose() }}
    >
      {onSubmit ? <form onSubmit={submit} onKeyDown={submitByKey} noValidate style={{ display: 'contents' }}>{content}</form> : content}
    </dialog>
  )
}

/** Ctrl+Enter sends from anywhere in the panel, also from a text of several lines. */
function submitByKey(event: KeyboardEvent<HTMLFormElement>) {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
  event.preventDefault()
  const button = event.currentTarget.querySelector<HTMLButtonElement>('button[type="submit"]:not(:disabled)')
  if (button) event.currentTarget.requestSubmit(button)
}

/** Asks before something that is hard to take back. */
export function ConfirmPanel({ title, text, action, danger = false, busy = false, onConfirm, onClose, children }: {
  readonly title: string
  readonly text: string
  readonly action: string
  readonly danger?: boolean
  readonly busy?: boolean
  readonly onConfirm: () => void
  readonly onClose: () => void
  readonly children?: ReactNode
}) {
  const say = useText()
  return (
    <SidePanel
      title={title} onClose={onClose} onSubmit={onConfirm} small={!children}
      foot={<><Button onClick={onClose}>{say(kitTexts.cancel)}</Button><Button type="submit" look="primary" danger={danger} busy={busy} data-autofocus>{action}</Button></>}
    >
      <p className={styles.help}>{text}</p>
      {children}
    </SidePanel>
  )
}
