'use client'

import { useCallback, useState } from 'react'
import { Controller } from 'react-hook-form'
import type { FieldDefinition } from '../../config/language/entity.ts'
import { isSectionText } from '../../config/language/fields.ts'
import type { Text } from '../../config/language/text.ts'
import { Button } from '../kit/button.tsx'
import { ShownField } from '../kit/field-input.tsx'
import { useText } from '../kit/kit-context.tsx'
import { SectionText } from '../kit/section-text.tsx'
import { Panel } from '../kit/surfaces.tsx'
import { useTitles } from '../kit/titles-context.tsx'
import { FieldValue } from '../kit/values.tsx'
import { documentTexts } from '../locales/document-texts.ts'
import { isFigure } from './document-header.tsx'
import { spokenOf } from '../kit/field-values.ts'
import { ruledField } from './form-rules.ts'
import { partsOf, sectionsOf, withTexts, type ShownSection } from './form-sections.ts'
import { isWritable } from './form-values.ts'
import { FormParts } from './form-parts.tsx'
import { RuledInput } from './ruled-input.tsx'
import { TableField } from './table-field.tsx'
import { TableRows } from './table-rows.tsx'
import type { useDocument } from './use-document.ts'
import styles from './document.module.css'

type Props = { readonly open: ReturnType<typeof useDocument>; readonly findings: ReadonlyMap<string, Text> }

/** The fields of the head: what people enter, what the platform keeps, and the rest on demand. */
export function DetailsPanel({ open, findings }: Props) {
  const say = useText()
  const [more, setMore] = useState(false)
  const [wrongNow, setWrongNow] = useState<ReadonlyMap<string, Text>>(new Map())
  const forget = useCallback(() => setWrongNow((old) => (old.size > 0 ? new Map() : old)), [])
  const { view } = open
  const { entity, document, editable } = view
  const isAdvanced = (field: FieldDefinition) => Boolean(field.advanced)
  const fields = withTexts(entity).flatMap((field) => ruledField(field, open.rules.head) ?? []).filter((field) => isShown(field, document, editable) || isRuled(field, open))
  const advanced = fields.filter(isAdvanced)
  const hasHiddenFinding = advanced.some(({ name }) => findings.has(name))
  const shown = more || hasHiddenFinding ? fields : fields.filter((field) => !isAdvanced(field))
  const isRefused = document !== null && !editable && entity.rights.edit && view.state !== null
  const sections = sectionsOf(entity.form?.layout, shown)
  const parts = partsOf(entity.form?.layout ?? {}, sections)
  const first = sections[0]?.key
  const moreButton = advanced.length > 0 ? <Button small look="ghost" aria-expanded={more} onClick={() => setMore(!more)}>{say(more ? documentTexts.fewer : documentTexts.more)}</Button> : undefined
  const panel = ({ key, label, columns, fields: own }: ShownSection) => (
    <Panel key={key} title={say(label)} actions={key === first ? moreButton : undefined}>
      {isRefused && key === first ? <p className={styles.note}>{say(documentTexts.notEditable, { state: view.state ? say(view.state.label) : '' })}</p> : null}
      <div className={styles.fields} data-shown={editable ? undefined : true} data-columns={columns}>
        {own.map((field) => isSectionText(field) ? <SectionText key={field.name} field={field} /> : editable && isWritable(field)
          ? field.type === 'table' ? <TableInput key={field.name} field={field} open={open} findings={findings} /> : (
            <RuledInput
              key={field.name} control={open.form.control} field={field} given={document === null ? open.rules.head?.values[field.name] : undefined} finding={wrongNow.get(field.name) ?? findings.get(field.name)} onEdited={forget}
              {...(field.filter && { around: { entity: entity.slug, values: open.values.fields } })}
            />
          ) : field.type === 'table' ? <TableRows key={field.name} field={field} value={document?.[field.name]} />
            : <TextField key={field.name} field={field} value={editable && isRuled(field, open) ? spokenOf([field], open.rules.head?.values ?? {})[field.name] : editable && field.name in open.taken ? open.taken[field.name] : document?.[field.name]} />)}
      </div>
    </Panel>
  )
  if (parts.length < 2) return sections.map(panel)
  return <FormParts parts={parts} areSteps={entity.form?.layout?.parts?.shownAs === 'steps' && document === null} open={open} findings={findings} onChecked={setWrongNow} panel={panel} />
}

/** A field of the form whose value a rule gives or keeps: shown while one edits, also when it is empty. */
const isRuled = ({ name }: FieldDefinition, { view, rules }: Props['open']): boolean => view.editable && (rules.head?.states[name]?.isComputed || rules.head?.states[name]?.isReadOnly) === true

function TableInput({ field, open, findings }: { readonly field: FieldDefinition; readonly open: Props['open']; readonly findings: Props['findings'] }) {
  return <Controller control={open.form.control} name={`fields.${field.name}`} render={({ field: { value, onChange } }) => <TableField field={field} value={value ?? []} onChange={onChange} rules={open.rules.head} findings={findings} />} />
}

function TextField({ field, value }: { readonly field: FieldDefinition; readonly value: unknown }) {
  const { titles } = useTitles()
  return <ShownField field={field}><FieldValue field={field} value={value} titles={titles} /></ShownField>
}

/** What stands elsewhere (number, figures, tax lines) is not repeated; what is empty and cannot be filled is left out. */
function isShown(field: FieldDefinition, document: Readonly<Record<string, unknown>> | null, editable: boolean): boolean {
  if (field.name === 'version' || field.name === 'taxLines' || isFigure(field)) return false
  if (field.name === 'number' && field.readOnly) return false
  if (isSectionText(field)) return true
  if (editable && (isWritable(field) || field.lookup)) return true
  const value = document?.[field.name]
  return value !== null && value !== undefined && value !== ''
}
