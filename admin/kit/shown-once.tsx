'use client'

import type { ReactNode } from 'react'
import { securityTexts } from '../locales/security-texts.ts'
import { Button } from './button.tsx'
import { useText } from './kit-context.tsx'
import { notify } from './notify.ts'
import styles from './shown-once.module.css'
import { SidePanel } from './side-panel.tsx'
import { Banner } from './surfaces.tsx'

type Props = { readonly title: string; readonly text: string; readonly value: string; readonly onClose: () => void; readonly children?: ReactNode }

/** A secret that has just been made, to be taken along: it is not to be seen again. */
export function ShownOnce({ title, text, value, onClose, children }: Props) {
  const say = useText()
  const copy = async () => {
    await navigator.clipboard.writeText(value)
    notify(say(securityTexts.copied))
  }
  return (
    <SidePanel title={title} onClose={onClose} foot={<Button look="primary" onClick={onClose}>{say(securityTexts.done)}</Button>}>
      <Banner tone="warning">{text}</Banner>
      <p className={styles.secret}><code>{value}</code></p>
      <Button icon="copy" onClick={() => void copy()}>{say(securityTexts.copy)}</Button>
      {children}
    </SidePanel>
  )
}
