'use client'

import type { Tone } from '../../../config/language/entity.ts'
import type { EventDefinition } from '../../../config/language/workflow.ts'
import { keyOf } from '../../configuration/field-settings.ts'
import { Button } from '../../kit/button.tsx'
import { useText } from '../../kit/kit-context.tsx'
import { designerTexts, toneTexts } from '../../locales/designer-texts.ts'
import { arrowsOf } from './designer-layout.ts'
import { moveEvent, removeEvent, renameEvent, setEvent } from './draft-arrows.ts'
import { FieldsEditor } from './fields-editor.tsx'
import { Box, Choice, KeptText, Part, TextPair } from './kept-inputs.tsx'
import { spokenPath } from './state-properties.tsx'
import type { Designing } from './use-designing.ts'
import styles from './designer.module.css'

/** What an event is called, who may send it and what it asks for. `isPart`: below the arrow that it takes. */
export function EventProperties({ event, designing, isPart = false }: { readonly event: string; readonly designing: Designing; readonly isPart?: boolean }) {
  const say = useText()
  const { definition, entity, view, put, attempt, chosen } = designing
  const found = Object.hasOwn(definition.events, event) ? definition.events[event] : undefined
  if (!found) return null
  const set = (changes: Parameters<typeof setEvent>[2]) => put(setEvent(definition, event, changes))
  const chosenAs = (name: string) => (chosen.kind === 'arrow' ? { kind: 'arrow', arrow: { ...chosen.arrow, event: name } } as const : { kind: 'event', event: name } as const)
  const labelled = (label: EventDefinition['label']) => {
    const named = setEvent(definition, event, { label })
    const wish = /^event\d*$/.test(event) && label.en.trim() ? keyOf(label.en, new Set(Object.keys(definition.events).map((one) => one.toLowerCase())), 'event') : event
    const renamed = renameEvent(named, event, wish)
    if (renamed.ok) put(renamed.definition, chosenAs(wish))
    else put(named)
  }
  const roles = new Set(found.roles)
  const toggle = (slug: string) => {
    const next = view.registry.roles.map((role) => role.slug).filter((one) => (one === slug ? !roles.has(one) : roles.has(one)))
    const unknown = [...roles].filter((one) => one !== slug && !view.registry.roles.some((role) => role.slug === one))
    set({ roles: next.length + unknown.length > 0 ? [...next, ...unknown] : undefined })
  }
  const forms = [['input', designerTexts.form], ...(entity.lineFields.length > 0 ? [['lineInput', designerTexts.lineForm], ['newLines', designerTexts.newLines]] as const : [])] as const
  const arrows = arrowsOf(definition).filter((arrow) => arrow.event === event)
  return (
    <>
      <TextPair first={!isPart} label={`${say(designerTexts.event)}: ${say(designerTexts.name)}`} value={found.label} onKeep={labelled} />
      <Part title={say(designerTexts.roles)} note={say(designerTexts.rolesHelp)}>
        <div className={styles.chips}>
          {[...view.registry.roles, ...[...roles].filter((slug) => !view.registry.roles.some((role) => role.slug === slug)).map((slug) => ({ slug, label: { en: slug, zh: slug } }))].map(({ slug, label }) => (
            <label key={slug} className={styles.chip} data-on={roles.has(slug)}><input type="checkbox" checked={roles.has(slug)} onChange={() => toggle(slug)} /> {say(label)}</label>
          ))}
        </div>
      </Part>
      <div className={styles.two}>
        <Choice label={say(designerTexts.reason)} value={found.reason ?? ''} options={[{ value: '', label: say(designerTexts.reasonNone) }, { value: 'optional', label: say(designerTexts.reasonOptional) }, { value: 'required', label: say(designerTexts.reasonRequired) }]} onChoose={(reason) => set({ reason: reason === '' ? undefined : reason as 'required' | 'optional' })} />
        <Choice label={say(designerTexts.tone)} value={found.tone ?? 'neutral'} options={Object.entries(toneTexts).map(([value, text]) => ({ value, label: say(text) }))} onChoose={(tone) => set({ tone: tone === 'neutral' ? undefined : tone as Tone })} />
      </div>
      <div className={styles.boxes}>
        <Box label={say(designerTexts.primary)} checked={found.primary === true} onChange={(on) => set({ primary: on || undefined })} />
        <Box label={say(designerTexts.preview)} checked={found.preview === true} onChange={(on) => set({ preview: on || undefined })} />
      </div>
      <details className={styles.more} open={forms.some(([name]) => (found[name] ?? []).length > 0)}>
        <summary>{say(designerTexts.form)}</summary>
        {forms.map(([name, title]) => <FieldsEditor key={name} title={say(title)} fields={found[name] ?? []} targets={entity.targets} onChange={(fields) => set({ [name]: fields })} />)}
      </details>
      <details className={styles.more}>
        <summary>{say(designerTexts.others)}</summary>
        <TextPair label={say(designerTexts.help)} value={found.help ?? { en: '', zh: '' }} onKeep={(help) => set({ help: help.en.trim() || help.zh.trim() ? help : undefined })} />
        <div className={styles.labelled}><span className={styles.label}>{say(designerTexts.past)}</span><KeptText label={say(designerTexts.past)} value={found.past ?? ''} onKeep={(past) => set({ past: past.trim() || undefined })} /></div>
        <p className={styles.note}>{say(designerTexts.pastHelp)}</p>
        <div className={styles.labelled}><span className={styles.label}>{say(designerTexts.key)}</span><KeptText label={`${say(designerTexts.event)}: ${say(designerTexts.key)}`} value={event} onKeep={(name) => attempt(renameEvent(definition, event, name), chosenAs(name))} /></div>
      </details>
      {isPart ? null : (
        <>
          <Part title={say(designerTexts.usedBy)}>
            {arrows.length === 0 ? <p className={styles.note}>{say(designerTexts.unused)}</p> : (
              <ul className={styles.plain}>{arrows.map((arrow) => <li key={arrow.key}><button type="button" className={styles.link} onClick={() => designing.choose({ kind: 'arrow', arrow })}>{spokenPath(definition, arrow.state, say)} → {arrow.to === null ? say(designerTexts.stays) : spokenPath(definition, arrow.to, say)}</button></li>)}</ul>
            )}
          </Part>
          <div className={styles.itemHead}>
            <Button small icon="up" onClick={() => put(moveEvent(definition, event, -1))}>{say(designerTexts.earlier)}</Button>
            <Button small icon="down" onClick={() => put(moveEvent(definition, event, 1))}>{say(designerTexts.later)}</Button>
            <Button small danger icon="trash" onClick={() => put(removeEvent(definition, event), { kind: 'workflow' })}>{say(designerTexts.remove)}</Button>
          </div>
        </>
      )}
    </>
  )
}
