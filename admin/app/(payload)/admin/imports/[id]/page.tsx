import type { Metadata } from 'next'
import { pageSession } from '../../../../../frame/page-session.ts'
import { ImportPage } from '../../../../../imports/imports-page.tsx'
import { importTexts } from '../../../../../locales/import-texts.ts'

type Props = { params: Promise<{ id: string }> }

export async function generateMetadata(): Promise<Metadata> {
  const { language } = await pageSession()
  return { title: `${importTexts.begin[language]} · Trellis` }
}

export default async function Page({ params }: Props) {
  const { id } = await params
  return <ImportPage id={decodeURIComponent(id)} />
}
