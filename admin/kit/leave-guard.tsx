'use client'

import { createContext, use, useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { useRouter } from 'next/navigation'
import { documentTexts } from '../locales/document-texts.ts'
import { useText } from './kit-context.tsx'
import { ConfirmPanel } from './side-panel.tsx'

type Guard = {
  /** Goes to an address of the panel, after asking when something is unsaved. */
  readonly go: (href: string) => void
  readonly setUnsaved: (unsaved: Unsaved) => void
}
/** `flush`: what is kept by itself in a moment is kept at once instead, and only what cannot be kept is asked about. */
type Unsaved = { readonly unsaved: boolean; readonly flush?: () => Promise<boolean> }

const GuardContext = createContext<Guard>({ go: (href) => window.location.assign(href), setUnsaved: () => undefined })

/** Asks before unsaved work is left: by a link, by the palette, by closing the window. */
export function LeaveGuard({ children }: { readonly children: ReactNode }) {
  const say = useText()
  const router = useRouter()
  const state = useRef<Unsaved>({ unsaved: false })
  const [wanted, setWanted] = useState<string | null>(null)
  const setUnsaved = useCallback((next: Unsaved) => { state.current = next }, [])
  const leave = useCallback(async (href: string) => {
    const { unsaved, flush } = state.current
    if (unsaved && !(flush && await flush())) return setWanted(href)
    state.current = { unsaved: false }
    router.push(href)
  }, [router])
  const go = useCallback((href: string) => void leave(href), [leave])
  useEffect(() => {
    const click = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a[href]') : null
      if (!state.current.unsaved || !(link instanceof HTMLAnchorElement) || event.defaultPrevented) return
      const opensElsewhere = link.target === '_blank' || link.hasAttribute('download') || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0
      if (opensElsewhere || link.origin !== window.location.origin || link.getAttribute('href')?.startsWith('#')) return
      event.preventDefault()
      event.stopPropagation()
      void leave(`${link.pathname}${link.search}${link.hash}`)
    }
    const unload = (event: BeforeUnloadEvent) => { if (state.current.unsaved) event.preventDefault() }
    document.addEventListener('click', click, true)
    window.addEventListener('beforeunload', unload)
    return () => {
      document.removeEventListener('click', click, true)
      window.removeEventListener('beforeunload', unload)
    }
  }, [leave])
  return (
    <GuardContext value={useMemo(() => ({ go, setUnsaved }), [go, setUnsaved])}>
      {children}
      {wanted === null ? null : (
        <ConfirmPanel
          title={say(documentTexts.leaveTitle)} text={say(documentTexts.leaveText)} action={say(documentTexts.leave)} danger
          onClose={() => setWanted(null)}
          onConfirm={() => { state.current = { unsaved: false }; setWanted(null); router.push(wanted) }}
        />
      )}
    </GuardContext>
  )
}

export const useGo = () => use(GuardContext).go

export function useUnsaved(unsaved: boolean, flush?: () => Promise<boolean>) {
  const { setUnsaved } = use(GuardContext)
  useEffect(() => {
    setUnsaved({ unsaved, ...(flush && { flush }) })
    return () => setUnsaved({ unsaved: false })
  }, [setUnsaved, unsaved, flush])
}
