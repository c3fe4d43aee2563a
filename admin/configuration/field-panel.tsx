'use client'

import { useId, useState } from 'react'
import { boolean, integer, longText, quantity, required, select, text } from '../../config/language/fields.ts'
import type { FieldDefinition, FieldType } from '../../config/language/entity.ts'
import type { FieldRules } from '../../config/language/form.ts'
import type { Text } from '../../config/language/text.ts'
import type { FieldDraft } from '../../plugins/core/configuration/draft-shape.ts'
import { Button } from '../kit/button.tsx'
import { LabelledField } from '../kit/field-input.tsx'
import { useText } from '../kit/kit-context.tsx'
import { SidePanel } from '../kit/side-panel.tsx'
import { configurationTexts, fieldTypeTexts } from '../locales/configuration-texts.ts'
import { ruleTexts } from '../locales/rule-texts.ts'
import { kitTexts } from '../locales/texts.ts'
import { keyedColumns } from './column-settings.ts'
import { ColumnsEditor } from './columns-editor.tsx'
import { FilterEditor } from './filter-editor.tsx'
import { LookupEditor } from './lookup-editor.tsx'
import { asLookup, keyedOptions, keyOf, ofType, settingsOf, tidy } from './field-settings.ts'
import { tidyRules } from './tidy-rules.ts'
import { UsesDetails } from './uses.tsx'
import type { RoleChoice } from './rule-words.ts'
import { RulesEditor } from './rules-editor.tsx'
import { soundFields } from './sound-draft.ts'
import { OptionsEditor } from './options-editor.tsx'
import styles from './configuration.module.css'

type Props = {
  readonly slug: string
  /** Absent: a new one. */
  readonly field: FieldDraft | undefined
  /** What a new one begins as. */
  readonly type?: FieldType
  /** As it is published: it may hold data, so its key, its type and its options stay. */
  readonly published: FieldDefinition | undefined
  /** Keys of the other fields, in small letters. */
  readonly taken: ReadonlySet<string>
  readonly targets: readonly { readonly slug: string; readonly label: Text }[]
  readonly findings: ReadonlyMap<string, Text>
  readonly rules: FieldRules
  readonly ruleFindings: ReadonlyMap<string, Text>
  /** All other fields of the form, which rules may name. */
  readonly others: readonly FieldDefinition[]
  /** Of lines: the fields of their document. */
  readonly head: readonly FieldDefinition[] | undefined
  readonly roles: readonly RoleChoice[]
  readonly onDone: (field: FieldDraft, rules: FieldRules) => void
  readonly onClose: () => void
}

const rulesOfTexts = ['visible'] as const satisfies readonly (keyof FieldRules)[]
const rulesOfTables = ['visible', 'whenHidden', 'required', 'readOnly', 'checks'] as const satisfies readonly (keyof FieldRules)[]
const types = [...Object.entries(fieldTypeTexts).map(([value, label]) => ({ value, label })), { value: 'lookup', label: configurationTexts.lookup }]
const contents = [
  { language: 'en' as const, field: longText('contentEn', configurationTexts.contentEn, required) },
  { language: 'zh' as const, field: longText('contentZh', configurationTexts.contentZh, required) },
]
const pair = (name: 'label' | 'help', isRequired: boolean) => [
  { language: 'en' as const, field: text(`${name}En`, name === 'label' ? configurationTexts.labelEn : configurationTexts.helpEn, isRequired ? required : {}) },
  { language: 'zh' as const, field: text(`${name}Zh`, name === 'label' ? configurationTexts.labelZh : configurationTexts.helpZh) },
]

/** Describes one field: what it is called in both languages, of which type it is, and what belongs to that type. */
export function FieldPanel({ slug, field, type = 'text', published, taken, targets, findings, rules: initialRules, ruleFindings, others, head, roles, onDone, onClose }: Props) {
  const say = useText()
  const isPublished = published !== undefined
  const [draft, setDraft] = useState<FieldDraft>(field ?? ofType({}, type))
  const [rules, setRules] = useState(initialRules)
  const [isNamed, setNamed] = useState(field?.name !== undefined)
  const put = (changes: FieldDraft) => setDraft((old) => ({ ...old, ...changes }))
  const label = (draft.label ?? {}) as Partial<Text>
  const name = isNamed ? String(draft.name ?? '') : keyOf(label.en || label.zh || '', taken, 'field')
  const set = new Set(settingsOf(draft.type, draft.lookup !== undefined))
  const missing = !label.en?.trim() && !label.zh?.trim()
  const signatures = others.filter(({ type, retired }) => type === 'signature' && !retired).map((one) => ({ value: one.name, label: one.label }))
  const [isTried, setTried] = useState(false)
  const submit = () => {
    setTried(true)
    if (!missing) onDone({ ...tidy({ ...draft, name }), ...(draft.type === 'select' ? { options: keyedOptions(draft.options) } : {}), ...(draft.type === 'table' ? { columns: keyedColumns(draft.columns) } : {}) }, tidyRules(rules))
  }
  const input = (one: FieldDefinition, value: unknown, onChange: (value: unknown) => void, path: string) => {
    const finding = findings.get(path) ?? findings.get(path.split('.')[0] ?? '')
    return <LabelledField key={one.name} field={one} value={value === undefined || value === null ? '' : typeof value === 'boolean' ? value : String(value)} onChange={onChange} {...(finding ? { error: say(finding) } : {})} />
  }
  const words = (part: 'label' | 'help' | 'content') => (part === 'content' ? contents : pair(part, part === 'label')).map(({ language, field: one }) =>
    input(one, ((draft[part] ?? {}) as Partial<Text>)[language], (value) => put({ [part]: { ...(draft[part] as Partial<Text> | undefined), [language]: String(value) } }), `${part}.${language}`))
  return (
    <SidePanel
      wide title={say(field ? configurationTexts.edit : configurationTexts.newField)} onClose={onClose} onSubmit={submit}
      foot={<><Button onClick={onClose}>{say(kitTexts.cancel)}</Button><Button type="submit" look="primary">{say(configurationTexts.done)}</Button></>}
    >
      <div className={styles.two}>{words('label')}</div>
      {isTried && missing ? <p role="alert" className={styles.error}>{say(configurationTexts.labelMissing)}</p> : null}
      <div className={styles.two}>
        {isPublished
          ? <Shown label={configurationTexts.type} value={say(fieldTypeTexts[draft.type as FieldType] ?? { en: String(draft.type), zh: String(draft.type) })} />
          : input(select('type', configurationTexts.type, { ...required, options: types }), draft.lookup ? 'lookup' : draft.type, (value) => setDraft((old) => (value === 'lookup' ? asLookup(old) : ofType(old, value as FieldType))), 'type')}
        {isPublished
          ? <Shown label={configurationTexts.key} value={name} />
          : input(text('key', configurationTexts.key, { ...required, help: !isNamed && label.zh?.trim() && /^field\d+$/.test(name) ? configurationTexts.keyMade : configurationTexts.keyHelp, maxLength: 50 }), name, (value) => { setNamed(true); put({ name: String(value) }) }, 'name')}
      </div>
      {draft.lookup === undefined ? null : <LookupEditor draft={draft} others={others} findings={findings} onChange={put} />}
      {set.has('options') ? <OptionsEditor options={draft.options} kept={new Set(published?.options?.map(({ value }) => value))} findings={findings} onChange={(options) => put({ options })} /> : null}
      {set.has('columns') ? <ColumnsEditor columns={draft.columns} head={others} published={published?.columns ?? []} findings={findings} onChange={(columns) => put({ columns })} /> : null}
      {set.has('to') ? (isPublished
        ? <Shown label={configurationTexts.refersTo} value={say(targets.find(({ slug }) => slug === draft.to)?.label ?? { en: String(draft.to), zh: String(draft.to) })} />
        : input(select('to', configurationTexts.refersTo, { ...required, options: targets.map(({ slug, label: of }) => ({ value: slug, label: of })) }), draft.to, (value) => setDraft(({ filter: _, ...old }) => ({ ...old, to: String(value) })), 'to')) : null}
      {set.has('filter') ? <FilterEditor filter={draft.filter} to={String(draft.to ?? '')} others={others} findings={findings} onChange={(filter) => put({ filter })} /> : null}
      <div className={styles.two}>{words(draft.type === 'sectionText' ? 'content' : 'help')}</div>
      {isSignable(draft) && (draft.signedIn !== undefined || signatures.length > 0) ? input(select('signedIn', configurationTexts.signedIn, { options: signatures }), draft.signedIn, (value) => put({ signedIn: value }), 'signedIn') : null}
      {published && !published.retired ? <UsesDetails slug={slug} field={published.name} isOpen={set.has('options')} /> : null}
      <Settings draft={draft} set={set} isPublished={isPublished} input={input} put={put} />
      <details className={styles.rulesBox} open={Object.keys(initialRules).length > 0 || undefined}>
        <summary>{say(ruleTexts.rules)}</summary>
        <p className={styles.note}>{say(ruleTexts.rulesText)}</p>
        <RulesEditor rules={rules} isOwn={draft.lookup === undefined} isChoice={draft.type === 'select'} isYesNo={draft.type === 'boolean'} isKept={false} {...(draft.type === 'table' ? { only: rulesOfTables } : draft.type === 'sectionText' ? { only: rulesOfTexts } : {})} fields={[...others, ...soundFields([{ ...draft, name, columns: keyedColumns(draft.columns) }])]} head={head} roles={roles} findings={ruleFindings} onChange={setRules} />
      </details>
    </SidePanel>
  )
}

/** What people enter may be asked to be signed. */
const isSignable = ({ type, lookup }: FieldDraft): boolean => lookup === undefined && type !== 'signature' && type !== 'sequence' && type !== 'sectionText'

type SettingsProps = {
  readonly draft: FieldDraft
  readonly set: ReadonlySet<string>
  readonly isPublished: boolean
  readonly input: (field: FieldDefinition, value: unknown, onChange: (value: unknown) => void, path: string) => React.ReactNode
  readonly put: (changes: FieldDraft) => void
}

function Settings({ draft, set, isPublished, input, put }: SettingsProps) {
  const options = keyedOptions(draft.options).map(({ value = '', label }) => ({ value, label: { en: label?.en ?? value, zh: label?.zh ?? value } }))
  const start = draft.type === 'boolean' ? boolean('default', configurationTexts.default)
    : draft.type === 'select' ? select('default', configurationTexts.default, { options }) : text('default', configurationTexts.default)
  return (
    <>
      <div className={styles.two}>
        {set.has('min') ? input(quantity('min', configurationTexts.min), draft.min, (value) => put({ min: value }), 'min') : null}
        {set.has('max') ? input(quantity('max', draft.type === 'rating' ? configurationTexts.maxStars : configurationTexts.max), draft.max, (value) => put({ max: value }), 'max') : null}
        {set.has('maxLength') ? input(integer('maxLength', configurationTexts.maxLength), draft.maxLength, (value) => put({ maxLength: value }), 'maxLength') : null}
        {set.has('minRows') ? input(integer('minRows', configurationTexts.minRows), draft.minRows, (value) => put({ minRows: value }), 'minRows') : null}
        {set.has('maxRows') ? input(integer('maxRows', configurationTexts.maxRows), draft.maxRows, (value) => put({ maxRows: value }), 'maxRows') : null}
        {set.has('unit') ? input(text('unit', configurationTexts.unit, { maxLength: 20 }), draft.unit, (value) => put({ unit: value }), 'unit') : null}
        {set.has('mask') ? input(text('mask', configurationTexts.mask, { maxLength: 60, help: configurationTexts.maskHelp }), draft.mask, (value) => put({ mask: value }), 'mask') : null}
        {set.has('prefix') ? input(text('prefix', configurationTexts.prefix, { ...required, maxLength: 6, help: configurationTexts.prefixHelp }), draft.prefix, (value) => put({ prefix: value }), 'prefix') : null}
        {set.has('default') && draft.many !== true ? input(start, draft.default, (value) => put({ default: value }), 'default') : null}
      </div>
      <div className={styles.checks}>
        {set.has('many') && !isPublished ? input(boolean('many', configurationTexts.many), draft.many, (value) => put({ many: value === true }), 'many') : null}
        {set.has('quickCreate') ? input(boolean('quickCreate', configurationTexts.quickCreate), draft.quickCreate, (value) => put({ quickCreate: value === true }), 'quickCreate') : null}
        {set.has('scan') ? input(boolean('scan', configurationTexts.scan), draft.scan, (value) => put({ scan: value === true }), 'scan') : null}
        {set.has('unique') && !isPublished ? input(boolean('unique', configurationTexts.unique), draft.unique, (value) => put({ unique: value === true }), 'unique') : null}
        {set.has('index') ? input(boolean('index', configurationTexts.index), draft.index, (value) => put({ index: value === true }), 'index') : null}
        {set.has('warning') ? input(boolean('warning', configurationTexts.warning), draft.warning, (value) => put({ warning: value === true }), 'warning') : null}
        {draft.type === 'sectionText' ? null : input(boolean('advanced', configurationTexts.advanced), draft.advanced, (value) => put({ advanced: value === true }), 'advanced')}
      </div>
    </>
  )
}

function Shown({ label, value }: { readonly label: Text; readonly value: string }) {
  const say = useText()
  const id = useId()
  return <div className={styles.shown}><span id={id}>{say(label)}</span><output aria-labelledby={id}>{value}</output></div>
}
