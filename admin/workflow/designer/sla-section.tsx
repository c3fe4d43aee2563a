'use client'

import type { SlaDefinition, SlaRecipient } from '../../../config/language/workflow.ts'
import { Button, IconButton } from '../../kit/button.tsx'
import { useText } from '../../kit/kit-context.tsx'
import { designerTexts } from '../../locales/designer-texts.ts'
import { slaDesignTexts } from '../../locales/sla-design-texts.ts'
import { stateAt, without } from './draft.ts'
import { letPlatformSend } from './draft-arrows.ts'
import { setState } from './draft-states.ts'
import { Choice, KeptText, Part } from './kept-inputs.tsx'
import type { Designing } from './use-designing.ts'
import styles from './designer.module.css'

/** How long a document may stay in a state, on which calendar, and what happens when it stays longer. */
export function SlaSection({ path, designing }: { readonly path: string; readonly designing: Designing }) {
  const say = useText()
  const { definition, entity, view, put } = designing
  const sla = stateAt(definition, path)?.sla
  const set = (next: SlaDefinition | undefined) => put(setState(letPlatformSend(definition, next?.event), path, { sla: next }))
  if (!sla) return <Part title={say(slaDesignTexts.sla)}><Button small icon="clock" onClick={() => set({ within: 'P2D', calendar: 'firm' })}>{say(slaDesignTexts.add)}</Button></Part>
  const warn = say(slaDesignTexts.warn)
  const known = view.registry.calendars.map(({ value, label }) => ({ value, label: say(label) }))
  // What is named and not there is still shown.
  const calendars = sla.calendar === undefined || known.some(({ value }) => value === sla.calendar) ? known : [...known, { value: sla.calendar, label: sla.calendar }]
  const told = sla.escalate ?? []
  const tell = (escalate: readonly SlaRecipient[]) => set(escalate.length > 0 ? { ...sla, escalate } : without(sla, 'escalate'))
  const people = [...view.registry.roles.filter(({ slug }) => slug !== 'system').map(({ slug, label }) => ({ value: `role:${slug}`, label: say(label) })), ...entity.fields.filter(({ to }) => to === 'users').map(({ name, label }) => ({ value: `field:${name}`, label: say(label) }))]
  return (
    <Part title={say(slaDesignTexts.sla)} note={say(slaDesignTexts.note)}>
      <div className={styles.two}>
        <div className={styles.labelled}><span className={styles.label}>{say(slaDesignTexts.within)}</span><KeptText label={say(slaDesignTexts.within)} value={sla.within} onKeep={(within) => set({ ...sla, within: within.trim() })} /></div>
        <div className={styles.labelled}><span className={styles.label}>{warn}</span><KeptText label={warn} placeholder="PT4H" value={sla.warn ?? ''} onKeep={(text) => set(text.trim() ? { ...sla, warn: text.trim() } : without(sla, 'warn'))} /></div>
        <Choice label={say(slaDesignTexts.calendar)} value={sla.calendar ?? ''} options={[{ value: '', label: say(slaDesignTexts.allTime) }, ...calendars]} onChoose={(calendar) => set(calendar === '' ? without(sla, 'calendar') : { ...sla, calendar })} />
        <Choice label={say(slaDesignTexts.event)} value={sla.event ?? ''} options={[{ value: '', label: say(slaDesignTexts.nothing) }, ...Object.entries(definition.events).map(([value, { label }]) => ({ value, label: say(label) || value }))]} onChoose={(event) => set(event === '' ? without(sla, 'event') : { ...sla, event })} />
      </div>
      {told.map((one, index) => {
        const label = say(slaDesignTexts.tells, { number: index + 1 })
        return (
          <div key={index} className={styles.itemHead}>
            <Choice hideLabel label={label} value={'role' in one ? `role:${one.role}` : `field:${one.field}`} options={people} onChoose={(chosen) => tell(told.map((other, at) => (at === index ? recipientOf(chosen) : other)))} />
            <IconButton small icon="trash" label={say(designerTexts.removeWhat, { what: label })} onClick={() => tell(told.filter((_, at) => at !== index))} />
          </div>
        )
      })}
      <div className={styles.itemHead}>
        <Button small icon="plus" disabled={people.length === 0} onClick={() => tell([...told, recipientOf(people[0]?.value ?? 'role:owner')])}>{say(slaDesignTexts.tell)}</Button>
        <Button small danger icon="trash" onClick={() => set(undefined)}>{say(designerTexts.removeWhat, { what: say(slaDesignTexts.sla) })}</Button>
      </div>
    </Part>
  )
}

const recipientOf = (chosen: string): SlaRecipient => (chosen.startsWith('field:') ? { field: chosen.slice('field:'.length) } : { role: chosen.slice('role:'.length) })
