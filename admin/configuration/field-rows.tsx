'use client'

import { useState } from 'react'
import type { FieldDefinition, FieldType } from '../../config/language/entity.ts'
import type { Text } from '../../config/language/text.ts'
import type { FieldDraft } from '../../plugins/core/configuration/draft-shape.ts'
import type { EntityFieldsView } from '../../plugins/core/configuration/configuration-view.ts'
import { Button, IconButton } from '../kit/button.tsx'
import { useText } from '../kit/kit-context.tsx'
import { StateChip } from '../kit/values.tsx'
import { isConvertible } from '../../plugins/core/configuration/conversion/convertible.ts'
import { conversionTexts } from '../locales/conversion-texts.ts'
import { configurationTexts, fieldTypeTexts } from '../locales/configuration-texts.ts'
import { ConversionPanel } from './conversion-panel.tsx'
import { ConversionReportPanel } from './conversion-report-panel.tsx'
import { withField, withoutField, withoutMention } from './layer-moves.ts'
import { RetirePanel } from './retire-panel.tsx'
import { RuleCount } from './rule-count.tsx'
import type { Content } from './use-draft.ts'
import styles from './configuration.module.css'

type Props = {
  readonly content: Content
  readonly view: EntityFieldsView
  readonly fieldFindings: ReadonlyMap<number, ReadonlyMap<string, Text>>
  readonly ruleFindings: ReadonlyMap<string, ReadonlyMap<string, Text>>
  readonly onEdit: (index: number) => void
  readonly onChange: (content: Content) => void
}

/** The firm's own fields in the order of the form, each with what became of it since it was published. */
export function FieldRows({ content, view, fieldFindings, ruleFindings, onEdit, onChange }: Props) {
  const say = useText()
  const { mayEdit } = view
  const { fields, form } = content
  const [asked, setAsked] = useState<number | null>(null)
  const [converted, setConverted] = useState<number | null>(null)
  const [reported, setReported] = useState<string | null>(null)
  const published = new Map(view.published.map((field) => [field.name, field]))
  const columns = [configurationTexts.label, configurationTexts.type, configurationTexts.key, configurationTexts.state]
  const move = (from: number, to: number) => {
    const moved = fields.filter((_, index) => index !== from)
    onChange({ ...content, fields: [...moved.slice(0, to), fields[from] ?? {}, ...moved.slice(to)] })
  }
  /** The new field stands where the old one stood, which goes out of use. */
  const convert = (index: number, successor: FieldDraft) => onChange({
    ...content,
    fields: fields.flatMap((field, at) => (at === index ? [successor, { ...field, retired: true }] : [field])),
    form: withoutMention(form, String(fields[index]?.name)),
  })
  return (
    <div className={styles.tableBox} tabIndex={0} role="region" aria-label={say(configurationTexts.own)}>
      <table className={`${styles.table} ${styles.cards}`}>
        <thead><tr>{columns.map((text) => <th key={text.en} scope="col">{say(text)}</th>)}{mayEdit ? <th scope="col"><span className={styles.srOnly}>{say(configurationTexts.edit)}</span></th> : null}</tr></thead>
        <tbody>
          {fields.map((field, index) => {
            const label = field.label as Partial<Text> | undefined
            const name = String(field.name ?? '')
            const shown = say({ en: label?.en || name, zh: label?.zh || name })
            const old = published.get(name)
            return (
              <tr key={name || index} data-faint={field.retired === true || undefined}>
                <td>
                  {mayEdit ? <button type="button" className={styles.name} onClick={() => onEdit(index)}>{shown}</button> : <strong>{shown}</strong>}
                  <RuleCount rules={form.rules[name]} findings={ruleFindings.get(name)} />
                  {[...(fieldFindings.get(index)?.values() ?? [])].map((message) => <p key={message.en} role="alert" className={styles.error}>{say(message)}</p>)}
                </td>
                <td data-label={say(configurationTexts.type)}>{say(fieldTypeTexts[field.type as FieldType] ?? { en: String(field.type), zh: String(field.type) })}</td>
                <td data-label={say(configurationTexts.key)}><code>{name}</code></td>
                <td data-label={say(configurationTexts.state)}><StateChip {...stateOf(field, old)} /></td>
                {mayEdit ? (
                  <td className={styles.actions}>
                    <IconButton icon="up" small label={`${say(configurationTexts.up)}: ${shown}`} disabled={index === 0} onClick={() => move(index, index - 1)} />
                    <IconButton icon="down" small label={`${say(configurationTexts.down)}: ${shown}`} disabled={index === fields.length - 1} onClick={() => move(index, index + 1)} />
                    {!old ? <IconButton icon="trash" small label={`${say(configurationTexts.remove)}: ${shown}`} onClick={() => onChange(name === '' ? { ...content, fields: fields.filter((_, at) => at !== index) } : withoutField(content, name, false))} />
                      : <Button small look="ghost" onClick={() => { if (field.retired) onChange(withField(content, name)); else setAsked(index) }}>{say(field.retired ? configurationTexts.restore : configurationTexts.retire)}</Button>}
                    {old && !field.retired && isConvertible(old) ? <Button small look="ghost" aria-label={`${say(conversionTexts.change)}: ${shown}`} onClick={() => setConverted(index)}>{say(conversionTexts.change)}</Button> : null}
                    {old?.convertedFrom ? <Button small look="ghost" aria-label={`${say(conversionTexts.report)}: ${shown}`} onClick={() => setReported(name)}>{say(conversionTexts.report)}</Button> : null}
                  </td>
                ) : null}
              </tr>
            )
          })}
        </tbody>
      </table>
      {reported === null ? null : <ConversionReportPanel slug={view.slug} field={reported} onClose={() => setReported(null)} />}
      {converted === null ? null : (
        <ConversionPanel
          slug={view.slug} field={published.get(String(fields[converted]?.name)) ?? { name: '', type: 'text', label: { en: '', zh: '' } }} taken={new Set([...view.shipped, ...fields].map((one) => String(one.name ?? '').toLowerCase()))}
          onClose={() => setConverted(null)} onConfirm={(successor) => { convert(converted, successor); setConverted(null) }}
        />
      )}
      {asked === null ? null : (
        <RetirePanel
          slug={view.slug} field={String(fields[asked]?.name)} label={published.get(String(fields[asked]?.name))?.label ?? { en: '', zh: '' }}
          onClose={() => setAsked(null)} onConfirm={() => { onChange(withoutField(content, String(fields[asked]?.name), true)); setAsked(null) }}
        />
      )}
    </div>
  )
}

function stateOf(field: FieldDraft, old: FieldDefinition | undefined) {
  if (!old) return { label: configurationTexts.isNew, tone: 'waiting' as const }
  if (field.retired) return { label: configurationTexts.isRetired, tone: 'neutral' as const }
  return sorted(field) === sorted(old) ? { label: configurationTexts.live, tone: 'good' as const } : { label: configurationTexts.isChanged, tone: 'waiting' as const }
}

const sorted = (field: object) => JSON.stringify(Object.entries(field).sort(([a], [b]) => (a < b ? -1 : 1)))
