import type { Metadata } from 'next'
import { pageSession } from '../../../../frame/page-session.ts'
import { peopleTexts } from '../../../../locales/people-texts.ts'
import { AccountPage } from '../../../../people/users-page.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const { language } = await pageSession()
  return { title: `${peopleTexts.account[language]} · Trellis` }
}

export default AccountPage
