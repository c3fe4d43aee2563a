'use client'

import type { FieldDefinition } from '../../config/language/entity.ts'
import { required, select } from '../../config/language/fields.ts'
import type { Text } from '../../config/language/text.ts'
import type { EntityFieldsView } from '../../plugins/core/configuration/configuration-view.ts'
import { isFilterable } from '../../plugins/core/platform/filter-findings.ts'
import { useApi } from '../kit/api.ts'
import { Button, IconButton } from '../kit/button.tsx'
import { LabelledField } from '../kit/field-input.tsx'
import { useText } from '../kit/kit-context.tsx'
import { configurationTexts } from '../locales/configuration-texts.ts'
import styles from './configuration.module.css'

type Condition = { readonly field?: string; readonly equals?: string | boolean; readonly same?: string }
type Props = {
  readonly filter: unknown
  /** The entity that is referred to. */
  readonly to: string
  readonly others: readonly FieldDefinition[]
  readonly findings: ReadonlyMap<string, Text>
  readonly onChange: (filter: readonly Condition[] | undefined) => void
}

const most = 5

/** Which of the records that a reference leads to may be chosen: by a value of their own, or one they share with this form. */
export function FilterEditor({ filter, to, others, findings, onChange }: Props) {
  const say = useText()
  const { data: target } = useApi<EntityFieldsView>(to ? `/api/configuration/fields/${to}` : null)
  const theirs = [...(target?.shipped ?? []), ...(target?.published ?? [])].filter(isFilterable)
  const list = Array.isArray(filter) ? (filter as readonly Condition[]) : []
  const put = (index: number, condition: Condition) => onChange(list.map((one, at) => (at === index ? condition : one)))
  return (
    <fieldset className={styles.options}>
      <legend>{say(configurationTexts.filter)}</legend>
      {list.map((condition, index) => {
        const asked = theirs.find(({ name }) => name === condition.field)
        const sames = asked ? others.filter((field) => isFilterable(field) && field.type === asked.type && field.to === asked.to) : []
        const finding = [...findings].find(([path]) => path.startsWith(`filter.${index}.`))?.[1]
        return (
          <div key={index} className={styles.condition}>
            <LabelledField field={select('field', configurationTexts.filterField, { ...required, options: theirs.map(({ name, label }) => ({ value: name, label })) })} value={condition.field ?? ''} onChange={(value) => put(index, { field: String(value) })} {...(finding ? { error: say(finding) } : {})} />
            {asked ? (
              <LabelledField
                field={select('how', configurationTexts.filterHow, { ...required, options: [{ value: '=', label: configurationTexts.filterIs }, ...sames.map(({ name, label }) => ({ value: name, label: { en: `${configurationTexts.filterSame.en} ${label.en}`, zh: `${configurationTexts.filterSame.zh}${label.zh}` } }))] })}
                value={condition.same ?? '='} onChange={(value) => put(index, value === '=' ? { field: asked.name } : { field: asked.name, same: String(value) })}
              />
            ) : null}
            {asked && condition.same === undefined ? <LabelledField field={{ ...asked, ...(asked.type === 'boolean' ? { type: 'select', options: [{ value: 'true', label: configurationTexts.yes }, { value: 'false', label: configurationTexts.no }] } : {}), label: configurationTexts.filterValue, required: true }} value={String(condition.equals ?? '')} onChange={(value) => put(index, { field: asked.name, equals: asked.type === 'boolean' ? value === 'true' : String(value) })} /> : null}
            <IconButton icon="trash" label={`${say(configurationTexts.remove)} ${index + 1}`} onClick={() => { const rest = list.filter((_, at) => at !== index); onChange(rest.length > 0 ? rest : undefined) }} />
          </div>
        )
      })}
      {list.length < most && to ? <Button small icon="plus" onClick={() => onChange([...list, {}])}>{say(configurationTexts.addFilter)}</Button> : null}
    </fieldset>
  )
}
