'use client'

import { Command } from 'cmdk'
import { useEffect, useState } from 'react'
import type { SearchHit } from '../../plugins/core/api/search.ts'
import { request } from '../kit/api.ts'
import { Icon } from '../kit/icon.tsx'
import { useText } from '../kit/kit-context.tsx'
import { useGo } from '../kit/leave-guard.tsx'
import { StateChip } from '../kit/values.tsx'
import { frameTexts } from '../locales/texts.ts'
import type { NavSection } from './nav-sections.ts'
import { signOut, useSwitchLanguage, useSwitchTheme } from './user-menu.tsx'
import styles from './command-palette.module.css'

/** Everything by name: documents of all entities, pages, what can be created, the screen's own settings. */
export function CommandPalette({ sections, onClose }: { readonly sections: readonly NavSection[]; readonly onClose: () => void }) {
  const say = useText()
  const leaveFor = useGo()
  const [words, setWords] = useState('')
  const { hits, searching } = useHits(words)
  const switchLanguage = useSwitchLanguage()
  const { theme, toggle } = useSwitchTheme()
  const go = (href: string) => { onClose(); leaveFor(href) }
  const links = sections.flatMap((section) => section.links.map((link) => ({ ...link, section: section.name })))
  return (
    <Command.Dialog
      open onOpenChange={(open) => { if (!open) onClose() }} label={say(frameTexts.search)} loop
      overlayClassName={styles.overlay} contentClassName={styles.dialog}
    >
      <Command.Input value={words} onValueChange={setWords} placeholder={say(frameTexts.searchPlaceholder)} aria-label={say(frameTexts.search)} />
      <Command.List className={styles.list} label={say(frameTexts.search)}>
        <Command.Empty className={styles.note}>{say(searching ? frameTexts.searching : frameTexts.searchEmpty)}</Command.Empty>
        {hits.length > 0 ? (
          <Command.Group heading={say(frameTexts.documents)} forceMount>
            {hits.map((hit) => (
              <Command.Item key={hit.id} value={`${hit.id} ${words}`} forceMount onSelect={() => go(`/admin/collections/${hit.entity}/${encodeURIComponent(hit.id)}`)}>
                <span className={styles.name}>{hit.title}</span><span className={styles.hint}>{hit.hint}</span>
                {hit.state ? <StateChip label={hit.state.label} tone={hit.state.tone} /> : null}
                <span className={styles.kind}>{say(hit.label)}</span>
              </Command.Item>
            ))}
          </Command.Group>
        ) : null}
        <Command.Group heading={say(frameTexts.pages)}>
          <Command.Item value={both(frameTexts.home)} onSelect={() => go('/admin')}><span className={styles.name}>{say(frameTexts.home)}</span></Command.Item>
          {links.map((link) => (
            <Command.Item key={link.href} value={`${both(link.label)} ${link.href}`} onSelect={() => go(link.href)}>
              <span className={styles.name}>{say(link.label)}</span><span className={styles.hint} /><span className={styles.kind}>{say(link.section)}</span>
            </Command.Item>
          ))}
        </Command.Group>
        <Command.Group heading={say(frameTexts.create)}>
          {links.flatMap((link) => link.create ? [(
            <Command.Item key={link.href} value={`new create 新建 ${both(link.create)}`} onSelect={() => go(`${link.href}/create`)}>
              <Icon name="plus" size={14} /><span className={styles.name}>{say(frameTexts.newOne, { what: say(link.create) })}</span>
            </Command.Item>
          )] : [])}
        </Command.Group>
        <Command.Group heading={say(frameTexts.settings)}>
          <Command.Item value="language 语言 中文 english" onSelect={() => { onClose(); switchLanguage() }}><Icon name="globe" size={14} />{say(frameTexts.switchLanguage)}</Command.Item>
          <Command.Item value="theme dark light 主题 深色 浅色" onSelect={() => { onClose(); toggle() }}><Icon name={theme === 'dark' ? 'sun' : 'moon'} size={14} />{say(theme === 'dark' ? frameTexts.lightTheme : frameTexts.darkTheme)}</Command.Item>
          <Command.Item value="sign out logout 退出" onSelect={() => void signOut()}><Icon name="logout" size={14} />{say(frameTexts.signOut)}</Command.Item>
        </Command.Group>
      </Command.List>
    </Command.Dialog>
  )
}

/** Both languages, so that either word finds it. */
const both = ({ en, zh }: { en: string; zh: string }) => `${en} ${zh}`

function useHits(words: string): { hits: readonly SearchHit[]; searching: boolean } {
  const [found, setFound] = useState<{ words: string; hits: readonly SearchHit[] }>({ words: '', hits: [] })
  const wanted = words.trim()
  useEffect(() => {
    if (wanted.length < 2) return undefined
    const controller = new AbortController()
    const timer = setTimeout(() => {
      request<SearchHit[]>(`/api/search?q=${encodeURIComponent(wanted)}`, { signal: controller.signal })
        .then((hits) => setFound({ words: wanted, hits }), () => undefined)
    }, 150)
    return () => {
      clearTimeout(timer)
      controller.abort()
    }
  }, [wanted])
  return wanted.length < 2 ? { hits: [], searching: false } : { hits: found.hits, searching: found.words !== wanted }
}
