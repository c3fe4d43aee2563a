import type { Metadata } from 'next'
import { pageSession } from '../../../../../frame/page-session.ts'
import { NewImportPage } from '../../../../../imports/new-import-page.tsx'
import { importTexts } from '../../../../../locales/import-texts.ts'

type Props = { searchParams: Promise<{ entity?: string | string[] }> }

export async function generateMetadata(): Promise<Metadata> {
  const { language } = await pageSession()
  return { title: `${importTexts.begin[language]} · Trellis` }
}

export default async function Page({ searchParams }: Props) {
  const { entity } = await searchParams
  return <NewImportPage {...(typeof entity === 'string' ? { slug: entity } : {})} />
}
