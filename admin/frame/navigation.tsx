'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useEffect, useState } from 'react'
import { request } from '../kit/api.ts'
import { Icon } from '../kit/icon.tsx'
import { useText } from '../kit/kit-context.tsx'
import { approvalTexts } from '../locales/approval-texts.ts'
import { workTexts } from '../locales/running-texts.ts'
import { frameTexts } from '../locales/texts.ts'
import type { NavLink, NavSection } from './nav-sections.ts'
import page from '../kit/page.module.css'
import styles from './navigation.module.css'

const myWork: NavLink = { href: '/admin/my-work', label: workTexts.title, icon: 'check' }
const closedKey = 'trellis.navigation.closed'

/** The pages a person may open, by system, with a filter and what waits. */
export function Navigation({ sections }: { readonly sections: readonly NavSection[] }) {
  const say = useText()
  const path = usePathname()
  const [words, setWords] = useState('')
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const waiting = useWaiting(path)
  useEffect(() => setClosed(new Set((localStorage.getItem(closedKey) ?? '').split(',').filter(Boolean))), [])
  const toggle = (slug: string) => {
    const next = new Set(closed)
    if (!next.delete(slug)) next.add(slug)
    setClosed(next)
    localStorage.setItem(closedKey, [...next].join(','))
  }
  const wanted = words.trim().toLowerCase()
  const matches = ({ label }: NavLink) => !wanted || label.en.toLowerCase().includes(wanted) || label.zh.includes(wanted)
  const shown = sections.map((section) => ({ ...section, links: section.links.filter(matches) })).filter(({ links }) => links.length > 0)
  return (
    <>
      <div className={styles.filter}>
        <Icon name="search" size={14} />
        <input type="search" aria-label={say(frameTexts.filterNavigation)} placeholder={say(frameTexts.filterNavigation)} value={words} onChange={(event) => setWords(event.target.value)} />
      </div>
      <nav aria-label={say(frameTexts.navigation)} className={styles.nav}>
        <ul className={styles.links}>
          {wanted ? null : <Entry link={{ href: '/admin', label: frameTexts.home, icon: 'home' }} current={path === '/admin'} />}
          {matches(myWork) ? <Entry link={myWork} current={path === myWork.href} waiting={waiting['*']} /> : null}
          {wanted ? null : <Entry link={{ href: '/admin/approvals', label: approvalTexts.title, icon: 'check' }} current={path === '/admin/approvals'} waiting={waiting.approvals} />}
        </ul>
        {shown.map(({ slug, name, links }) => {
          const isOpen = Boolean(wanted) || !closed.has(slug)
          return (
            <div key={slug} className={styles.section}>
              <button type="button" className={styles.sectionHead} aria-expanded={isOpen} onClick={() => toggle(slug)}>
                <Icon name="down" size={12} />{say(name)}
              </button>
              {isOpen ? (
                <ul className={styles.links}>
                  {links.map((link) => <Entry key={link.href} link={link} current={isAt(path, link.href)} waiting={link.entity ? waiting[link.entity] : undefined} />)}
                </ul>
              ) : null}
            </div>
          )
        })}
        {wanted && shown.length === 0 ? <p className={styles.nothing}>{say(frameTexts.nothingInNavigation)}</p> : null}
      </nav>
    </>
  )
}

function Entry({ link, current, waiting }: { readonly link: NavLink; readonly current: boolean; readonly waiting?: number }) {
  const say = useText()
  return (
    <li>
      <Link href={link.href} prefetch={false} className={styles.link} aria-current={current ? 'page' : undefined}>
        {link.icon ? <Icon name={link.icon} size={15} /> : null}
        <span>{say(link.label)}</span>
        {waiting ? <span className={page.count} title={say(frameTexts.waiting, { count: waiting })}>{waiting > 99 ? '99+' : waiting}</span> : null}
      </Link>
    </li>
  )
}

const isAt = (path: string, href: string) => path === href || path.startsWith(`${href}/`)

/** Asked after the page is there, and again when the person moves on: it is never in the way. */
function useWaiting(path: string): Readonly<Record<string, number>> {
  const [counts, setCounts] = useState<Readonly<Record<string, number>>>({})
  useEffect(() => {
    const controller = new AbortController()
    const timer = setTimeout(() => {
      request<Record<string, number>>('/api/views/waiting', { signal: controller.signal }).then(setCounts, () => undefined)
    }, 300)
    return () => {
      clearTimeout(timer)
      controller.abort()
    }
  }, [path])
  return counts
}
