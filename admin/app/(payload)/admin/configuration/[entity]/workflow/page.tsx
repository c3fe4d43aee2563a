import type { Metadata } from 'next'
import { pageSession } from '../../../../../../frame/page-session.ts'
import { designerTexts } from '../../../../../../locales/designer-texts.ts'
import { DesignerPage } from '../../../../../../workflow/designer/designer-page.tsx'

type Props = { params: Promise<{ entity: string }> }

export async function generateMetadata(): Promise<Metadata> {
  const { language } = await pageSession()
  return { title: `${designerTexts.workflow[language]} · Trellis` }
}

export default async function Page({ params }: Props) {
  return <DesignerPage slug={decodeURIComponent((await params).entity)} />
}
