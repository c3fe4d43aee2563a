import type { ReactNode } from 'react'
import { pageSession } from '../../frame/page-session.ts'
import '../../theme/tokens.css'
import '../../standalone/public.css'

/** Pages for anyone: without the panel's frame, its styles and its configuration. */
export default async function Layout({ children }: { readonly children: ReactNode }) {
  const { language } = await pageSession()
  return <html lang={language} data-theme="light"><body>{children}</body></html>
}
