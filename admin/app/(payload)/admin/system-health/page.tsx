import type { Metadata } from 'next'
import { pageSession } from '../../../../frame/page-session.ts'
import { healthTexts } from '../../../../locales/health-texts.ts'
import { HealthPage } from '../../../../operations/health-page.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const { language } = await pageSession()
  return { title: `${healthTexts.title[language]} · Trellis` }
}

export default HealthPage
