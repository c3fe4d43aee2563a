'use client'

import { useState } from 'react'
import { viewKinds, type ViewKind } from '../../config/language/view.ts'
import type { SavedView } from '../../plugins/core/saved-views/saved-views.ts'
import { useCommand } from '../kit/api.ts'
import { Button, IconButton } from '../kit/button.tsx'
import { Menu, MenuItem } from '../kit/floating.tsx'
import { Icon, type IconName } from '../kit/icon.tsx'
import { useKit, useText } from '../kit/kit-context.tsx'
import { notify } from '../kit/notify.ts'
import { Banner, ErrorBanner } from '../kit/surfaces.tsx'
import { kindTexts, viewTexts } from '../locales/view-texts.ts'
import { firstSettings } from './first-settings.ts'
import { SaveViewPanel } from './save-view-panel.tsx'
import type { OpenList } from './use-list.ts'
import { useImportView } from './use-import-view.tsx'
import { ViewMenu } from './view-menu.tsx'
import { nameOfView } from './view-name.ts'
import page from '../kit/page.module.css'
import styles from './views.module.css'

export const kindIcons: Readonly<Record<ViewKind, IconName>> = { table: 'table', kanban: 'kanban', calendar: 'calendar', gallery: 'gallery', chart: 'chart', form: 'form' }

/** The views of the list as tabs, and what can be done with the one that is open. */
export function ViewBar({ open }: { readonly open: OpenList }) {
  const say = useText()
  const { view: { entity }, saved: { views }, chosen, shown } = open
  const { busy, problem, run } = useCommand()
  const [isSaving, setSaving] = useState(false)
  const file = useImportView(open)
  const current = chosen.saved
  const save = async () => {
    if (!current) return
    const done = await run(`/api/views/saved/${entity.slug}/${current.id}`, { method: 'PATCH', body: { view: shown, expectedVersion: current.version } })
    if (!done) return
    notify(say(viewTexts.saved))
    await open.reloadSaved(current.id)
  }
  return (
    <>
      <div className={styles.bar}>
        <div className={`${page.tabs} ${styles.tabs}`} role="group" aria-label={say(viewTexts.views)}>
          <Tab icon="table" name={say(kindTexts.table)} isOpen={!current && !chosen.isEdited} onOpen={() => open.open(undefined)} />
          {views.map((one) => <SavedTab key={one.id} one={one} isOpen={one.id === current?.id} isEdited={one.id === current?.id && chosen.isEdited} onOpen={() => open.open(one)} />)}
          {!current && chosen.isEdited ? <Tab icon={kindIcons[shown.kind]} name={say(viewTexts.unsaved, { kind: say(kindTexts[shown.kind]) })} isOpen onOpen={() => undefined} /> : null}
          <Menu side="start" label={say(viewTexts.add)} trigger={(props) => <IconButton {...props} small icon="plus" label={say(viewTexts.add)} />}>
            {(close) => (
              <>
                {viewKinds.map((kind) => (
                  <MenuItem key={kind} onSelect={() => { close(); open.show({ saved: undefined, view: firstSettings(kind, shown, entity) }) }}>
                    <span className={styles.kind}><Icon name={kindIcons[kind]} size={14} />{say(kindTexts[kind])}</span>
                  </MenuItem>
                ))}
                <MenuItem onSelect={() => { close(); file.choose() }}><span className={styles.kind}><Icon name="upload" size={14} />{say(viewTexts.importFile)}</span></MenuItem>
              </>
            )}
          </Menu>
        </div>
        <div className={styles.tools}>
          {current?.mine && chosen.isEdited ? <Button small look="ghost" onClick={() => open.open(current)}>{say(viewTexts.reset)}</Button> : null}
          {current?.mine && chosen.isEdited ? <Button small busy={busy} title={say(viewTexts.saveHelp)} onClick={() => void save()}>{say(viewTexts.save)}</Button> : null}
          <Button small look={chosen.isEdited && !current?.mine ? 'plain' : 'ghost'} onClick={() => setSaving(true)}>{say(viewTexts.saveAs)}</Button>
          <ViewMenu open={open} />
        </div>
      </div>
      {file.input}
      <Told open={open} />
      {problem ?? file.problem ? <div className={styles.told}><ErrorBanner problem={problem ?? file.problem} /></div> : null}
      {isSaving ? <SaveViewPanel open={open} onClose={() => setSaving(false)} /> : null}
    </>
  )
}

function SavedTab({ one, isOpen, isEdited, onOpen }: { readonly one: SavedView; readonly isOpen: boolean; readonly isEdited: boolean; readonly onOpen: () => void }) {
  const say = useText()
  const { language } = useKit()
  const title = one.sharing !== 'private' && one.ownerName ? say(viewTexts.sharedBy, { name: one.ownerName }) : undefined
  return <Tab icon={kindIcons[one.view.kind]} name={`${nameOfView(one, language)}${isEdited ? ' *' : ''}`} isOpen={isOpen} isShared={one.sharing !== 'private'} onOpen={onOpen} {...(title ? { title } : {})} />
}

function Tab({ icon, name, isOpen, isShared = false, title, onOpen }: { readonly icon: IconName; readonly name: string; readonly isOpen: boolean; readonly isShared?: boolean; readonly title?: string; readonly onOpen: () => void }) {
  return <button type="button" aria-pressed={isOpen} title={title} onClick={onOpen}><Icon name={icon} size={14} />{name}{isShared ? <Icon name="users" size={12} /> : null}</button>
}

/** What the view names and the reader does not meet. */
function Told({ open: { chosen: { saved, isGone } } }: { readonly open: OpenList }) {
  const say = useText()
  const gone = saved?.gone.map((label) => say(label)).join(', ') ?? ''
  if (!isGone && !gone && !saved?.hidden) return null
  return (
    <div className={styles.told}>
      <Banner tone="warning">
        {isGone ? say(viewTexts.missing) : null}
        {gone ? <p>{say(viewTexts.gone, { what: gone })}</p> : null}
        {saved?.hidden ? <p>{say(viewTexts.hidden, { count: say(saved.hidden === 1 ? viewTexts.oneField : viewTexts.manyFields, { count: saved.hidden }) })}</p> : null}
      </Banner>
    </div>
  )
}
