import type { Metadata } from 'next'
import { pageSession } from '../../../../frame/page-session.ts'
import { startTexts } from '../../../../locales/operations-texts.ts'
import { StartFirmPage } from '../../../../firm/start-firm-page.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const { language } = await pageSession()
  return { title: `${startTexts.title[language]} · Trellis` }
}

export default StartFirmPage
