import type { Metadata } from 'next'
import { pageSession } from '../../../../frame/page-session.ts'
import { ImportsPage } from '../../../../imports/imports-page.tsx'
import { importTexts } from '../../../../locales/import-texts.ts'

export async function generateMetadata(): Promise<Metadata> {
  const { language } = await pageSession()
  return { title: `${importTexts.title[language]} · Trellis` }
}

export default ImportsPage
