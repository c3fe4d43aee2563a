import type { Metadata } from 'next'
import { pageSession } from '../../../../../../frame/page-session.ts'
import { peopleTexts } from '../../../../../../locales/people-texts.ts'
import { RolePage } from '../../../../../../people/roles-page.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const { language } = await pageSession()
  return { title: `${peopleTexts.role[language]} · Trellis` }
}

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <RolePage id={decodeURIComponent((await params).id)} />
}
