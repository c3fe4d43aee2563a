'use client'

import { createContext, use, useCallback, useMemo, type ReactNode } from 'react'
import type { Language, Text } from '../../config/language/text.ts'
import type { FirmView } from '../../plugins/core/views/firm-view.ts'

/** What every piece of the kit knows: the language of the screen, the firm's currency and time zone, who is signed in. */
export type Kit = { readonly language: Language; readonly firm: FirmView; readonly user: KitUser | null }
export type KitUser = { readonly id: string; readonly name: string; readonly email: string; readonly roles: readonly string[] }

const fallback: Kit = {
  language: 'en', user: null,
  firm: { name: 'Trellis', nameZh: 'Trellis', currency: '', exponent: 2, timeZone: 'UTC' },
}
const KitContext = createContext<Kit>(fallback)

export function KitProvider({ language, firm, user, children }: Kit & { readonly children: ReactNode }) {
  const value = useMemo(() => ({ language, firm, user }), [language, firm, user])
  return <KitContext value={value}>{children}</KitContext>
}

export const useKit = () => use(KitContext)

export type Speak = (text: Text, values?: Readonly<Record<string, string | number>>) => string

/** The text in the language of the screen, with `{name}` filled in. */
export function useText(): Speak {
  const { language } = useKit()
  return useCallback((text, values) => speak(text, language, values), [language])
}

/** A name within a sentence: English writes it small. */
export const inSentence = (name: string, language: Language): string => (language === 'en' ? name.toLowerCase() : name)

export function speak(text: Text, language: Language, values: Readonly<Record<string, string | number>> = {}): string {
  return text[language].replace(/\{(\w+)\}/g, (whole, name: string) => (values[name] === undefined ? whole : String(values[name])))
}
