'use client'

import { useRef, useState } from 'react'
import type { EntityFieldsView } from '../../plugins/core/configuration/configuration-view.ts'
import type { RequestProblem } from '../kit/api.ts'
import { IconButton } from '../kit/button.tsx'
import { downloadFrom } from '../kit/download.ts'
import { useText } from '../kit/kit-context.tsx'
import { notify } from '../kit/notify.ts'
import { Banner, ErrorBanner } from '../kit/surfaces.tsx'
import { configurationTexts } from '../locales/configuration-texts.ts'
import type { Content } from './use-draft.ts'

type Props = { readonly view: EntityFieldsView; readonly content: Content; readonly onRead: (content: Content) => Promise<RequestProblem | null> }

/** The form as one JSON file, and back into the draft. */
export function FileButtons({ view, content, onRead }: Props) {
  const say = useText()
  const chooser = useRef<HTMLInputElement>(null)
  const [wrong, setWrong] = useState<string | RequestProblem | null>(null)
  const read = async (file: File) => {
    setWrong(null)
    const found = await file.text().then((text) => JSON.parse(text) as { entity?: unknown; fields?: Content['fields']; form?: Content['form']; ownEntity?: Content['entity'] } | null).catch(() => null)
    if (!found || !Array.isArray(found.fields)) return setWrong(say(configurationTexts.badFile))
    if (found.entity !== view.slug) return setWrong(say(configurationTexts.otherForm, { entity: String(found.entity) }))
    // The file is the whole form: where it has no rules, there are none.
    const refused = await onRead({ fields: found.fields, form: found.form ?? { rules: {} }, entity: content.entity && (found.ownEntity ?? content.entity) })
    if (refused) return setWrong(refused)
    notify(say(configurationTexts.imported))
  }
  return (
    <>
      {typeof wrong === 'string' ? <Banner tone="bad">{wrong}</Banner> : <ErrorBanner problem={wrong} />}
      <IconButton icon="download" label={say(configurationTexts.exportFile)} onClick={() => downloadFrom(`/api/configuration/fields/${view.slug}/file`)} />
      {view.mayEdit ? (
        <>
          <IconButton icon="upload" label={say(configurationTexts.importFile)} onClick={() => chooser.current?.click()} />
          <input ref={chooser} type="file" accept="application/json,.json" hidden onChange={(event) => { const [file] = event.target.files ?? []; event.target.value = ''; if (file) void read(file) }} />
        </>
      ) : null}
    </>
  )
}
