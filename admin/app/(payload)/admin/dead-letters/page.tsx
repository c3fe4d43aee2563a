import type { Metadata } from 'next'
import { pageSession } from '../../../../frame/page-session.ts'
import { deadLetterTexts } from '../../../../locales/operations-texts.ts'
import { DeadLettersPage } from '../../../../operations/dead-letters-page.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const { language } = await pageSession()
  return { title: `${deadLetterTexts.title[language]} · Trellis` }
}

export default DeadLettersPage
