'use client'

import { useState } from 'react'
import type { Text } from '../../config/language/text.ts'
import type { EntityView } from '../../plugins/core/views/entity-view.ts'
import type { ListRow } from '../../plugins/core/views/list-view.ts'
import type { AvailableEvent } from '../../workflows/engine/available.ts'
import { request } from '../kit/api.ts'
import { Button } from '../kit/button.tsx'
import { Menu, MenuItem } from '../kit/floating.tsx'
import { useText } from '../kit/kit-context.tsx'
import { listTexts } from '../locales/list-texts.ts'
import floating from '../kit/floating.module.css'
import { BulkPanel, type BulkJob } from './bulk-panel.tsx'
import styles from './list.module.css'

/** What can be done with the selected rows; each row is a command of its own and reports for itself. */
export function BulkBar({ entity, rows, selected, onSelect, onDone }: {
  readonly entity: EntityView
  readonly rows: readonly ListRow[]
  readonly selected: ReadonlySet<string>
  readonly onSelect: (selected: ReadonlySet<string>) => void
  readonly onDone: () => Promise<void>
}) {
  const say = useText()
  const [job, setJob] = useState<BulkJob | null>(null)
  const ids = [...selected]
  return (
    <div className={styles.bulk} role="toolbar" aria-label={say(listTexts.selected, { count: selected.size })}>
      <strong>{say(listTexts.selected, { count: selected.size })}</strong>
      {entity.rights.send ? <EventsMenu slug={entity.slug} ids={ids} onChoose={(event) => setJob({ kind: 'event', event, ids })} /> : null}
      {entity.rights.discard ? <Button small danger icon="trash" onClick={() => setJob({ kind: 'discard', ids })}>{say(listTexts.discard)}</Button> : null}
      <Button small look="ghost" onClick={() => onSelect(new Set())}>{say(listTexts.unselect)}</Button>
      {job ? (
        <BulkPanel
          entity={entity} job={job} nameOf={(id) => nameOf(entity, rows.find((row) => row.id === id), id)}
          onClose={(isRun) => {
            setJob(null)
            if (isRun) { onSelect(new Set()); void onDone() }
          }}
        />
      ) : null}
    </div>
  )
}

type Offered = { readonly event: AvailableEvent; readonly count: number }

/** The events of the selected documents, read when the menu opens. */
function EventsMenu({ slug, ids, onChoose }: { readonly slug: string; readonly ids: readonly string[]; readonly onChoose: (event: AvailableEvent) => void }) {
  const say = useText()
  const [offered, setOffered] = useState<readonly Offered[] | null>(null)
  const load = () => {
    setOffered(null)
    request<Record<string, AvailableEvent[]>>(`/api/views/events/${slug}?ids=${ids.slice(0, 200).join(',')}`).then((answer) => setOffered(offeredOf(answer)), () => setOffered([]))
  }
  return (
    <Menu
      side="start" label={say(listTexts.events)}
      trigger={({ onClick, ...props }) => <Button {...props} small icon="play" onClick={() => { load(); onClick() }}>{say(listTexts.events)}</Button>}
    >
      {(close) => offered?.length === 0 ? <p className={floating.note}>{say(listTexts.noEvents)}</p> : offered?.map(({ event, count }) => (
        <MenuItem key={event.event} danger={event.tone === 'bad'} onSelect={() => { close(); onChoose(event) }} {...(needsMore(event) ? { why: say(listTexts.needsInput) } : {})}>
          {say(listTexts.runFor, { label: say(event.label), count })}
        </MenuItem>
      ))}
    </Menu>
  )
}

export const needsMore = ({ input, lineInput }: AvailableEvent) => input.some(({ required }) => required) || lineInput.some(({ required }) => required)

function offeredOf(answer: Record<string, AvailableEvent[]>): Offered[] {
  const found = new Map<string, Offered>()
  for (const event of Object.values(answer).flat().filter(({ allowed }) => allowed)) {
    found.set(event.event, { event, count: (found.get(event.event)?.count ?? 0) + 1 })
  }
  return [...found.values()]
}

function nameOf(entity: EntityView, row: ListRow | undefined, id: string): Text {
  const value = row?.[entity.titleField] ?? row?.[entity.listColumns[0] ?? '']
  const text = typeof value === 'string' ? value : `…${id.slice(-6)}`
  return { en: text, zh: text }
}
