'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useCallback, useEffect, useState, type ReactNode } from 'react'
import type { Text } from '../../config/language/text.ts'
import { ImportNotices } from '../imports/import-notices.tsx'
import { IconButton } from '../kit/button.tsx'
import { Icon } from '../kit/icon.tsx'
import { useKit, useText } from '../kit/kit-context.tsx'
import { useShortcuts } from '../kit/keyboard.ts'
import { LeaveGuard } from '../kit/leave-guard.tsx'
import { frameTexts } from '../locales/texts.ts'
import { Bell } from '../notifications/bell.tsx'
import { CommandPalette } from './command-palette.tsx'
import { CrumbProvider, Crumbs } from './crumbs.tsx'
import { KeyboardHelp } from './keyboard-help.tsx'
import { Logo } from './logo.tsx'
import { LanguageSwitch, ThemeSwitch, UserMenu } from './user-menu.tsx'
import type { NavSection } from './nav-sections.ts'
import { Navigation } from './navigation.tsx'
import { SearchProvider } from './open-search.ts'
import styles from './frame.module.css'

const collapsedKey = 'trellis.navigation.collapsed'

/** Navigation at the left, bar at the top, the page in its own scroll area. On a phone the navigation is a drawer. */
export function Frame({ sections, roleLabels, children }: { readonly sections: readonly NavSection[]; readonly roleLabels: readonly Text[]; readonly children: ReactNode }) {
  const say = useText()
  const { firm, language } = useKit()
  const path = usePathname()
  const [collapsed, setCollapsed] = useState(false)
  const [drawer, setDrawer] = useState(false)
  const [palette, setPalette] = useState(false)
  const [help, setHelp] = useState(false)
  useEffect(() => setCollapsed(localStorage.getItem(collapsedKey) === 'true'), [])
  useEffect(() => setDrawer(false), [path])
  const collapse = useCallback((next: boolean) => {
    setCollapsed(next)
    localStorage.setItem(collapsedKey, String(next))
  }, [])
  const search = useCallback(() => setPalette(true), [])
  useShortcuts({
    'mod+k': (event) => { event.preventDefault(); setPalette((open) => !open) },
    'mod+b': (event) => { event.preventDefault(); collapse(!collapsed) },
    '?': () => setHelp(true),
    Escape: () => setDrawer(false),
  })
  return (
    <CrumbProvider><LeaveGuard>
      <div className={styles.frame} data-collapsed={collapsed} data-drawer={drawer}>
        <a className={styles.skip} href="#content">{say(frameTexts.skipToContent)}</a>
        <aside className={styles.side}>
          <div className={styles.brand}>
            <Link href="/admin" prefetch={false} className={styles.brandLink}><Logo /><span>{language === 'zh' ? firm.nameZh : firm.name}</span></Link>
            <span className={styles.onlyLarge}><IconButton small icon="sidebar" label={say(frameTexts.hideNavigation)} onClick={() => collapse(true)} /></span>
            <span className={styles.onlySmall}><IconButton icon="close" label={say(frameTexts.closeNavigation)} onClick={() => setDrawer(false)} /></span>
          </div>
          <Navigation sections={sections} />
        </aside>
        <button type="button" className={styles.veil} aria-label={say(frameTexts.closeNavigation)} tabIndex={-1} onClick={() => setDrawer(false)} />
        <div className={styles.main}>
          <header className={styles.bar}>
            <span className={styles.onlySmall}><IconButton icon="menu" label={say(frameTexts.openNavigation)} aria-expanded={drawer} onClick={() => setDrawer(true)} /></span>
            {collapsed ? <span className={styles.onlyLarge}><IconButton small icon="sidebar" label={say(frameTexts.showNavigation)} onClick={() => collapse(false)} /></span> : null}
            <Crumbs sections={sections} />
            <button type="button" className={styles.searchButton} aria-label={`${say(frameTexts.searchHint)} Ctrl K`} aria-keyshortcuts="Control+K" onClick={search}>
              <Icon name="search" size={14} /><span>{say(frameTexts.searchHint)}</span><kbd>Ctrl K</kbd>
            </button>
            <Bell />
            <LanguageSwitch />
            <ThemeSwitch />
            <UserMenu roleLabels={roleLabels} onKeys={() => setHelp(true)} />
          </header>
          <main id="content" tabIndex={-1} className={styles.content}><SearchProvider value={search}>{children}</SearchProvider></main>
        </div>
        {palette ? <CommandPalette sections={sections} onClose={() => setPalette(false)} onKeys={() => setHelp(true)} /> : null}
        <ImportNotices />
        {help ? <KeyboardHelp onClose={() => setHelp(false)} /> : null}
      </div>
    </LeaveGuard></CrumbProvider>
  )
}
