'use client'

import { useState } from 'react'
import { positionOfDevice, positionText, readPosition, writePosition, type Position } from '../../config/language/position.ts'
import type { Text } from '../../config/language/text.ts'
import { placeTexts } from '../locales/place-texts.ts'
import { Button } from './button.tsx'
import type { InputProps } from './field-input.tsx'
import { useText } from './kit-context.tsx'
import { MapLink } from './position-value.tsx'
import fields from './fields.module.css'
import styles from './position.module.css'

/** A place on earth: typed in degrees of any usual form, or where this device is. */
export function PositionInput({ field, value, onChange, onBlur, onKeyDown, id, invalid, describedBy, label }: InputProps) {
  const say = useText()
  const [typed, setTyped] = useState<string | null>(null)
  const { asks, told, ask } = useDevice((position) => { setTyped(null); onChange(writePosition(position)) })
  const text = typeof value === 'string' ? value : ''
  const position = readPosition(text)
  const leave = () => {
    if (position) { setTyped(null); onChange(writePosition(position)) }
    onBlur?.()
  }
  return (
    <span className={styles.place}>
      <input
        id={id} name={field.name} className={`${fields.input} ${styles.input}`} autoComplete="off" placeholder="47.3769, 8.5417" aria-label={label} aria-invalid={invalid || undefined} aria-describedby={describedBy} aria-required={field.required || undefined}
        value={typed ?? (position ? positionText(position) : text)} onKeyDown={onKeyDown} onBlur={leave} onChange={(event) => { setTyped(event.target.value); onChange(event.target.value) }}
      />
      <Button small icon="pin" busy={asks} onClick={ask}>{say(placeTexts.mine)}</Button>
      {position ? <span className={styles.note}>{position.accuracy === undefined ? null : `±${position.accuracy} m · `}<MapLink position={position} /></span> : null}
      {told ? <span role="alert" className={styles.fault}>{say(told)}</span> : null}
    </span>
  )
}

/** Asks the browser where it is; a refusal is told with what helps. */
function useDevice(onFound: (position: Position) => void) {
  const [asks, setAsks] = useState(false)
  const [told, setTold] = useState<Text | null>(null)
  const end = (text: Text | null) => { setAsks(false); setTold(text) }
  const ask = () => {
    if (!globalThis.isSecureContext || !('geolocation' in navigator)) return end(placeTexts.insecure)
    setAsks(true)
    setTold(null)
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const position = positionOfDevice(coords)
        if (position) onFound(position)
        end(position ? null : placeTexts.unknown)
      },
      ({ code, PERMISSION_DENIED, TIMEOUT }) => end(code === PERMISSION_DENIED ? placeTexts.denied : code === TIMEOUT ? placeTexts.late : placeTexts.unknown),
      { enableHighAccuracy: true, timeout: 20_000, maximumAge: 0 },
    )
    return undefined
  }
  return { asks, told, ask }
}
