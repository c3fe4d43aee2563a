'use client'

import { useState } from 'react'
import { isSectionText, option, select } from '../../config/language/fields.ts'
import type { FieldDefinition } from '../../config/language/entity.ts'
import type { PageConfigurationView } from '../../plugins/core/pages/page-configuration.ts'
import type { PageDraft } from '../../plugins/core/pages/page-draft.ts'
import { fromForm, toForm } from '../kit/field-values.ts'
import { IconButton } from '../kit/button.tsx'
import { LabelledField } from '../kit/field-input.tsx'
import { useText } from '../kit/kit-context.tsx'
import { Panel } from '../kit/surfaces.tsx'
import { TitlesProvider } from '../kit/titles-context.tsx'
import { pageDesignTexts } from '../locales/page-design-texts.ts'
import { fieldsOfPage, givenOf, withEntry } from './use-page-draft.ts'
import styles from './pages.module.css'

type Props = { readonly view: PageConfigurationView; readonly page: PageDraft; readonly onChange: (page: PageDraft) => void }

/** Values that every record of the page gets without anyone seeing them. */
export function PageGiven({ view, page, onChange }: Props) {
  const say = useText()
  const [begun, setBegun] = useState<readonly string[]>([])
  const { all, asked } = fieldsOfPage(view, page)
  const given = givenOf(page)
  const free = all.filter((field) => !field.readOnly && !field.many && !isSectionText(field) && !asked.includes(field))
  const names = [...Object.keys(given), ...begun.filter((name) => !Object.hasOwn(given, name))]
  const put = (name: string, value: unknown) => {
    const { given: _, ...rest } = page
    const next = withEntry(given, name, value === null || value === undefined ? undefined : value as string | number | boolean)
    onChange(next ? { ...rest, given: next } : rest)
  }
  const row = (name: string) => {
    const field: FieldDefinition = { ...(free.find((one) => one.name === name) ?? { name, type: 'text', label: { en: name, zh: name } }), required: false }
    return (
      <div key={name} className={styles.row}>
        <LabelledField field={field} value={toForm(field, given[name])} onChange={(value) => { setBegun((old) => (old.includes(name) ? old : [...old, name])); put(name, fromForm(field, value)) }} />
        <IconButton icon="trash" label={`${say(pageDesignTexts.remove)}: ${say(field.label)}`} onClick={() => { setBegun((old) => old.filter((one) => one !== name)); put(name, undefined) }} />
      </div>
    )
  }
  const options = free.filter(({ name }) => !names.includes(name)).map(({ name, label }) => option(name, label))
  return (
    <Panel title={say(pageDesignTexts.given)}>
      <TitlesProvider titles={view.titles}>
        <p className={styles.note}>{say(pageDesignTexts.givenText)}</p>
        {names.map(row)}
        {view.mayEdit && options.length > 0 ? <div className={styles.add}><LabelledField field={select('new', pageDesignTexts.addGiven, { options })} value="" onChange={(name) => { if (name) setBegun((old) => [...old, String(name)]) }} /></div> : null}
      </TitlesProvider>
    </Panel>
  )
}
