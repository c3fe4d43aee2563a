'use client'

import { useId, type ReactNode } from 'react'
import type { RequestProblem } from './api.ts'
import { kitTexts } from '../locales/texts.ts'
import { Icon, type IconName } from './icon.tsx'
import { useText } from './kit-context.tsx'
import styles from './surfaces.module.css'

/** A titled box. `flush`: its content reaches the edges (tables). */
export function Panel({ title, actions, flush = false, children }: { readonly title: string; readonly actions?: ReactNode; readonly flush?: boolean; readonly children: ReactNode }) {
  const id = useId()
  return (
    <section aria-labelledby={id} className={styles.panel}>
      <header className={styles.panelHead}><h2 id={id}>{title}</h2>{actions}</header>
      <div className={flush ? styles.flush : styles.panelBody}>{children}</div>
    </section>
  )
}

/** What a page without content is for, and the first step. */
export function EmptyState({ icon = 'box', title, text, children }: { readonly icon?: IconName; readonly title: string; readonly text: string; readonly children?: ReactNode }) {
  return (
    <div className={styles.empty}>
      <span className={styles.emptyMark}><Icon name={icon} size={22} /></span>
      <h3>{title}</h3>
      <p>{text}</p>
      {children ? <div className={styles.emptyActions}>{children}</div> : null}
    </div>
  )
}

/** A grey line in the place of a text that is on its way; it shows after 200 ms only. */
export function Skeleton({ width = '100%' }: { readonly width?: string }) {
  return <span aria-hidden="true" className={styles.skeleton} style={{ display: 'block', width }} />
}

/** What went wrong and how to go on; `hidden` findings stand at their fields already. */
export function ErrorBanner({ problem, shown = new Set(), children }: { readonly problem: RequestProblem | null; readonly shown?: ReadonlySet<string>; readonly children?: ReactNode }) {
  const say = useText()
  if (!problem) return null
  const others = problem.findings.filter(({ path }) => !shown.has(path))
  const refusals = problem.refusals.length > 1 ? problem.refusals : []
  const areMarked = problem.findings.length > 0 && others.length === 0
  const lead = refusals.length > 0 ? null : areMarked ? say(problem.findings.length === 1 ? kitTexts.oneMarked : kitTexts.manyMarked, { count: problem.findings.length }) : say(problem.text)
  return (
    <Banner tone="bad">
      {lead ? <strong>{lead}</strong> : null}
      {others.length > 1 || refusals.length > 0 ? (
        <ul>
          {refusals.map(({ code, message }, index) => <li key={`${code}${index}`}>{say(message)}</li>)}
          {others.length > 1 ? others.map(({ code, path, message }) => <li key={`${path}${code}`}>{say(message)}</li>) : null}
        </ul>
      ) : null}
      {children}
    </Banner>
  )
}

export function Banner({ tone, children }: { readonly tone: 'bad' | 'warning' | 'waiting'; readonly children: ReactNode }) {
  return (
    <div role="alert" className={`${styles.banner} ${tone === 'bad' ? '' : styles[tone]}`}>
      <Icon name={tone === 'waiting' ? 'info' : 'alert'} />
      <div className={styles.bannerBody}>{children}</div>
    </div>
  )
}

export const BannerActions = ({ children }: { readonly children: ReactNode }) => <div className={styles.bannerActions}>{children}</div>
