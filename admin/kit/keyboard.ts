'use client'

import { useEffect, useRef } from 'react'

type Handler = (event: KeyboardEvent) => void
/** Keys by name: "j", "/", "Enter", "mod+k" (Ctrl, or ⌘ on a Mac). */
export type Shortcuts = Readonly<Record<string, Handler>>

/** Keys of a whole page. Plain letters do nothing while someone types, chooses or has a panel open. */
export function useShortcuts(shortcuts: Shortcuts, enabled = true) {
  const current = useRef(shortcuts)
  current.current = shortcuts
  useEffect(() => {
    if (!enabled) return
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return
      const isModified = event.ctrlKey || event.metaKey
      const handler = current.current[`${isModified ? 'mod+' : ''}${event.key.length === 1 ? event.key.toLowerCase() : event.key}`]
      if (!handler || event.altKey) return
      if (!isModified && (isTyping(event.target) || document.querySelector('dialog[open], [role="dialog"]'))) return
      handler(event)
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [enabled])
}

/** Whether keys change a text there, which can be undone by itself. */
export const isWriting = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input:not([type="checkbox"], [type="radio"], [type="file"]), textarea, [contenteditable="true"]')

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable="true"], [role="menu"] *, [role="listbox"] *')
}
