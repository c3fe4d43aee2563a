import type { Metadata } from 'next'
import { PageDesignPage } from '../../../../../../configuration/configuration-page.tsx'
import { pageSession } from '../../../../../../frame/page-session.ts'
import { pageDesignTexts } from '../../../../../../locales/page-design-texts.ts'

type Props = { params: Promise<{ page: string }> }

export async function generateMetadata(): Promise<Metadata> {
  const { language } = await pageSession()
  return { title: `${pageDesignTexts.pages[language]} · Trellis` }
}

export default async function Page({ params }: Props) {
  return <PageDesignPage slug={decodeURIComponent((await params).page)} />
}
