'use client'

import { Command } from 'cmdk'
import { useEffect, useState, type ReactNode } from 'react'
import type { SearchHit } from '../../plugins/core/api/search.ts'
import { request } from '../kit/api.ts'
import { downloadFrom } from '../kit/download.ts'
import { Icon } from '../kit/icon.tsx'
import { inSentence, useKit, useText } from '../kit/kit-context.tsx'
import { useGo } from '../kit/leave-guard.tsx'
import { StateChip } from '../kit/values.tsx'
import { exportTexts, importTexts } from '../locales/import-texts.ts'
import { keyboardTitle } from '../locales/keyboard-texts.ts'
import { frameTexts } from '../locales/texts.ts'
import type { NavSection } from './nav-sections.ts'
import { matchesWords } from './palette-match.ts'
import { signOut, useSwitchLanguage, useSwitchTheme } from './user-menu.tsx'
import styles from './command-palette.module.css'

/** Everything by name: documents of all entities, pages, what can be created, the screen's own settings. */
export function CommandPalette({ sections, onClose, onKeys }: { readonly sections: readonly NavSection[]; readonly onClose: () => void; readonly onKeys: () => void }) {
  const say = useText()
  const { language } = useKit()
  const leaveFor = useGo()
  const [words, setWords] = useState('')
  const { hits, searching } = useHits(words)
  const switchLanguage = useSwitchLanguage()
  const { theme, toggle } = useSwitchTheme()
  const go = (href: string) => { onClose(); leaveFor(href) }
  const documents = hits.map((hit): Entry => ({
    key: `document:${hit.entity}:${hit.id}`, open: () => go(`/admin/collections/${hit.entity}/${encodeURIComponent(hit.id)}`),
    shown: (
      <>
        <span className={styles.name}>{hit.title}</span><span className={styles.hint}>{hit.hint}</span>
        {hit.state ? <StateChip label={hit.state.label} tone={hit.state.tone} /> : null}
        <span className={styles.kind}>{say(hit.label)}</span>
      </>
    ),
  }))
  const links = sections.flatMap((section) => section.links.map((link) => ({ ...link, section: section.name })))
  const pages = [
    { key: 'page:/admin', words: both(frameTexts.home), open: () => go('/admin'), shown: <span className={styles.name}>{say(frameTexts.home)}</span> },
    ...links.map((link) => ({
      key: `page:${link.href}`, words: `${both(link.label)} ${link.href}`, open: () => go(link.href),
      shown: <><span className={styles.name}>{say(link.label)}</span><span className={styles.hint} /><span className={styles.kind}>{say(link.section)}</span></>,
    })),
  ]
  const creating = links.flatMap((link) => link.create ? [{
    key: `create:${link.href}`, words: `new create 新建 ${both(link.create)}`, open: () => go(`${link.href}/create`),
    shown: <><Icon name="plus" size={14} /><span className={styles.name}>{say(frameTexts.newOne, { what: say(link.create) })}</span></>,
  }] : [])
  // They are many: only who asks for them by name gets them.
  const transfers = words.trim() === '' ? [] : links.flatMap((link) => [
    ...(link.import && link.entity ? [{
      key: `import:${link.href}`, words: `import upload csv excel 导入 ${both(link.label)}`, open: () => go(`/admin/imports/new?entity=${link.entity}`),
      shown: <><Icon name="upload" size={14} /><span className={styles.name}>{say(importTexts.importInto, { what: inSentence(say(link.label), language) })}</span></>,
    }] : []),
    ...(link.export && link.entity ? [{
      key: `export:${link.href}`, words: `export download csv excel 导出 ${both(link.label)}`, open: () => { onClose(); downloadFrom(`/api/${link.entity}/export?format=xlsx&language=${language}`) },
      shown: <><Icon name="download" size={14} /><span className={styles.name}>{say(exportTexts.exportAll, { what: inSentence(say(link.label), language) })}</span></>,
    }] : []),
  ])
  const settings = [
    { key: 'language', words: 'language 语言 中文 english', open: () => { onClose(); switchLanguage() }, shown: <><Icon name="globe" size={14} />{say(frameTexts.switchLanguage)}</> },
    { key: 'theme', words: 'theme dark light 主题 深色 浅色', open: () => { onClose(); toggle() }, shown: <><Icon name={theme === 'dark' ? 'sun' : 'moon'} size={14} />{say(theme === 'dark' ? frameTexts.lightTheme : frameTexts.darkTheme)}</> },
    { key: 'keyboard', words: `keyboard shortcuts help ? ${both(keyboardTitle)}`, open: () => { onClose(); onKeys() }, shown: <><Icon name="key" size={14} />{say(keyboardTitle)}</> },
    { key: 'signOut', words: 'sign out logout 退出', open: () => void signOut(), shown: <><Icon name="logout" size={14} />{say(frameTexts.signOut)}</> },
  ]
  const named = (entries: readonly NamedEntry[]) => entries.filter((entry) => matchesWords(entry.words, words.trim()))
  // The server has found the documents: only what is known here is filtered here.
  const groups = [
    { heading: frameTexts.documents, entries: documents }, { heading: frameTexts.pages, entries: named(pages) },
    { heading: frameTexts.create, entries: named(creating) }, { heading: frameTexts.files, entries: named(transfers) }, { heading: frameTexts.settings, entries: named(settings) },
  ].filter(({ entries }) => entries.length > 0)
  const first = groups[0]?.entries[0]?.key ?? ''
  // Hits come after the words: the first line is selected again, so that Enter opens it.
  const [selected, setSelected] = useState(first)
  useEffect(() => setSelected(first), [first])
  return (
    <Command.Dialog
      open onOpenChange={(open) => { if (!open) onClose() }} label={say(frameTexts.search)} loop
      shouldFilter={false} value={selected} onValueChange={setSelected}
      overlayClassName={styles.overlay} contentClassName={styles.dialog}
    >
      <Command.Input value={words} onValueChange={setWords} placeholder={say(frameTexts.searchPlaceholder)} aria-label={say(frameTexts.search)} />
      <Command.List className={styles.list} label={say(frameTexts.search)}>
        {groups.length === 0 ? <div className={styles.note} role="presentation">{say(searching ? frameTexts.searching : frameTexts.searchEmpty)}</div> : null}
        {groups.map(({ heading, entries }) => (
          <Command.Group key={heading.en} heading={say(heading)}>
            {entries.map((entry) => <Command.Item key={entry.key} value={entry.key} onSelect={entry.open}>{entry.shown}</Command.Item>)}
          </Command.Group>
        ))}
      </Command.List>
    </Command.Dialog>
  )
}

type Entry = { readonly key: string; readonly shown: ReactNode; readonly open: () => void }
/** `words`: in both languages, so that either word finds it. */
type NamedEntry = Entry & { readonly words: string }

const both = ({ en, zh }: { en: string; zh: string }) => `${en} ${zh}`

function useHits(words: string): { hits: readonly SearchHit[]; searching: boolean } {
  const [found, setFound] = useState<{ words: string; hits: readonly SearchHit[] }>({ words: '', hits: [] })
  const wanted = words.trim()
  useEffect(() => {
    if (wanted.length < 2) return undefined
    const controller = new AbortController()
    const timer = setTimeout(() => {
      request<SearchHit[]>(`/api/search?q=${encodeURIComponent(wanted)}`, { signal: controller.signal })
        .then((hits) => setFound({ words: wanted, hits }), () => { if (!controller.signal.aborted) setFound({ words: wanted, hits: [] }) })
    }, 150)
    return () => {
      clearTimeout(timer)
      controller.abort()
    }
  }, [wanted])
  if (wanted.length < 2) return { hits: [], searching: false }
  if (found.words === wanted) return { hits: found.hits, searching: false }
  // Until the answer is there, only those of the last one stay that have the words: Enter must not open another document.
  return { hits: found.hits.filter(({ title, hint }) => matchesWords(`${title} ${hint ?? ''}`, wanted)), searching: true }
}
