'use client'

import { toast } from '@payloadcms/ui'

/** A short word that something worked; problems stand where they happened instead. */
export function notify(text: string): void {
  toast.success(text)
}
