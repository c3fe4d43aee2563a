'use client'

import { mapOf, positionText, type Position } from '../../config/language/position.ts'
import { placeTexts } from '../locales/place-texts.ts'
import { useText } from './kit-context.tsx'
import styles from './position.module.css'

/** A place as it is read: its degrees, how exact they are, and the way to a map. */
export function PositionShown({ position }: { readonly position: Position }) {
  return <span className={styles.shown}>{positionText(position)}{position.accuracy === undefined ? null : <span className={styles.note}>±{position.accuracy} m</span>} <MapLink position={position} /></span>
}

/** Nothing is loaded from a map until someone opens it. */
export function MapLink({ position }: { readonly position: Position }) {
  const say = useText()
  return <a className={styles.map} href={mapOf(position)} target="_blank" rel="noreferrer noopener">{say(placeTexts.map)}</a>
}
