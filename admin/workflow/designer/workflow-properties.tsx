'use client'

import { Button } from '../../kit/button.tsx'
import { useText } from '../../kit/kit-context.tsx'
import { designerTexts } from '../../locales/designer-texts.ts'
import { pathsOf } from './draft.ts'
import { addEvent } from './draft-arrows.ts'
import { Part, TextPair } from './kept-inputs.tsx'
import { spokenPath } from './state-properties.tsx'
import type { Designing } from './use-designing.ts'
import styles from './designer.module.css'

/** The workflow as a whole: its name, and everything in it as lists, beside the drawing. */
export function WorkflowProperties({ designing }: { readonly designing: Designing }) {
  const say = useText()
  const { definition, put, choose } = designing
  const number = Object.keys(definition.events).length + 1
  const add = () => {
    const made = addEvent(definition, { label: { en: designerTexts.newEvent.en.replace('{number}', String(number)), zh: designerTexts.newEvent.zh.replace('{number}', String(number)) } })
    put(made.definition, { kind: 'event', event: made.event })
  }
  return (
    <>
      <TextPair label={say(designerTexts.name)} value={definition.label} onKeep={(label) => put({ ...definition, label })} />
      <Part title={`${say(designerTexts.states)} (${pathsOf(definition.states).length})`}>
        <ul className={styles.plain}>{pathsOf(definition.states).map((path) => <li key={path}><button type="button" className={styles.link} onClick={() => choose({ kind: 'state', path })}>{spokenPath(definition, path, say)}</button></li>)}</ul>
      </Part>
      <Part title={`${say(designerTexts.events)} (${number - 1})`}>
        <ul className={styles.plain}>{Object.entries(definition.events).map(([event, { label }]) => <li key={event}><button type="button" className={styles.link} onClick={() => choose({ kind: 'event', event })}>{say(label) || event}</button></li>)}</ul>
        <Button small icon="plus" onClick={add}>{say(designerTexts.addEvent)}</Button>
      </Part>
    </>
  )
}
