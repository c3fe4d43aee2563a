import type { Metadata } from 'next'
import { pageSession } from '../../../../frame/page-session.ts'
import { reportTexts } from '../../../../locales/operations-texts.ts'
import { ReportsPage } from '../../../../reports/reports-page.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const { language } = await pageSession()
  return { title: `${reportTexts.title[language]} · Trellis` }
}

export default async function Page({ searchParams }: { searchParams: Promise<{ report?: string | string[] }> }) {
  const { report } = await searchParams
  return <ReportsPage {...(typeof report === 'string' ? { shown: report } : {})} />
}
