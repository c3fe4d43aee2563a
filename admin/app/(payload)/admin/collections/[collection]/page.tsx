import { RootPage, generatePageMetadata } from '@payloadcms/next/views'
import type { Metadata } from 'next'
import config from '../../../../../../config/payload.config.ts'
import { platformOf } from '../../../../../../plugins/core/platform/platform.ts'
import { pageSession } from '../../../../../frame/page-session.ts'
import { ListPage } from '../../../../../list/list-page.tsx'
import { frameTexts } from '../../../../../locales/texts.ts'
import { importMap } from '../../importMap.js'

type Search = Record<string, string | string[]>
type Props = { params: Promise<{ collection: string }>; searchParams: Promise<Search> }

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { collection } = await params
  const { payload, language } = await pageSession()
  const entity = platformOf(payload).entities.get(collection)
  if (entity) return { title: `${entity.labels[language]} · Trellis` }
  if (!(collection in payload.collections)) return { title: `${frameTexts.notFound[language]} · Trellis` }
  return generatePageMetadata({ config, params: segments(collection), searchParams })
}

/** Entities have our own list; what is Payload's (users) has its stock list or the views that its collection names. */
export default async function Page({ params, searchParams }: Props) {
  const { collection } = await params
  const { payload } = await pageSession()
  if (platformOf(payload).entities.has(collection)) return <ListPage slug={collection} params={toParams(await searchParams)} />
  return RootPage({ config, importMap, params: segments(collection), searchParams })
}

const segments = (collection: string) => Promise.resolve({ segments: ['collections', collection] })

function toParams(search: Search): URLSearchParams {
  return new URLSearchParams(Object.entries(search).flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, one])))
}
