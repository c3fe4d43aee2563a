import { RootPage, generatePageMetadata } from '@payloadcms/next/views'
import type { Metadata } from 'next'
import config from '../../../../../../../config/payload.config.ts'
import { platformOf } from '../../../../../../../plugins/core/platform/platform.ts'
import { DocumentPage } from '../../../../../../document/document-page.tsx'
import { pageSession } from '../../../../../../frame/page-session.ts'
import { frameTexts } from '../../../../../../locales/texts.ts'
import { importMap } from '../../../importMap.js'

type Search = Record<string, string | string[]>
type Props = { params: Promise<{ collection: string; id: string }>; searchParams: Promise<Search> }

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { collection, id } = await params
  const { payload, language } = await pageSession()
  const entity = platformOf(payload).entities.get(collection)
  if (entity) return { title: `${entity.label[language]} · Trellis` }
  if (!(collection in payload.collections)) return { title: `${frameTexts.notFound[language]} · Trellis` }
  return generatePageMetadata({ config, params: segments(collection, id), searchParams })
}

/** Entities have our own document page; what is Payload's (users) has the view that its collection names. */
export default async function Page({ params, searchParams }: Props) {
  const { collection, id } = await params
  const { payload } = await pageSession()
  if (!platformOf(payload).entities.has(collection)) return RootPage({ config, importMap, params: segments(collection, id), searchParams })
  const given = Object.entries(await searchParams).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : []))
  return <DocumentPage slug={collection} id={decodeURIComponent(id)} given={Object.fromEntries(given)} />
}

const segments = (collection: string, id: string) => Promise.resolve({ segments: ['collections', collection, id] })
