'use client'

import { useAuth } from '@payloadcms/ui'
import { usePathname } from 'next/navigation'
import { useEffect, type ReactNode } from 'react'

/** Pages for people who are not signed in. Once a stock page has signed someone in, the page is loaded with its frame. */
export function SignedOut({ children }: { readonly children: ReactNode }) {
  const { user } = useAuth()
  const path = usePathname()
  const isIn = Boolean(user)
  useEffect(() => {
    if (isIn && !path.startsWith('/admin/log')) window.location.reload()
  }, [isIn, path])
  return children
}
