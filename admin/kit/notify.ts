'use client'

import { toast } from '@payloadcms/ui'

/** A short word that something worked; problems stand where they happened instead. */
export function notify(text: string): void {
  toast.success(text)
}

/** A word about something that ended elsewhere, with the way to it; it stays until it is seen. */
export function notifyWith({ text, tone, action, onAction }: { readonly text: string; readonly tone: 'good' | 'bad'; readonly action: string; readonly onAction: () => void }): void {
  const options = { duration: Number.POSITIVE_INFINITY, action: { label: action, onClick: onAction } }
  if (tone === 'good') toast.success(text, options)
  else toast.warning(text, options)
}

/** Why something was not done, where there is no place of its own to say it. */
export function notifyRefused(text: string): void {
  toast.error(text)
}
