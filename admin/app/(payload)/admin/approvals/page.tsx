import type { Metadata } from 'next'
import { ApprovalsPage } from '../../../../approvals/approvals-page.tsx'
import { pageSession } from '../../../../frame/page-session.ts'
import { approvalTexts } from '../../../../locales/approval-texts.ts'

export async function generateMetadata(): Promise<Metadata> {
  const { language } = await pageSession()
  return { title: `${approvalTexts.title[language]} · Trellis` }
}

export default ApprovalsPage
