'use client'

import { useState } from 'react'
import { useCommand } from '../kit/api.ts'
import { Button } from '../kit/button.tsx'
import { LabelledField } from '../kit/field-input.tsx'
import { useText } from '../kit/kit-context.tsx'
import { notify } from '../kit/notify.ts'
import { SidePanel } from '../kit/side-panel.tsx'
import { ErrorBanner } from '../kit/surfaces.tsx'
import { kitTexts } from '../locales/texts.ts'
import { kindTexts, viewTexts } from '../locales/view-texts.ts'
import type { SavedView } from '../../plugins/core/saved-views/saved-views.ts'
import type { OpenList } from './use-list.ts'

/** Names a view: a new one, or `renamed`. */
export function SaveViewPanel({ open, renamed, onClose }: { readonly open: OpenList; readonly renamed?: SavedView; readonly onClose: () => void }) {
  const say = useText()
  const { busy, problem, run } = useCommand()
  const [name, setName] = useState(renamed?.name ?? '')
  const [nameZh, setNameZh] = useState(renamed?.nameZh ?? '')
  const submit = async () => {
    const path = `/api/views/saved/${open.view.entity.slug}${renamed ? `/${renamed.id}` : ''}`
    const names = { name, nameZh: nameZh || null }
    const done = await run<{ id: string }>(path, renamed ? { method: 'PATCH', body: { ...names, expectedVersion: renamed.version } } : { method: 'POST', body: { ...names, view: open.shown } })
    if (!done) return
    notify(say(viewTexts.saved))
    onClose()
    await open.reloadSaved(renamed ? undefined : done.id)
  }
  return (
    <SidePanel
      title={`${say(renamed ? viewTexts.rename : viewTexts.saveAs).replace('…', '')}: ${say(kindTexts[renamed?.view.kind ?? open.shown.kind])}`} onClose={onClose} onSubmit={() => void submit()}
      foot={<><Button onClick={onClose}>{say(kitTexts.cancel)}</Button><Button type="submit" look="primary" busy={busy} disabled={!name.trim()}>{say(viewTexts.save)}</Button></>}
    >
      <ErrorBanner problem={problem} />
      <LabelledField field={{ name: 'name', type: 'text', label: viewTexts.name, help: viewTexts.nameHelp, required: true }} value={name} onChange={(value) => setName(String(value))} />
      <LabelledField field={{ name: 'nameZh', type: 'text', label: viewTexts.nameZh }} value={nameZh} onChange={(value) => setNameZh(String(value))} />
    </SidePanel>
  )
}
