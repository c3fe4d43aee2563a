'use client'

import type { ReactNode } from 'react'
import { pad, pathOf, readMark, type Signature, type SignatureMark } from '../../config/language/signature.ts'
import styles from './signature.module.css'

/** The lines of a signature, or the name that was typed. Numbers alone reach the picture: nothing in it can run. */
export function MarkShown({ mark }: { readonly mark: SignatureMark }) {
  if ('typed' in mark) return <span className={styles.written}>{mark.typed}</span>
  return <svg className={styles.drawing} viewBox={`0 0 ${pad.width} ${pad.height}`} aria-hidden="true"><path d={pathOf(mark.strokes)} /></svg>
}

/** A signature as it is read and printed: what was drawn, above who did it and when. */
export function SignatureShown({ signature, children }: { readonly signature: Signature; readonly children: ReactNode }) {
  const mark = readMark(signature.mark)
  return <span className={styles.shown}>{mark ? <MarkShown mark={mark} /> : null}{children}</span>
}
