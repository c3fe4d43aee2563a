'use client'

import { useState } from 'react'
import { required, select } from '../../config/language/fields.ts'
import type { FieldDefinition, FieldType } from '../../config/language/entity.ts'
import type { ConversionPreview } from '../../plugins/core/configuration/conversion/conversion-view.ts'
import { convertibleTypes, isConversion } from '../../plugins/core/configuration/conversion/convertible.ts'
import type { FieldDraft } from '../../plugins/core/configuration/draft-shape.ts'
import { asProblem, request, type RequestProblem } from '../kit/api.ts'
import { Button } from '../kit/button.tsx'
import { LabelledField } from '../kit/field-input.tsx'
import { useText } from '../kit/kit-context.tsx'
import { SidePanel } from '../kit/side-panel.tsx'
import { ErrorBanner, Skeleton } from '../kit/surfaces.tsx'
import { fieldTypeTexts } from '../locales/configuration-texts.ts'
import { conversionTexts } from '../locales/conversion-texts.ts'
import { kitTexts } from '../locales/texts.ts'
import { ConversionProblems } from './conversion-problems.tsx'
import { UsesDetails } from './uses.tsx'
import { keyedOptions, keyOf, type OptionDraft } from './field-settings.ts'
import styles from './configuration.module.css'

type Props = {
  readonly slug: string
  /** As it is published. */
  readonly field: FieldDefinition
  /** Keys of all fields, in small letters. */
  readonly taken: ReadonlySet<string>
  readonly onConfirm: (successor: FieldDraft) => void
  readonly onClose: () => void
}

/** A choice of several, in the list of types. */
const several = 'several'

/** Chooses another type for a published field and shows what would become of its values. */
export function ConversionPanel({ slug, field, taken, onConfirm, onClose }: Props) {
  const say = useText()
  const [chosen, setChosen] = useState<FieldType | typeof several | ''>('')
  const type: FieldType | '' = chosen === several ? 'select' : chosen
  const many = chosen === several && { many: true }
  const [preview, setPreview] = useState<ConversionPreview | null>(null)
  const [problem, setProblem] = useState<RequestProblem | null>(null)
  const options = preview && type === 'select' ? optionsOf(preview.distinct) : []
  const choose = async (next: FieldType | typeof several) => {
    setChosen(next)
    setPreview(null)
    setProblem(null)
    const ask = (to: object) => request<ConversionPreview>(`/api/configuration/fields/${slug}/conversion`, { method: 'POST', body: { from: field.name, to: { ...(next === several ? { type: 'select', many: true } : { type: next }), ...to } } })
    try {
      const first = await ask({})
      setPreview((next === 'select' || next === several) && first.distinct.length > 0 ? await ask({ options: optionsOf(first.distinct) }) : first)
    } catch (error) {
      setProblem(asProblem(error))
    }
  }
  const submit = () => {
    if (!type) return
    const { label, help, advanced } = field
    onConfirm({ name: keyOf(label.en, taken, 'field'), type, ...many, label, ...(help && { help }), ...(advanced && { advanced }), ...(type === 'select' && { options: options.length > 0 ? options : [{}] }), convertedFrom: field.name })
  }
  const types = [
    ...convertibleTypes.filter((one) => isConversion(field, { type: one })).map((value) => ({ value, label: fieldTypeTexts[value] ?? { en: value, zh: value } })),
    ...(isConversion(field, { type: 'select', many: true }) ? [{ value: several, label: conversionTexts.several }] : []),
  ]
  return (
    <SidePanel
      wide title={say(conversionTexts.title, { field: say(field.label) })} onClose={onClose} onSubmit={submit}
      foot={<><Button onClick={onClose}>{say(kitTexts.cancel)}</Button><Button type="submit" look="primary" disabled={!preview}>{say(conversionTexts.prepare)}</Button></>}
    >
      <p className={styles.note}>{say(conversionTexts.text)}</p>
      <LabelledField field={select('type', conversionTexts.newType, { ...required, options: types })} value={chosen} onChange={(value) => void choose(value as FieldType | typeof several)} />
      <UsesDetails slug={slug} field={field.name} isOpen />
      <ErrorBanner problem={problem} />
      {type === '' ? <p className={styles.note}>{say(conversionTexts.choose)}</p> : preview ? <Preview slug={slug} preview={preview} made={type === 'select' ? options.length : undefined} /> : problem ? null : <Skeleton />}
    </SidePanel>
  )
}

function Preview({ slug, preview: { looked, isAll, convertible, samples, problems }, made }: { readonly slug: string; readonly preview: ConversionPreview; readonly made: number | undefined }) {
  const say = useText()
  return (
    <div role="status">
      <p><strong>{looked === 0 ? say(conversionTexts.empty) : say(conversionTexts.summary, { convertible, looked })}</strong></p>
      {isAll ? null : <p className={styles.note}>{say(conversionTexts.first, { looked })}</p>}
      {made === undefined || looked === 0 ? null : <p>{made > 0 ? say(conversionTexts.options, { count: made }) : say(conversionTexts.tooMany)}</p>}
      {samples.length > 0 ? <><h3 className={styles.subhead}>{say(conversionTexts.samples)}</h3><ul>{samples.map(({ before, after }) => <li key={before}>{before} → {after}</li>)}</ul></> : null}
      {problems.length > 0 ? <><h3 className={styles.subhead}>{say(conversionTexts.problems)}</h3><p className={styles.note}>{say(conversionTexts.problemsText)}</p><ConversionProblems slug={slug} problems={problems} /></> : null}
    </div>
  )
}

/** An option for each different value, by its text. */
const optionsOf = (distinct: readonly string[]): readonly OptionDraft[] => keyedOptions(distinct.map((text) => ({ label: { en: text, zh: text } })))
