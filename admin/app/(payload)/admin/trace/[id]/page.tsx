import type { Metadata } from 'next'
import { pageSession } from '../../../../../frame/page-session.ts'
import { pictureTexts } from '../../../../../locales/picture-texts.ts'
import { TracePage } from '../../../../../trace/trace-page.tsx'

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ current?: string }> }

export async function generateMetadata(): Promise<Metadata> {
  const { language } = await pageSession()
  return { title: `${pictureTexts.trace[language]} · Trellis` }
}

export default async function Page({ params, searchParams }: Props) {
  const [{ id }, { current }] = await Promise.all([params, searchParams])
  return <TracePage id={decodeURIComponent(id)} {...(typeof current === 'string' ? { current } : {})} />
}
