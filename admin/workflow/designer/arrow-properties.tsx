'use client'

import { IconButton, Button } from '../../kit/button.tsx'
import { useText } from '../../kit/kit-context.tsx'
import { designerTexts } from '../../locales/designer-texts.ts'
import { candidatesIn, pathsOf, stateAt, without, type Arrow } from './draft.ts'
import { addEvent, arrowAt, giveEvent, leadsTo, moveArrow, removeArrow, setArrow, targetOf } from './draft-arrows.ts'
import { EventProperties } from './event-properties.tsx'
import { Choice, Part } from './kept-inputs.tsx'
import { ReferenceEditor } from './reference-editor.tsx'
import { spokenPath } from './state-properties.tsx'
import type { Designing } from './use-designing.ts'
import styles from './designer.module.css'

const newEvent = '\u0000new'

/** Where an arrow leads, on what conditions, what it does; and the event that takes it. */
export function ArrowProperties({ arrow, designing }: { readonly arrow: Arrow; readonly designing: Designing }) {
  const say = useText()
  const { definition, view, put } = designing
  const found = arrowAt(definition, arrow)
  if (!found) return null
  const { state, event, index } = arrow
  const count = event === null ? 1 : candidatesIn(stateAt(definition, state) ?? { label: { en: '', zh: '' } }, event).length
  const to = leadsTo(definition, arrow, found.target)
  const lead = (path: string) => put(setArrow(definition, arrow, path === '' ? without(found, 'target') : { ...found, target: targetOf(definition, state, path) ?? path }))
  const choose = (name: string) => {
    const made = name === newEvent ? addEvent(definition, { label: { en: designerTexts.newEvent.en.replace('{number}', String(Object.keys(definition.events).length + 1)), zh: designerTexts.newEvent.zh.replace('{number}', String(Object.keys(definition.events).length + 1)) } }) : { definition, event: name }
    const given = giveEvent(made.definition, arrow, made.event)
    put(given.definition, { kind: 'arrow', arrow: given.arrow })
  }
  const order = (by: -1 | 1) => put(moveArrow(definition, arrow, by), { kind: 'arrow', arrow: { ...arrow, index: index + by } })
  return (
    <>
      <p className={styles.lead}>{spokenPath(definition, state, say)} →</p>
      <Choice label={say(designerTexts.leadsTo)} value={to === null ? '' : to ?? found.target ?? ''} options={[...(event === null ? [] : [{ value: '', label: say(designerTexts.stays) }]), ...pathsOf(definition.states).map((path) => ({ value: path, label: spokenPath(definition, path, say) }))]} onChoose={lead} />
      {event === null ? <p className={styles.note}>{say(designerTexts.join)}</p> : (
        <Choice label={say(designerTexts.event)} value={event} options={[...Object.entries(definition.events).map(([value, { label }]) => ({ value, label: say(label) || value })), { value: newEvent, label: `+ ${say(designerTexts.anotherEvent)}` }]} onChoose={choose} />
      )}
      {event === null ? null : <EventProperties event={event} designing={designing} isPart />}
      {count > 1 ? (
        <div className={styles.itemHead}>
          <span className={styles.note}>{say(designerTexts.order, { number: index + 1, count })}</span>
          <IconButton small icon="up" label={say(designerTexts.earlier)} disabled={index === 0} onClick={() => order(-1)} />
          <IconButton small icon="down" label={say(designerTexts.later)} disabled={index === count - 1} onClick={() => order(1)} />
        </div>
      ) : null}
      {event === null ? null : (
        <ReferenceEditor
          title={say(designerTexts.guards)} note={say(designerTexts.guardsHelp)} add={say(designerTexts.addGuard)} itemText={designerTexts.guard} list={found.guards ?? []} known={view.registry.guards} designing={designing}
          onChange={(guards) => put(setArrow(definition, arrow, guards.length > 0 ? { ...found, guards } : without(found, 'guards')))}
        />
      )}
      <ReferenceEditor
        title={say(designerTexts.actions)} note={say(designerTexts.actionsHelp)} add={say(designerTexts.addAction)} itemText={designerTexts.action} list={found.actions ?? []} known={view.registry.actions} designing={designing}
        onChange={(actions) => put(setArrow(definition, arrow, actions.length > 0 ? { ...found, actions } : without(found, 'actions')))}
      />
      <Part title={say(designerTexts.arrow)}>
        <Button small danger icon="trash" onClick={() => put(removeArrow(definition, arrow), { kind: 'state', path: state })}>{say(designerTexts.remove)}</Button>
      </Part>
    </>
  )
}
