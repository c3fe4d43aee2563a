import type { Metadata } from 'next'
import { pageSession } from '../../../frame/page-session.ts'
import { HomePage } from '../../../home/home-page.tsx'
import { homeTexts } from '../../../locales/home-texts.ts'

export async function generateMetadata(): Promise<Metadata> {
  const { language } = await pageSession()
  return { title: `${homeTexts.home[language]} · Trellis` }
}

export default HomePage
