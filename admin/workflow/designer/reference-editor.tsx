'use client'

import type { FieldDefinition } from '../../../config/language/entity.ts'
import type { Json, Text } from '../../../config/language/text.ts'
import type { Reference } from '../../../config/language/workflow.ts'
import type { RegisteredName } from '../../../plugins/core/configuration/workflows/workflow-view.ts'
import type { NameKind } from '../../../workflows/engine/check-names.ts'
import { Button, IconButton } from '../../kit/button.tsx'
import { useText } from '../../kit/kit-context.tsx'
import { designerTexts } from '../../locales/designer-texts.ts'
import { isRecord, without } from './draft.ts'
import { Choice, KeptField, Part, TextPair } from './kept-inputs.tsx'
import { OperandInput } from './operand-input.tsx'
import type { Designing } from './use-designing.ts'
import styles from './designer.module.css'

type Props = {
  readonly title: string
  readonly note: string
  readonly add: string
  readonly itemText: Text
  readonly list: readonly Reference[]
  readonly known: readonly RegisteredName[]
  readonly designing: Designing
  readonly onChange: (list: readonly Reference[]) => void
}

/** Guards or actions in their order, each with a form for its parameters that its registration describes. */
export function ReferenceEditor({ title, note, add, itemText, list, known, designing, onChange }: Props) {
  const say = useText()
  const put = (index: number, reference: Reference) => onChange(list.map((one, at) => (at === index ? reference : one)))
  const swap = (index: number, by: number) => {
    const [one, other] = [list[index], list[index + by]]
    if (one && other) onChange(list.map((item, at) => (at === index ? other : at === index + by ? one : item)))
  }
  const [first] = known
  return (
    <Part title={title} note={note}>
      {list.map((reference, index) => {
        const kind = known.find(({ type }) => type === reference.type)
        const name = say(itemText, { number: index + 1 })
        return (
          <fieldset key={index} className={styles.item}>
            <legend className={styles.srOnly}>{name}</legend>
            <div className={styles.itemHead}>
              <Choice hideLabel label={name} value={reference.type} options={known.map(({ type, label }) => ({ value: type, label: say(label) }))} onChoose={(type) => put(index, { type })} />
              <IconButton small icon="up" label={`${say(designerTexts.earlier)}: ${name}`} disabled={index === 0} onClick={() => swap(index, -1)} />
              <IconButton small icon="down" label={`${say(designerTexts.later)}: ${name}`} disabled={index === list.length - 1} onClick={() => swap(index, 1)} />
              <IconButton small icon="trash" label={say(designerTexts.removeWhat, { what: name })} onClick={() => onChange(list.filter((_, at) => at !== index))} />
            </div>
            {kind?.params.map((field) => (
              <Param key={field.name} field={field} names={kind.names?.[field.name]} designing={designing} value={reference.params?.[field.name]} onChange={(value) => put(index, withParam(reference, field.name, value))} />
            ))}
          </fieldset>
        )
      })}
      {first ? <Button small icon="plus" onClick={() => onChange([...list, { type: first.type }])}>{add}</Button> : null}
    </Part>
  )
}

function withParam(reference: Reference, name: string, value: unknown): Reference {
  const params = value === undefined ? without(reference.params ?? {}, name) : { ...reference.params, [name]: value as Json }
  return Object.keys(params).length > 0 ? { ...reference, params } : without(reference, 'params')
}

const operands: ReadonlySet<string> = new Set(['left', 'right', 'value'])
const sentences: ReadonlySet<string> = new Set(['refusal', 'text', 'subject'])

type ParamProps = { readonly field: FieldDefinition; readonly names: NameKind | undefined; readonly designing: Designing; readonly value: Json | undefined; readonly onChange: (value: unknown) => void }

/** One parameter: what names something is chosen, operands and sentences have inputs of their own, all else is as in any form. */
function Param({ field, names, designing, value, onChange }: ParamProps) {
  const say = useText()
  if (field.type === 'json' && operands.has(field.name)) return <OperandInput label={say(field.label)} value={value} fields={designing.entity.fields} onChange={onChange} />
  if (field.type === 'json' && sentences.has(field.name)) return <TextPair label={say(field.label)} value={{ en: '', zh: '', ...(isRecord(value) ? value : {}) }} onKeep={onChange} />
  if (names && field.type === 'text') {
    const offered = offeredAs(names, designing)
    // What is named and not there is still shown.
    const others = [value].flat().flatMap((one) => (typeof one === 'string' && !offered.some((option) => option.value === one) ? [{ value: one, label: { en: one, zh: one } }] : []))
    return <KeptField field={{ ...field, type: 'select', options: [...offered, ...others] }} value={value} onKeep={onChange} />
  }
  return <KeptField field={field} value={value} onKeep={onChange} />
}

function offeredAs(kind: NameKind, { definition, entity: { fields, targets }, view }: Designing): readonly { readonly value: string; readonly label: Text }[] {
  const ofFields = (fits: (field: FieldDefinition) => boolean) => fields.filter(fits).map(({ name, label }) => ({ value: name, label }))
  switch (kind) {
    case 'field': return ofFields(() => true)
    case 'relation': return ofFields(({ type }) => type === 'relation')
    case 'email': return ofFields(({ type }) => type === 'email')
    case 'person': return ofFields(({ to }) => to === 'users')
    case 'role': return view.registry.roles.map(({ slug, label }) => ({ value: slug, label }))
    case 'event': return Object.entries(definition.events).map(([value, { label }]) => ({ value, label }))
    case 'calendar': return view.registry.calendars
    case 'entity': return targets.map(({ slug, label }) => ({ value: slug, label }))
  }
}
