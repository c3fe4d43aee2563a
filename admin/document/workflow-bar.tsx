'use client'

import { useSearchParams } from 'next/navigation'
import { useState } from 'react'
import type { EventView } from '../../plugins/core/views/document-view.ts'
import { Button } from '../kit/button.tsx'
import { Menu, MenuItem, Tooltip } from '../kit/floating.tsx'
import { useText, type Speak } from '../kit/kit-context.tsx'
import { documentTexts } from '../locales/document-texts.ts'
import { EventPanel } from './event-panel.tsx'
import type { useDocument } from './use-document.ts'
import styles from './document.module.css'

/** The steps of a document now: the one forward as a button, the others in a menu; refused ones say why. */
export function WorkflowBar({ open }: { readonly open: ReturnType<typeof useDocument> }) {
  const say = useText()
  const { view, dirty, busy, save } = open
  // A link may ask for a step ("?event=receive", from the home page): its panel opens with the page.
  const asked = useSearchParams().get('event')
  const [chosen, setChosen] = useState<string | null>(() => (view.events.some(({ event, allowed }) => allowed && event === asked) ? asked : null))
  const { primary, others } = arranged(view.events)
  const event = view.events.find((candidate) => candidate.event === chosen)
  if (view.events.length === 0) return null
  // A step acts on what is stored: what was typed is saved first.
  const start = async (name: string) => { if (!dirty || (await save())) setChosen(name) }
  return (
    <div className={styles.steps} role="group" aria-label={say(documentTexts.actions)}>
      {primary.map((one) => <StepButton key={one.event} event={one} isLead={one === primary[0]} busy={busy} onStart={() => void start(one.event)} />)}
      {others.length > 0 ? (
        <Menu label={say(documentTexts.actions)} trigger={(props) => <Button {...props} icon="down">{say(documentTexts.actions)}</Button>}>
          {(close) => others.map((one) => (
            <MenuItem key={one.event} danger={one.tone === 'bad'} onSelect={() => { close(); void start(one.event) }} {...(one.allowed ? {} : { why: whyNot(say, one) })}>{say(one.label)}</MenuItem>
          ))}
        </Menu>
      ) : null}
      {event ? <EventPanel key={event.event} event={event} open={open} onClose={() => setChosen(null)} /> : null}
    </div>
  )
}

function StepButton({ event, isLead, busy, onStart }: { readonly event: EventView; readonly isLead: boolean; readonly busy: boolean; readonly onStart: () => void }) {
  const say = useText()
  return (
    <Tooltip text={event.allowed ? (event.help ? say(event.help) : '') : whyNot(say, event)}>
      {(describedBy) => (
        <Button look={isLead ? 'primary' : 'plain'} aria-disabled={event.allowed ? undefined : true} aria-describedby={describedBy} disabled={busy} onClick={() => { if (event.allowed) onStart() }}>{say(event.label)}</Button>
      )}
    </Tooltip>
  )
}

const whyNot = (say: Speak, { refusals }: EventView) => refusals.map(({ message }) => say(message)).join(' ')

/** Primary steps that are allowed come first; one that is refused shows only when no other leads on. */
function arranged(events: readonly EventView[]): { primary: readonly EventView[]; others: readonly EventView[] } {
  const leading = events.filter(({ primary }) => primary)
  const allowed = leading.filter((event) => event.allowed)
  const shown = allowed.length > 0 ? allowed.slice(0, 2) : leading.slice(0, 1)
  return { primary: shown, others: events.filter((event) => !shown.includes(event)) }
}
