'use client'

import { useRef, useState } from 'react'
import type { Text } from '../../config/language/text.ts'
import type { RequestProblem } from '../kit/api.ts'
import { IconButton } from '../kit/button.tsx'
import { downloadFrom } from '../kit/download.ts'
import { useText } from '../kit/kit-context.tsx'
import { notify } from '../kit/notify.ts'
import { Banner, ErrorBanner } from '../kit/surfaces.tsx'
import { configurationTexts } from '../locales/configuration-texts.ts'

type Props = {
  readonly path: string
  readonly mayEdit: boolean
  readonly exportText: Text
  readonly importText: Text
  /** Takes what stands in a file, null for one that is no JSON. @returns why it cannot be taken, null where it is */
  readonly onRead: (found: Readonly<Record<string, unknown>> | null) => Promise<string | RequestProblem | null>
}

/** A definition as one JSON file, and back into the draft. */
export function DefinitionFile({ path, mayEdit, exportText, importText, onRead }: Props) {
  const say = useText()
  const chooser = useRef<HTMLInputElement>(null)
  const [wrong, setWrong] = useState<string | RequestProblem | null>(null)
  const read = async (file: File) => {
    setWrong(null)
    const found = await file.text().then((text) => JSON.parse(text) as Readonly<Record<string, unknown>> | null).catch(() => null)
    const problem = await onRead(found)
    setWrong(problem)
    if (problem === null) notify(say(configurationTexts.imported))
  }
  return (
    <>
      {typeof wrong === 'string' ? <Banner tone="bad">{wrong}</Banner> : <ErrorBanner problem={wrong} />}
      <IconButton icon="download" label={say(exportText)} onClick={() => downloadFrom(path)} />
      {mayEdit ? (
        <>
          <IconButton icon="upload" label={say(importText)} onClick={() => chooser.current?.click()} />
          <input ref={chooser} type="file" accept="application/json,.json" hidden onChange={(event) => { const [file] = event.target.files ?? []; event.target.value = ''; if (file) void read(file) }} />
        </>
      ) : null}
    </>
  )
}
