'use client'

import { useRef, useState } from 'react'
import { canonicalJson } from '../../../workflows/engine/canonical.ts'
import { Button, IconButton } from '../../kit/button.tsx'
import { Menu, MenuItem } from '../../kit/floating.tsx'
import { useText } from '../../kit/kit-context.tsx'
import { notify } from '../../kit/notify.ts'
import { download } from '../../kit/save-picture.ts'
import { Banner, ErrorBanner } from '../../kit/surfaces.tsx'
import type { RequestProblem } from '../../kit/api.ts'
import { designerTexts } from '../../locales/designer-texts.ts'
import { draftFrom, isRecord, type Draft } from './draft.ts'
import { toMachine } from './stately-export.ts'
import { fromMachine, type ImportNote } from './stately-import.ts'
import type { Designing } from './use-designing.ts'

/** A workflow as a file and back: its own JSON, or a machine configuration of Stately. What could not be taken over is listed. */
export function DesignerFiles({ designing }: { readonly designing: Designing }) {
  const say = useText()
  const { definition, entity, view, bring, choose } = designing
  const chooser = useRef<HTMLInputElement>(null)
  const [wrong, setWrong] = useState<string | RequestProblem | null>(null)
  const [notes, setNotes] = useState<readonly ImportNote[]>([])
  const read = async (file: File) => {
    setNotes([])
    const found = readWorkflow(await file.text(), { entity: entity.slug, label: entity.label })
    if (!found) return setWrong(say(designerTexts.notRead))
    const refused = await bring(found.definition)
    setWrong(refused)
    if (refused) return
    choose({ kind: 'workflow' })
    setNotes(found.notes)
    notify(say(designerTexts.imported))
  }
  return (
    <>
      {typeof wrong === 'string' ? <Banner tone="bad">{wrong}</Banner> : <ErrorBanner problem={wrong} />}
      {notes.length > 0 ? (
        <Banner tone="warning">
          <strong>{say(designerTexts.notTaken, { count: notes.length })}</strong>
          <ul>{notes.map(({ path, message }, index) => <li key={`${path}${index}`}><code>{path}</code> {say(message)}</li>)}</ul>
          <Button small onClick={() => setNotes([])}>OK</Button>
        </Banner>
      ) : null}
      <Menu label={say(designerTexts.file)} trigger={(props) => <Button {...props} small icon="download">{say(designerTexts.file)}</Button>}>
        {(close) => (
          <>
            <MenuItem onSelect={() => { close(); save(`${entity.slug}.workflow.json`, `${JSON.stringify(JSON.parse(canonicalJson({ kind: 'workflow', entity: entity.slug, workflow: definition })), null, 2)}\n`) }}>{say(designerTexts.exportJson)}</MenuItem>
            <MenuItem onSelect={() => { close(); save(`${entity.slug}.machine.json`, `${JSON.stringify(toMachine(definition), null, 2)}\n`) }}>{say(designerTexts.exportMachine)}</MenuItem>
          </>
        )}
      </Menu>
      {view.mayEdit ? (
        <>
          <IconButton icon="upload" label={say(designerTexts.import)} onClick={() => chooser.current?.click()} />
          <input ref={chooser} type="file" accept="application/json,.json" hidden onChange={(event) => { const [file] = event.target.files ?? []; event.target.value = ''; if (file) void read(file) }} />
        </>
      ) : null}
    </>
  )
}

const save = (name: string, text: string) => download(new Blob([text], { type: 'application/json;charset=utf-8' }), name)

/** What stands in a file: a workflow, as it is exported or by itself, or a machine. */
export function readWorkflow(text: string, about: { readonly entity: string; readonly label: Draft['label'] }): { readonly definition: Draft; readonly notes: readonly ImportNote[] } | undefined {
  let found: unknown
  try {
    found = JSON.parse(text)
  } catch {
    return undefined
  }
  const own = isRecord(found) && found.kind === 'workflow' ? found.workflow : found
  if (!isRecord(own) || !isRecord(own.states)) return undefined
  return isRecord(own.events) ? { definition: draftFrom(own, about), notes: [] } : fromMachine(own, about)
}
