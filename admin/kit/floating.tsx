'use client'

import { useCallback, useEffect, useId, useLayoutEffect, useRef, useState, type KeyboardEvent as ReactKeyboardEvent, type ReactNode, type RefObject } from 'react'
import { createPortal } from 'react-dom'
import styles from './floating.module.css'

type Side = 'start' | 'end'
type Place = { readonly top: number; readonly left: number }

/** Something that floats at an anchor, inside the window; Escape and a click outside close it. A dialog takes the focus and keeps it. */
export function Popover({ anchor, onClose, side = 'start', label, role = 'dialog', matchWidth = false, children }: {
  readonly anchor: RefObject<HTMLElement | null>
  readonly onClose: () => void
  readonly side?: Side
  readonly label: string
  readonly role?: 'dialog' | 'menu' | 'group'
  readonly matchWidth?: boolean
  readonly children: ReactNode
}) {
  const box = useRef<HTMLDivElement>(null)
  const place = usePlace(anchor, box, side)
  const isPlaced = place !== null
  useEffect(() => {
    const start = box.current?.querySelector<HTMLElement>('[data-autofocus]')
    if (isPlaced && role === 'dialog') (start && start.tabIndex >= 0 ? start : focusable(start ?? box.current)[0])?.focus({ preventScroll: true })
  }, [isPlaced, role])
  useEffect(() => {
    const outside = (event: PointerEvent) => {
      const target = event.target as Node
      if (!box.current?.contains(target) && !anchor.current?.contains(target)) onClose()
    }
    const escape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      event.preventDefault()
      event.stopPropagation()
      onClose()
      openerOf(anchor.current)?.focus()
    }
    document.addEventListener('pointerdown', outside)
    document.addEventListener('keydown', escape, true)
    return () => {
      document.removeEventListener('pointerdown', outside)
      document.removeEventListener('keydown', escape, true)
    }
  }, [anchor, onClose])
  return floating(anchor, (
    <div
      ref={box} role={role} aria-label={label} className={styles.popover} onKeyDown={role === 'dialog' ? keepFocus : undefined}
      style={{ ...(place ?? { top: 0, left: 0, visibility: 'hidden' }), ...(matchWidth && anchor.current ? { minWidth: anchor.current.offsetWidth } : {}) }}
    >
      {children}
    </div>
  ))
}

const focusable = (box: HTMLElement | null) => [...(box?.querySelectorAll<HTMLElement>(':is(input, select, textarea, button, a[href]):not([tabindex="-1"], :disabled)') ?? [])]

/** The anchor itself, or the input in it. */
const openerOf = (anchor: HTMLElement | null) => (anchor?.tabIndex === -1 ? focusable(anchor)[0] : anchor)

/** Tab goes round inside the box: what it belongs to may be far away in the page. */
function keepFocus(event: ReactKeyboardEvent<HTMLElement>) {
  if (event.key !== 'Tab') return
  const all = focusable(event.currentTarget)
  const end = event.shiftKey ? all[0] : all[all.length - 1]
  if (document.activeElement !== end && all.length > 0) return
  event.preventDefault()
  all[event.shiftKey ? all.length - 1 : 0]?.focus()
}

/** A button with a menu: arrows move, Escape closes, the first entry has the focus. */
export function Menu({ trigger, label, side = 'end', children }: {
  readonly trigger: (props: { ref: RefObject<HTMLButtonElement | null>; onClick: () => void; 'aria-haspopup': 'menu'; 'aria-expanded': boolean }) => ReactNode
  readonly label: string
  readonly side?: Side
  readonly children: (close: () => void) => ReactNode
}) {
  const anchor = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState(false)
  const close = useCallback(() => setOpen(false), [])
  return (
    <>
      {trigger({ ref: anchor, onClick: () => setOpen(!open), 'aria-haspopup': 'menu', 'aria-expanded': open })}
      {open ? (
        <Popover anchor={anchor} onClose={close} side={side} role="menu" label={label}>
          <MenuItems>{children(close)}</MenuItems>
        </Popover>
      ) : null}
    </>
  )
}

function MenuItems({ children }: { readonly children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null)
  const items = () => [...(box.current?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])]
  useEffect(() => items()[0]?.focus(), [])
  const move = (event: ReactKeyboardEvent) => {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 }
    const step = steps[event.key]
    if (step === undefined) return
    event.preventDefault()
    const all = items()
    const at = all.indexOf(document.activeElement as HTMLElement)
    all[(at + step + all.length) % all.length]?.focus()
  }
  return <div ref={box} role="presentation" onKeyDown={move}>{children}</div>
}

/** An entry of a menu. `why`: the sentence that refuses it; it then stays readable but does nothing. */
export function MenuItem({ onSelect, why, danger = false, children }: { readonly onSelect: () => void; readonly why?: string; readonly danger?: boolean; readonly children: ReactNode }) {
  return (
    <button type="button" role="menuitem" aria-disabled={why ? true : undefined} className={`${styles.item} ${danger ? styles.danger : ''}`} onClick={() => { if (!why) onSelect() }}>
      <span>{children}{why ? <span className={styles.why}>{why}</span> : null}</span>
    </button>
  )
}

/** What the entries below it have in common. */
export function MenuHeading({ text, help }: { readonly text: string; readonly help: string }) {
  return <div role="presentation" className={styles.heading}><strong>{text}</strong><small>{help}</small></div>
}

/** A sentence that shows while its button has the pointer or the focus; screen readers read it as its description. */
export function Tooltip({ text, children }: { readonly text: string; readonly children: (describedBy: string | undefined) => ReactNode }) {
  const anchor = useRef<HTMLSpanElement>(null)
  const id = useId()
  const [open, setOpen] = useState(false)
  if (!text) return <>{children(undefined)}</>
  return (
    <span ref={anchor} onPointerEnter={() => setOpen(true)} onPointerLeave={() => setOpen(false)} onFocus={() => setOpen(true)} onBlur={() => setOpen(false)}>
      {children(id)}
      <span id={id} hidden>{text}</span>
      {open ? <Bubble anchor={anchor} text={text} /> : null}
    </span>
  )
}

function Bubble({ anchor, text }: { readonly anchor: RefObject<HTMLElement | null>; readonly text: string }) {
  const box = useRef<HTMLDivElement>(null)
  const place = usePlace(anchor, box, 'start')
  return floating(anchor, <div ref={box} aria-hidden="true" className={styles.tooltip} style={place ?? { top: 0, left: 0, visibility: 'hidden' }}>{text}</div>)
}

/** A modal dialog is in the browser's top layer: what floats over it must be inside it. */
function floating(anchor: RefObject<HTMLElement | null>, content: ReactNode) {
  return createPortal(content, anchor.current?.closest('dialog') ?? document.body)
}

function usePlace(anchor: RefObject<HTMLElement | null>, box: RefObject<HTMLElement | null>, side: Side): Place | null {
  const [place, setPlace] = useState<Place | null>(null)
  useLayoutEffect(() => {
    const measure = () => {
      const at = anchor.current?.getBoundingClientRect()
      const own = box.current?.getBoundingClientRect()
      if (!at || !own) return
      const below = at.bottom + 4
      const fits = below + own.height <= window.innerHeight - 8
      const wanted = side === 'start' ? at.left : at.right - own.width
      const next = {
        top: Math.round(fits || at.top < own.height + 12 ? below : at.top - own.height - 4),
        left: Math.round(Math.max(8, Math.min(wanted, window.innerWidth - own.width - 8))),
      }
      setPlace((old) => (old?.top === next.top && old.left === next.left ? old : next))
    }
    measure()
    const observer = new ResizeObserver(measure)
    if (box.current) observer.observe(box.current)
    window.addEventListener('scroll', measure, true)
    window.addEventListener('resize', measure)
    return () => {
      observer.disconnect()
      window.removeEventListener('scroll', measure, true)
      window.removeEventListener('resize', measure)
    }
  }, [anchor, box, side])
  return place
}
