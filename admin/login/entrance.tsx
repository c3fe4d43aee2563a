'use client'

import type { ReactNode } from 'react'
import { Logo } from '../frame/logo.tsx'
import { LanguageSwitch, ThemeSwitch } from '../frame/user-menu.tsx'
import { useText } from '../kit/kit-context.tsx'
import { frameTexts, loginTexts } from '../locales/texts.ts'
import { TracePicture } from './trace-picture.tsx'
import styles from './login.module.css'

/** The page before the panel: what the product is at the left, what to fill in at the right. */
export function Entrance({ children }: { readonly children: ReactNode }) {
  const say = useText()
  return (
    <div className={styles.page}>
      <section className={styles.claim}>
        <div className={styles.brand}><Logo size={26} />{say(frameTexts.product)}</div>
        <TracePicture className={styles.picture} />
        <div><h2>{say(loginTexts.claim)}</h2><p>{say(loginTexts.claimMore)}</p></div>
      </section>
      <main className={styles.side}>
        <div className={styles.switches}><LanguageSwitch /><ThemeSwitch /></div>
        {children}
      </main>
    </div>
  )
}
