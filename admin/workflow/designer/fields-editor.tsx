'use client'

import type { FieldDefinition, FieldType } from '../../../config/language/entity.ts'
import { keyOf, type OptionDraft } from '../../configuration/field-settings.ts'
import { OptionsEditor } from '../../configuration/options-editor.tsx'
import { Button, IconButton } from '../../kit/button.tsx'
import { useText } from '../../kit/kit-context.tsx'
import { fieldTypeTexts } from '../../locales/configuration-texts.ts'
import { designerTexts } from '../../locales/designer-texts.ts'
import { freeName, without } from './draft.ts'
import { Box, Choice, KeptText, Part, TextPair } from './kept-inputs.tsx'
import type { DesignedEntity } from '../../../plugins/core/configuration/simulate/designed-entity.ts'
import styles from './designer.module.css'

/** Types that an event can ask for. */
const types: readonly FieldType[] = ['text', 'longText', 'integer', 'quantity', 'money', 'unitPrice', 'percent', 'boolean', 'date', 'dateTime', 'select', 'relation', 'email', 'phone', 'url']

type Props = { readonly title: string; readonly fields: readonly FieldDefinition[]; readonly targets: DesignedEntity['targets']; readonly onChange: (fields: readonly FieldDefinition[] | undefined) => void }

/** What an event asks for, field by field. */
export function FieldsEditor({ title, fields, targets, onChange }: Props) {
  const say = useText()
  const put = (index: number, field: FieldDefinition) => onChange(fields.map((one, at) => (at === index ? field : one)))
  const remove = (index: number) => { const rest = fields.filter((_, at) => at !== index); onChange(rest.length > 0 ? rest : undefined) }
  const taken = new Set(fields.map(({ name }) => name.toLowerCase()))
  const add = () => onChange([...fields, { name: keyOf('', taken, 'field'), type: 'text', label: { en: say(designerTexts.field, { number: fields.length + 1 }), zh: `字段 ${fields.length + 1}` } }])
  return (
    <Part title={title}>
      {fields.map((field, index) => {
        const name = say(designerTexts.field, { number: index + 1 })
        return (
          <fieldset key={index} className={styles.item}>
            <legend className={styles.srOnly}>{name}</legend>
            <div className={styles.itemHead}>
              <Choice hideLabel label={`${name}: ${say(designerTexts.type)}`} value={field.type} options={types.map((type) => ({ value: type, label: say(fieldTypeTexts[type] ?? { en: type, zh: type }) }))} onChoose={(type) => put(index, ofType(field, type as FieldType))} />
              <Box label={say(designerTexts.required)} checked={field.required === true} onChange={(required) => put(index, required ? { ...field, required } : without(field, 'required'))} />
              <IconButton small icon="trash" label={say(designerTexts.removeWhat, { what: name })} onClick={() => remove(index)} />
            </div>
            <TextPair label={say(designerTexts.name)} value={field.label} onKeep={(label) => put(index, { ...field, label, ...(/^field\d+$/.test(field.name) && label.en ? { name: keyOf(label.en, new Set([...taken].filter((one) => one !== field.name)), 'field') } : {}) })} />
            <div className={styles.labelled}><span className={styles.label}>{say(designerTexts.key)}</span><KeptText label={`${name}: ${say(designerTexts.key)}`} value={field.name} onKeep={(key) => put(index, { ...field, name: key })} /></div>
            {field.type === 'select' ? <OptionsEditor options={field.options} kept={new Set()} findings={new Map()} onChange={(options) => put(index, { ...field, options: keyed(options) })} /> : null}
            {field.type === 'relation' ? <Choice label={say(designerTexts.refersTo)} value={field.to ?? ''} options={[{ value: '', label: say(designerTexts.choose) }, ...targets.map(({ slug, label }) => ({ value: slug, label: say(label) }))]} onChoose={(to) => put(index, { ...field, to })} /> : null}
          </fieldset>
        )
      })}
      <Button small icon="plus" onClick={add}>{say(designerTexts.addField)}</Button>
    </Part>
  )
}

function ofType(field: FieldDefinition, type: FieldType): FieldDefinition {
  const plain = without(field, 'options', 'to', 'min', 'max', 'maxLength', 'default', 'many')
  return { ...plain, type, ...(type === 'select' ? { options: [{ value: 'yes', label: { en: 'Yes', zh: '是' } }, { value: 'no', label: { en: 'No', zh: '否' } }] } : {}) }
}

/** Every option has a key, which stays when it gets another name. */
function keyed(options: readonly OptionDraft[]): NonNullable<FieldDefinition['options']> {
  const taken = new Set(options.flatMap(({ value }) => value ?? []))
  return options.map(({ value, label }) => {
    const own = value ?? freeName('option', taken)
    taken.add(own)
    return { value: own, label: { en: '', zh: '', ...label } }
  })
}
