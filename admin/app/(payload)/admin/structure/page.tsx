import type { Metadata } from 'next'
import { pageSession } from '../../../../frame/page-session.ts'
import { structureTexts } from '../../../../locales/structure-texts.ts'
import { StructurePage } from '../../../../structure/structure-page.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const { language } = await pageSession()
  return { title: `${structureTexts.title[language]} · Trellis` }
}

export default async function Page({ searchParams }: { searchParams: Promise<{ part?: string | string[]; view?: string | string[] }> }) {
  const { part, view } = await searchParams
  return <StructurePage {...(typeof part === 'string' ? { part } : {})} {...(typeof view === 'string' ? { shown: view } : {})} />
}
