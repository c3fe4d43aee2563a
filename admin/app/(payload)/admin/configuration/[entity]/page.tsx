import type { Metadata } from 'next'
import { EntityFieldsPage } from '../../../../../configuration/configuration-page.tsx'
import { pageSession } from '../../../../../frame/page-session.ts'
import { configurationTexts } from '../../../../../locales/configuration-texts.ts'

type Props = { params: Promise<{ entity: string }> }

export async function generateMetadata(): Promise<Metadata> {
  const { language } = await pageSession()
  return { title: `${configurationTexts.title[language]} · Trellis` }
}

export default async function Page({ params }: Props) {
  const { entity } = await params
  return <EntityFieldsPage slug={decodeURIComponent(entity)} />
}
