'use client'

import { useTheme } from '@payloadcms/ui'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import type { Text } from '../../config/language/text.ts'
import { request } from '../kit/api.ts'
import { Button, IconButton } from '../kit/button.tsx'
import { Menu, MenuItem } from '../kit/floating.tsx'
import { useKit, useText } from '../kit/kit-context.tsx'
import { keyboardTitle } from '../locales/keyboard-texts.ts'
import { frameTexts } from '../locales/texts.ts'
import { forgetPages } from '../standalone/keep-page.ts'
import styles from './frame.module.css'

/** Writes the cookie that Payload reads, so that stock pages, own pages and answers of the API speak alike. */
export function useSwitchLanguage() {
  const { language } = useKit()
  const router = useRouter()
  return () => {
    document.cookie = `payload-lng=${language === 'zh' ? 'en' : 'zh'};path=/;max-age=31536000;samesite=lax`
    router.refresh()
  }
}

export function useSwitchTheme() {
  const { theme, setTheme } = useTheme()
  const [shown, setShown] = useState<'light' | 'dark'>('light')
  useEffect(() => setShown(theme), [theme])
  return { theme: shown, toggle: () => setTheme(theme === 'dark' ? 'light' : 'dark') }
}

export async function signOut() {
  await Promise.all([request('/api/users/logout', { method: 'POST' }), forgetPages()]).catch(() => undefined)
  window.location.assign('/admin/login')
}

export function LanguageSwitch() {
  const say = useText()
  const toggle = useSwitchLanguage()
  return <Button look="ghost" small title={say(frameTexts.switchLanguage)} aria-label={`${say(frameTexts.languageButton)}: ${say(frameTexts.switchLanguage)}`} onClick={toggle}>{say(frameTexts.languageButton)}</Button>
}

export function ThemeSwitch() {
  const say = useText()
  const { theme, toggle } = useSwitchTheme()
  return <IconButton small icon={theme === 'dark' ? 'sun' : 'moon'} label={say(theme === 'dark' ? frameTexts.lightTheme : frameTexts.darkTheme)} onClick={toggle} />
}

export function UserMenu({ roleLabels, onKeys }: { readonly roleLabels: readonly Text[]; readonly onKeys: () => void }) {
  const say = useText()
  const router = useRouter()
  const { user } = useKit()
  if (!user) return null
  return (
    <Menu
      label={say(frameTexts.userMenu)}
      trigger={(props) => <button {...props} type="button" className={styles.avatar} aria-label={`${say(frameTexts.userMenu)}: ${user.name}`} data-initials={initials(user.name)} />}
    >
      {(close) => (
        <>
          <div className={styles.who} role="presentation"><strong>{user.name}</strong><small>{user.email}{roleLabels.length > 0 ? ` · ${roleLabels.map((label) => say(label)).join(', ')}` : ''}</small></div>
          <MenuItem onSelect={() => { close(); router.push('/admin/account') }}>{say(frameTexts.account)}</MenuItem>
          <MenuItem onSelect={() => { close(); onKeys() }}>{say(keyboardTitle)}</MenuItem>
          <MenuItem onSelect={() => { close(); void signOut() }}>{say(frameTexts.signOut)}</MenuItem>
        </>
      )}
    </Menu>
  )
}

/** A Chinese name by its family name: two characters do not fit on one line. */
const initials = (name: string) => {
  const words = name.trim().split(/[\s@.]+/)
  return /[\u4e00-\u9fff]/.exec(name)?.[0] ?? `${words[0]?.[0] ?? ''}${words[1]?.[0] ?? ''}`.toUpperCase()
}
