'use client'

import { useEffect, useRef, useState, type KeyboardEvent, type Ref } from 'react'
import { kitTexts } from '../locales/texts.ts'
import type { InputProps } from './field-input.tsx'
import { Icon } from './icon.tsx'
import { useText } from './kit-context.tsx'
import styles from './fields.module.css'

/** The browser's own reader of codes (W3C, Shape Detection), where it has one. */
type Detector = { readonly detect: (source: HTMLVideoElement) => Promise<readonly { readonly rawValue: string }[]> }
const detectorOf = () => (globalThis as { BarcodeDetector?: new () => Detector }).BarcodeDetector

/** A text that a scanner types: its Enter goes on to the next field instead of sending the form. Where the browser reads codes, the camera does too. */
export function ScanInput({ field, value, onChange, onBlur, onKeyDown, id, invalid, describedBy, label, bare, placeholder, ref }: InputProps) {
  const say = useText()
  const input = useRef<HTMLInputElement>(null)
  const [canSee, setCanSee] = useState(false)
  const [open, setOpen] = useState(false)
  // The server does not know what the browser can.
  useEffect(() => setCanSee(detectorOf() !== undefined && 'mediaDevices' in navigator), [])
  const keys = (event: KeyboardEvent<HTMLInputElement>) => {
    onKeyDown?.(event)
    if (event.key !== 'Enter' || event.defaultPrevented || event.nativeEvent.isComposing) return
    event.preventDefault()
    nextInput(event.currentTarget)?.focus()
  }
  const found = (code: string) => {
    setOpen(false)
    onChange(code)
    input.current?.focus()
  }
  return (
    <div className={styles.combo} ref={(box) => { input.current = box?.querySelector('input') ?? null }}>
      <input
        ref={ref as Ref<HTMLInputElement>} id={id} name={field.name} autoComplete="off" spellCheck={false} aria-label={label} aria-invalid={invalid || undefined} aria-describedby={describedBy} aria-required={field.required || undefined}
        className={`${styles.input} ${bare ? styles.bare : ''}`} placeholder={placeholder || say(kitTexts.scanHere)} value={typeof value === 'string' ? value : ''} onChange={(event) => onChange(event.target.value)} onKeyDown={keys} onBlur={onBlur}
      />
      {canSee ? <button type="button" className={styles.comboClear} aria-label={`${say(kitTexts.scan)}: ${label ?? say(field.label)}`} aria-expanded={open} onClick={() => setOpen(!open)}><Icon name="scan" size={14} /></button> : null}
      {open ? <Camera onFound={found} onClose={() => setOpen(false)} /> : null}
    </div>
  )
}

function nextInput(from: HTMLElement): HTMLElement | undefined {
  const all = [...(from.closest('form')?.querySelectorAll<HTMLElement>('input:not([type=hidden]):not([disabled]), select, textarea') ?? [])]
  return all[all.indexOf(from) + 1]
}

/** What the camera sees, until there is a code in it. */
function Camera({ onFound, onClose }: { readonly onFound: (code: string) => void; readonly onClose: () => void }) {
  const say = useText()
  const video = useRef<HTMLVideoElement>(null)
  const [isRefused, setRefused] = useState(false)
  const done = useRef(onFound)
  done.current = onFound
  useEffect(() => {
    const Known = detectorOf()
    let stream: MediaStream | undefined
    let isOver = false
    const look = async () => {
      if (!Known) return
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } })
      const screen = video.current
      if (isOver || !screen) return stop()
      screen.srcObject = stream
      await screen.play()
      const detector = new Known()
      for (;;) {
        if (isOver) return
        const [code] = await detector.detect(screen)
        if (code && !isOver) return done.current(code.rawValue)
        await new Promise((resume) => setTimeout(resume, 150))
      }
    }
    const stop = () => stream?.getTracks().forEach((track) => track.stop())
    look().catch(() => { if (!isOver) setRefused(true) })
    return () => {
      isOver = true
      stop()
    }
  }, [])
  return (
    <div className={styles.camera}>
      {isRefused ? <p role="alert">{say(kitTexts.noCamera)}</p> : <video ref={video} muted playsInline aria-label={say(kitTexts.scan)} />}
      <button type="button" onClick={onClose}>{say(kitTexts.close)}</button>
    </div>
  )
}
