import type { Metadata } from 'next'
import { pageSession } from '../../../../frame/page-session.ts'
import { structureTexts } from '../../../../locales/structure-texts.ts'
import { StructurePage } from '../../../../structure/structure-page.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const { language } = await pageSession()
  return { title: `${structureTexts.title[language]} · Trellis` }
}

export default async function Page({ searchParams }: { searchParams: Promise<Readonly<Record<string, string | string[]>>> }) {
  const asked = await searchParams
  const given = Object.fromEntries(['part', 'before', 'after'].flatMap((name) => (typeof asked[name] === 'string' && asked[name] ? [[name, asked[name]]] : [])))
  return <StructurePage given={given} {...(typeof asked.view === 'string' ? { shown: asked.view } : {})} />
}
