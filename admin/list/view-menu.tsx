'use client'

import { useState } from 'react'
import { request, useCommand } from '../kit/api.ts'
import { IconButton } from '../kit/button.tsx'
import { downloadFrom } from '../kit/download.ts'
import { Menu, MenuItem } from '../kit/floating.tsx'
import { useKit, useText } from '../kit/kit-context.tsx'
import { notify } from '../kit/notify.ts'
import { ConfirmPanel } from '../kit/side-panel.tsx'
import { ErrorBanner } from '../kit/surfaces.tsx'
import { kindTexts, viewTexts } from '../locales/view-texts.ts'
import { SaveViewPanel } from './save-view-panel.tsx'
import { ShareViewPanel } from './share-view-panel.tsx'
import type { OpenList } from './use-list.ts'
import { nameOfView } from './view-name.ts'

type Doing = 'rename' | 'share' | 'remove' | null

/** What can be done with the view that is open: for its owner, and for everyone. */
export function ViewMenu({ open }: { readonly open: OpenList }) {
  const say = useText()
  const { language } = useKit()
  const { busy, problem, run } = useCommand()
  const [doing, setDoing] = useState<Doing>(null)
  const { saved: { first, mayShare }, chosen: { saved: one, view, place } } = open
  const { slug } = open.view.entity
  const name = one ? nameOfView(one, language) : say(kindTexts.table)
  const isFirst = first === (one?.id ?? '')
  const begin = async () => {
    await request(`/api/views/first/${slug}`, { method: 'PUT', body: { view: one?.id ?? '' } })
    notify(say(viewTexts.firstSet, { name }))
    await open.reloadSaved()
  }
  const copy = async () => {
    await navigator.clipboard?.writeText(new URL(open.addressFor({ saved: one, view, place }), window.location.origin).href)
    notify(say(viewTexts.linkCopied))
  }
  const remove = async () => {
    if (!one || !(await run(`/api/views/saved/${slug}/${one.id}`, { method: 'DELETE' }))) return
    notify(say(viewTexts.removed))
    setDoing(null)
    await open.reloadSaved('')
  }
  return (
    <>
      <Menu label={say(viewTexts.more)} trigger={(props) => <IconButton {...props} small icon="more" label={say(viewTexts.more)} />}>
        {(close) => {
          const item = (text: string, action: () => void, more: { why?: string; danger?: boolean } = {}) => <MenuItem key={text} onSelect={() => { close(); action() }} {...more}>{text}</MenuItem>
          return (
            <>
              {one?.mine ? item(say(viewTexts.rename), () => setDoing('rename')) : null}
              {one?.mine ? item(say(viewTexts.share), () => setDoing('share'), mayShare ? {} : { why: say(viewTexts.shareRefused) }) : null}
              {item(say(viewTexts.first), () => void begin(), isFirst ? { why: say(viewTexts.isFirst) } : {})}
              {item(say(viewTexts.copyLink), () => void copy())}
              {one?.mine ? item(say(viewTexts.exportFile), () => downloadFrom(`/api/views/saved/${slug}/${one.id}/file`)) : null}
              {one?.mine ? item(say(viewTexts.remove), () => setDoing('remove'), { danger: true }) : null}
            </>
          )
        }}
      </Menu>
      {one && doing === 'rename' ? <SaveViewPanel open={open} renamed={one} onClose={() => setDoing(null)} /> : null}
      {one && doing === 'share' ? <ShareViewPanel open={open} one={one} onClose={() => setDoing(null)} /> : null}
      {one && doing === 'remove' ? (
        <ConfirmPanel title={say(viewTexts.removeTitle, { name })} text={say(viewTexts.removeText)} action={say(viewTexts.removeAction)} danger busy={busy} onConfirm={() => void remove()} onClose={() => setDoing(null)}>
          <ErrorBanner problem={problem} />
        </ConfirmPanel>
      ) : null}
    </>
  )
}
