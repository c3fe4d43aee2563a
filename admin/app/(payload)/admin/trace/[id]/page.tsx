import type { Metadata } from 'next'
import { pageSession } from '../../../../../frame/page-session.ts'
import { TracePage } from '../../../../../trace/trace-page.tsx'
import { traceTitle } from '../../../../../trace/trace-title.ts'

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ current?: string }> }

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const [session, page] = await Promise.all([pageSession(), asked({ params, searchParams })])
  return { title: `${await traceTitle(session, page)} · Trellis` }
}

export default async function Page(props: Props) {
  return <TracePage {...await asked(props)} />
}

async function asked({ params, searchParams }: Props): Promise<{ readonly id: string; readonly current?: string }> {
  const [{ id }, { current }] = await Promise.all([params, searchParams])
  return { id: decodeURIComponent(id), ...(typeof current === 'string' ? { current } : {}) }
}
