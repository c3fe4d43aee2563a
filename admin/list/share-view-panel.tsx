'use client'

import { useState } from 'react'
import { viewSharings, type ViewSharing } from '../../config/language/view.ts'
import type { SavedView } from '../../plugins/core/saved-views/saved-views.ts'
import { useCommand } from '../kit/api.ts'
import { Button } from '../kit/button.tsx'
import { useText } from '../kit/kit-context.tsx'
import { notify } from '../kit/notify.ts'
import { SidePanel } from '../kit/side-panel.tsx'
import { ErrorBanner } from '../kit/surfaces.tsx'
import { kitTexts } from '../locales/texts.ts'
import { viewTexts } from '../locales/view-texts.ts'
import type { OpenList } from './use-list.ts'
import page from '../kit/page.module.css'
import panel from '../kit/side-panel.module.css'
import styles from './views.module.css'

/** With whom a view is shared, and whether it opens first for them. */
export function ShareViewPanel({ open, one, onClose }: { readonly open: OpenList; readonly one: SavedView; readonly onClose: () => void }) {
  const say = useText()
  const { busy, problem, run } = useCommand()
  const [sharing, setSharing] = useState<ViewSharing>(one.sharing)
  const [roles, setRoles] = useState<readonly string[]>(one.roles)
  const [standard, setStandard] = useState(one.standard)
  const submit = async () => {
    const body = { sharing, roles: sharing === 'roles' ? roles : [], standard: sharing !== 'private' && standard, expectedVersion: one.version }
    const done = await run(`/api/views/saved/${open.view.entity.slug}/${one.id}`, { method: 'PATCH', body })
    if (!done) return
    notify(say(viewTexts.saved))
    onClose()
    await open.reloadSaved()
  }
  return (
    <SidePanel
      title={say(viewTexts.share).replace('…', '')} onClose={onClose} onSubmit={() => void submit()}
      foot={<><Button onClick={onClose}>{say(kitTexts.cancel)}</Button><Button type="submit" look="primary" busy={busy}>{say(viewTexts.save)}</Button></>}
    >
      <p className={panel.help}>{say(viewTexts.rightsHelp)}</p>
      <ErrorBanner problem={problem} />
      <fieldset className={styles.choices}>
        <legend>{say(viewTexts.sharedWith)}</legend>
        {viewSharings.map((value) => <label key={value} className={page.check}><input type="radio" name="sharing" checked={sharing === value} onChange={() => setSharing(value)} />{say(viewTexts[value])}</label>)}
      </fieldset>
      {sharing === 'roles' ? (
        <fieldset className={styles.choices}>
          <legend>{say(viewTexts.roles)}</legend>
          {open.saved.roles.map(({ slug, label }) => (
            <label key={slug} className={page.check}>
              <input type="checkbox" checked={roles.includes(slug)} onChange={() => setRoles(roles.includes(slug) ? roles.filter((role) => role !== slug) : [...roles, slug])} />{say(label)}
            </label>
          ))}
        </fieldset>
      ) : null}
      {sharing === 'private' ? null : <label className={page.check}><input type="checkbox" checked={standard} onChange={() => setStandard(!standard)} />{say(viewTexts.standard)}</label>}
    </SidePanel>
  )
}
