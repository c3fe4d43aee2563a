'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { boolean, required, text } from '../../config/language/fields.ts'
import type { FieldDefinition } from '../../config/language/entity.ts'
import type { OwnEntity } from '../../config/language/revision.ts'
import type { Text } from '../../config/language/text.ts'
import type { EntityDraft } from '../../plugins/core/configuration/draft-shape.ts'
import { useCommand } from '../kit/api.ts'
import { Button } from '../kit/button.tsx'
import { LabelledField } from '../kit/field-input.tsx'
import { useText } from '../kit/kit-context.tsx'
import { SidePanel } from '../kit/side-panel.tsx'
import { ErrorBanner } from '../kit/surfaces.tsx'
import { ownEntityTexts } from '../locales/own-entity-texts.ts'
import { configurationTexts } from '../locales/configuration-texts.ts'
import { kitTexts } from '../locales/texts.ts'
import { keyOf } from './field-settings.ts'
import { UsesDetails } from './uses.tsx'
import styles from './configuration.module.css'

type Texts = 'label' | 'labels' | 'help'
const words: readonly { readonly part: Texts; readonly language: 'en' | 'zh'; readonly label: Text; readonly isRequired?: boolean }[] = [
  { part: 'label', language: 'en', label: ownEntityTexts.oneEn, isRequired: true }, { part: 'label', language: 'zh', label: ownEntityTexts.oneZh },
  { part: 'labels', language: 'en', label: ownEntityTexts.manyEn }, { part: 'labels', language: 'zh', label: ownEntityTexts.manyZh },
  { part: 'help', language: 'en', label: configurationTexts.helpEn }, { part: 'help', language: 'zh', label: configurationTexts.helpZh },
]

/** What an entity of the firm is called and how its numbers begin. */
export function EntityPanel({ title, slug, entity, isPublished = false, onDone, onClose, problem }: {
  readonly title: string
  /** Of one that is there. */
  readonly slug?: string
  readonly entity: EntityDraft
  readonly isPublished?: boolean
  readonly problem?: Parameters<typeof ErrorBanner>[0]['problem']
  readonly onDone: (entity: EntityDraft) => void
  readonly onClose: () => void
}) {
  const say = useText()
  const [draft, setDraft] = useState(entity)
  const put = (changes: EntityDraft) => setDraft((old) => ({ ...old, ...changes }))
  const partOf = (part: Texts) => (draft[part] ?? {}) as Partial<Text>
  const input = (field: FieldDefinition, value: string | boolean, onChange: (value: unknown) => void) => <LabelledField key={field.name} field={field} value={value} onChange={onChange} />
  const label = partOf('label')
  const prefix = typeof draft.prefix === 'string' ? draft.prefix : prefixOf(label.en ?? '')
  return (
    <SidePanel
      title={title} onClose={onClose} onSubmit={() => { if (label.en?.trim() || label.zh?.trim()) onDone(completed(draft, prefix)) }}
      foot={<><Button onClick={onClose}>{say(kitTexts.cancel)}</Button><Button type="submit" look="primary" disabled={!label.en?.trim() && !label.zh?.trim()}>{say(configurationTexts.done)}</Button></>}
    >
      <ErrorBanner problem={problem ?? null} />
      <div className={styles.two}>
        {words.map(({ part, language, label: name, isRequired }) => input(text(`${part}-${language}`, name, isRequired ? required : {}), partOf(part)[language] ?? '', (value) => put({ [part]: { ...partOf(part), [language]: String(value) } })))}
      </div>
      {input(text('prefix', ownEntityTexts.prefix, { ...required, help: ownEntityTexts.prefixHelp, maxLength: 6 }), prefix, (value) => put({ prefix: String(value).toUpperCase() }))}
      {isPublished ? input(boolean('retired', ownEntityTexts.retired), draft.retired === true, (value) => put({ retired: value === true })) : null}
      {isPublished && slug !== undefined ? <UsesDetails slug={slug} isOpen={draft.retired === true && entity.retired !== true} key={String(draft.retired)} /> : null}
    </SidePanel>
  )
}

/** Begins an entity of the firm as a draft, and goes on to its fields. */
export function NewEntity({ taken, onClose }: { readonly taken: ReadonlySet<string>; readonly onClose: () => void }) {
  const say = useText()
  const router = useRouter()
  const { problem, run } = useCommand()
  const begin = async (entity: EntityDraft) => {
    const slug = slugOf((entity.labels as Text).en, taken)
    if (await run(`/api/configuration/fields/${slug}`, { method: 'PUT', body: { entity, fields: [], form: { rules: {} }, expectedVersion: 0 } })) router.push(`/admin/configuration/${slug}`)
  }
  return <EntityPanel title={say(ownEntityTexts.newEntity)} entity={{}} problem={problem} onDone={(entity) => void begin(entity)} onClose={onClose} />
}

/** "Measuring tools" → "own-measuring-tools", free of those that are taken. */
function slugOf(name: string, taken: ReadonlySet<string>): string {
  const camel = keyOf(name, new Set(), 'form')
  const base = `own-${camel.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`.slice(0, 44)
  for (let number = 1; ; number++) {
    const slug = number === 1 ? base : `${base}-${number}`
    if (!taken.has(slug)) return slug
  }
}

const prefixOf = (name: string) => name.replace(/[^A-Za-z]/g, '').slice(0, 2).toUpperCase()

/** One language alone stands for both, one name for one and for several, until someone writes the other. */
function completed({ label, labels, help, retired }: EntityDraft, prefix: string): OwnEntity {
  const both = (text: unknown, fallback?: Text): Text => {
    const { en = '', zh = '' } = (text ?? {}) as Partial<Text>
    return { en: en.trim() || fallback?.en || zh.trim(), zh: zh.trim() || fallback?.zh || en.trim() }
  }
  const one = both(label)
  const told = both(help)
  return { label: one, labels: both(labels, one), prefix: prefix || 'F', ...(told.en ? { help: told } : {}), ...(retired === true ? { retired: true } : {}) }
}
