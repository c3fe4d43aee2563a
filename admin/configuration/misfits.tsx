'use client'

import Link from 'next/link'
import type { Finding } from '../../config/language/refusal.ts'
import type { Text } from '../../config/language/text.ts'
import { useText } from '../kit/kit-context.tsx'
import { Banner } from '../kit/surfaces.tsx'
import { layerTexts } from '../locales/layer-texts.ts'
import { keyOfPath } from './publish-panel.tsx'

type Props = {
  readonly misfits: readonly Finding[]
  /** With it each says which form or page (`page:<slug>`) it is about. */
  readonly labelOf?: (key: string) => Text
}

/** What is published and left out, since an upgrade has changed what it was laid over. */
export function Misfits({ misfits, labelOf }: Props) {
  const say = useText()
  if (misfits.length === 0) return null
  return (
    <Banner tone="warning">
      <strong>{say(layerTexts.misfits)}</strong>
      <p>{say(layerTexts.misfitsText)}</p>
      <ul>{misfits.map(({ path, code, message }) => <li key={`${path}${code}`}>{labelOf ? <Place path={path} labelOf={labelOf} /> : null} {say(message)}</li>)}</ul>
    </Banner>
  )
}

function Place({ path, labelOf }: { readonly path: string; readonly labelOf: (key: string) => Text }) {
  const say = useText()
  const [root, slug = ''] = path.split('.')
  return <Link href={`/admin/configuration/${root === 'pages' ? 'pages/' : ''}${slug}`} prefetch={false}>{say(labelOf(keyOfPath(path)))}</Link>
}
