import type { Metadata } from 'next'
import { openPages } from '../../../../../../plugins/core/pages/open-pages.ts'
import { pageSession } from '../../../../../frame/page-session.ts'
import { pageTexts } from '../../../../../locales/page-texts.ts'
import { UserPage } from '../../../../../standalone/user-page.tsx'

type Props = { readonly params: Promise<{ page: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { payload, language } = await pageSession()
  const title = openPages(payload).get(decodeURIComponent((await params).page))?.page.title ?? pageTexts.closedTitle
  return { title: `${title[language]} · Trellis` }
}

export default async function Page({ params }: Props) {
  return <UserPage slug={decodeURIComponent((await params).page)} />
}
