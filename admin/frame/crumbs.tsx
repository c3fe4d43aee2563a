'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { createContext, use, useEffect, useMemo, useState, type ReactNode } from 'react'
import type { Text } from '../../config/language/text.ts'
import { Icon } from '../kit/icon.tsx'
import { useText } from '../kit/kit-context.tsx'
import { frameTexts } from '../locales/texts.ts'
import type { NavSection } from './nav-sections.ts'
import styles from './frame.module.css'

type Crumb = { readonly path: string; readonly label: Text }
type CrumbState = { readonly last: Crumb | null; readonly setLast: (crumb: Crumb | null) => void }

const CrumbContext = createContext<CrumbState>({ last: null, setLast: () => undefined })

export function CrumbProvider({ children }: { readonly children: ReactNode }) {
  const [last, setLast] = useState<Crumb | null>(null)
  return <CrumbContext value={useMemo(() => ({ last, setLast }), [last])}>{children}</CrumbContext>
}

/** A page tells how it is called; the frame cannot know the number of a document. */
export function useCrumb(label: Text) {
  const { setLast } = use(CrumbContext)
  const path = usePathname()
  const { en, zh } = label
  useEffect(() => {
    setLast({ path, label: { en, zh } })
    return () => setLast(null)
  }, [setLast, path, en, zh])
}

/** System › list › document, as far as the path says it. */
export function Crumbs({ sections }: { readonly sections: readonly NavSection[] }) {
  const say = useText()
  const path = usePathname()
  const { last } = use(CrumbContext)
  const section = sections.find(({ links }) => links.some(({ href }) => isIn(path, href)))
  const link = section?.links.find(({ href }) => isIn(path, href))
  const trail: { label: Text; href?: string }[] = []
  if (section) trail.push({ label: section.name })
  if (link) trail.push({ label: link.label, ...(link.href === path ? {} : { href: link.href }) })
  if (path === '/admin') trail.push({ label: frameTexts.home })
  if (last?.path === path && (!link || link.href !== path)) trail.push({ label: last.label })
  return (
    <nav aria-label={say(frameTexts.breadcrumb)} style={{ display: 'flex', flex: 1, minWidth: 0 }}>
      <ol className={styles.crumbs}>
        {trail.map(({ label, href }, index) => (
          <li key={`${index}${label.en}`}>
            {index > 0 ? <Icon name="right" size={12} /> : null}
            {href ? <Link href={href} prefetch={false}>{say(label)}</Link> : <span aria-current={index === trail.length - 1 ? 'page' : undefined}>{say(label)}</span>}
          </li>
        ))}
      </ol>
    </nav>
  )
}

const isIn = (path: string, href: string) => path === href || path.startsWith(`${href}/`)
