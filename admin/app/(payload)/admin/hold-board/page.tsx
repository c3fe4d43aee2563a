import type { Metadata } from 'next'
import { pageSession } from '../../../../frame/page-session.ts'
import { holdTexts } from '../../../../locales/quality-texts.ts'
import { HoldBoardPage } from '../../../../quality/hold-board-page.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const { language } = await pageSession()
  return { title: `${holdTexts.title[language]} · Trellis` }
}

export default function Page() {
  return <HoldBoardPage />
}
