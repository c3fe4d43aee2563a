import type { Metadata } from 'next'
import { pageSession } from '../../../../../frame/page-session.ts'
import { processTexts } from '../../../../../locales/running-texts.ts'
import { ProcessPage } from '../../../../../process/process-page.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const { language } = await pageSession()
  return { title: `${processTexts.open[language]} · Trellis` }
}

export default async function Page({ params, searchParams }: { params: Promise<{ entity: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const [{ entity }, asked] = await Promise.all([params, searchParams])
  return <ProcessPage entity={decodeURIComponent(entity)} asked={Object.fromEntries(Object.entries(asked).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])))} />
}
