'use client'

import { createContext, use, useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { useRouter } from 'next/navigation'
import { documentTexts } from '../locales/document-texts.ts'
import { useText } from './kit-context.tsx'
import { ConfirmPanel } from './side-panel.tsx'

type Guard = {
  /** Goes to an address of the panel, after asking when something is unsaved. */
  readonly go: (href: string) => void
  readonly setUnsaved: (unsaved: boolean) => void
}

const GuardContext = createContext<Guard>({ go: (href) => window.location.assign(href), setUnsaved: () => undefined })

/** Asks before unsaved work is left: by a link, by the palette, by closing the window. */
export function LeaveGuard({ children }: { readonly children: ReactNode }) {
  const say = useText()
  const router = useRouter()
  const unsaved = useRef(false)
  const [wanted, setWanted] = useState<string | null>(null)
  const setUnsaved = useCallback((next: boolean) => { unsaved.current = next }, [])
  const go = useCallback((href: string) => {
    if (unsaved.current) setWanted(href)
    else router.push(href)
  }, [router])
  useEffect(() => {
    const click = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a[href]') : null
      if (!unsaved.current || !(link instanceof HTMLAnchorElement) || event.defaultPrevented) return
      const opensElsewhere = link.target === '_blank' || link.hasAttribute('download') || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0
      if (opensElsewhere || link.origin !== window.location.origin || link.getAttribute('href')?.startsWith('#')) return
      event.preventDefault()
      event.stopPropagation()
      setWanted(`${link.pathname}${link.search}${link.hash}`)
    }
    const unload = (event: BeforeUnloadEvent) => { if (unsaved.current) event.preventDefault() }
    document.addEventListener('click', click, true)
    window.addEventListener('beforeunload', unload)
    return () => {
      document.removeEventListener('click', click, true)
      window.removeEventListener('beforeunload', unload)
    }
  }, [])
  return (
    <GuardContext value={useMemo(() => ({ go, setUnsaved }), [go, setUnsaved])}>
      {children}
      {wanted === null ? null : (
        <ConfirmPanel
          title={say(documentTexts.leaveTitle)} text={say(documentTexts.leaveText)} action={say(documentTexts.leave)} danger
          onClose={() => setWanted(null)}
          onConfirm={() => { unsaved.current = false; setWanted(null); router.push(wanted) }}
        />
      )}
    </GuardContext>
  )
}

export const useGo = () => use(GuardContext).go

export function useUnsaved(unsaved: boolean) {
  const { setUnsaved } = use(GuardContext)
  useEffect(() => {
    setUnsaved(unsaved)
    return () => setUnsaved(false)
  }, [setUnsaved, unsaved])
}
