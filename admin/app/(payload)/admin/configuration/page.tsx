import type { Metadata } from 'next'
import { ConfigurationPage } from '../../../../configuration/configuration-page.tsx'
import { pageSession } from '../../../../frame/page-session.ts'
import { configurationTexts } from '../../../../locales/configuration-texts.ts'

export async function generateMetadata(): Promise<Metadata> {
  const { language } = await pageSession()
  return { title: `${configurationTexts.title[language]} · Trellis` }
}

export default ConfigurationPage
