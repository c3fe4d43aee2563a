import type { Metadata } from 'next'
import { pageSession } from '../../../../../frame/page-session.ts'
import { peopleTexts } from '../../../../../locales/people-texts.ts'
import { RolesPage } from '../../../../../people/roles-page.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const { language } = await pageSession()
  return { title: `${peopleTexts.roles[language]} · Trellis` }
}

export default RolesPage
