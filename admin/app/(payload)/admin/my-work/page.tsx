import type { Metadata } from 'next'
import { pageSession } from '../../../../frame/page-session.ts'
import { workTexts } from '../../../../locales/running-texts.ts'
import { MyWorkPage } from '../../../../my-work/my-work-page.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const { language } = await pageSession()
  return { title: `${workTexts.title[language]} · Trellis` }
}

export default async function Page({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const asked = await searchParams
  return <MyWorkPage asked={Object.fromEntries(Object.entries(asked).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])))} />
}
