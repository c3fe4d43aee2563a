import type { Metadata } from 'next'
import { LinkPage } from '../../../../approvals/link-page.tsx'
import { pageSession } from '../../../../frame/page-session.ts'
import { approvalTexts } from '../../../../locales/approval-texts.ts'

type Props = { readonly params: Promise<{ link: string }> }

/** The address is a key: no other page hears of it. */
export async function generateMetadata(): Promise<Metadata> {
  const { language } = await pageSession()
  return { title: approvalTexts.linkTitle[language], robots: { index: false, follow: false }, referrer: 'no-referrer' }
}

export default async function Page({ params }: Props) {
  return <LinkPage link={decodeURIComponent((await params).link)} />
}
