import type { Metadata } from 'next'
import { pageSession } from '../../../../frame/page-session.ts'
import { securityTexts } from '../../../../locales/security-texts.ts'
import { KeysPage } from '../../../../people/keys-page.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const { language } = await pageSession()
  return { title: `${securityTexts.keys[language]} · Trellis` }
}

export default KeysPage
