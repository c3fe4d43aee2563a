import type { Metadata } from 'next'
import { pageSession } from '../../../../frame/page-session.ts'
import { firstOwnerTexts } from '../../../../locales/first-owner-texts.ts'
import { FirstOwnerPage } from '../../../../login/first-owner-page.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const { language } = await pageSession()
  return { title: `${firstOwnerTexts.title[language]} · Trellis` }
}

export default FirstOwnerPage
