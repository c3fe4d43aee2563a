import type { Metadata } from 'next'
import { pageSession } from '../../../../../../frame/page-session.ts'
import { peopleTexts } from '../../../../../../locales/people-texts.ts'
import { UserPage } from '../../../../../../people/users-page.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const { language } = await pageSession()
  return { title: `${peopleTexts.user[language]} · Trellis` }
}

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <UserPage id={decodeURIComponent((await params).id)} />
}
