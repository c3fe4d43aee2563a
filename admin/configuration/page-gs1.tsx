'use client'

import { useState } from 'react'
import { option, select } from '../../config/language/fields.ts'
import { takesFrom } from '../../plugins/core/pages/gs1-identifiers.ts'
import type { PageConfigurationView } from '../../plugins/core/pages/page-configuration.ts'
import type { PageDraft } from '../../plugins/core/pages/page-draft.ts'
import { IconButton } from '../kit/button.tsx'
import { LabelledField } from '../kit/field-input.tsx'
import { useText } from '../kit/kit-context.tsx'
import { Panel } from '../kit/surfaces.tsx'
import { pageDesignTexts } from '../locales/page-design-texts.ts'
import { fieldsOfPage, gs1Of, withEntry } from './use-page-draft.ts'
import styles from './pages.module.css'

type Props = { readonly view: PageConfigurationView; readonly page: PageDraft; readonly onChange: (page: PageDraft) => void }

/** Which part of a GS1 code fills which field: only fields that can hold it are offered. */
export function PageGs1({ view, page, onChange }: Props) {
  const say = useText()
  const [begun, setBegun] = useState<string | null>(null)
  const { asked } = fieldsOfPage(view, page)
  const gs1 = gs1Of(page)
  const put = (identifier: string, name: string | undefined) => {
    const { gs1: _, ...rest } = page
    const next = withEntry(gs1, identifier, name)
    setBegun(null)
    onChange(next ? { ...rest, gs1: next } : rest)
  }
  const rows = [...Object.keys(gs1), ...(begun !== null && !Object.hasOwn(gs1, begun) ? [begun] : [])]
  const free = view.identifiers.filter(({ identifier }) => !rows.includes(identifier)).map(({ identifier, label }) => option(identifier, { en: `(${identifier}) ${label.en}`, zh: `(${identifier}) ${label.zh}` }))
  return (
    <Panel title={say(pageDesignTexts.gs1)}>
      <p className={styles.note}>{say(pageDesignTexts.gs1Text)}</p>
      {rows.map((identifier) => {
        const part = view.identifiers.find((one) => one.identifier === identifier)
        const label = { en: `(${identifier}) ${part?.label.en ?? ''}`, zh: `(${identifier}) ${part?.label.zh ?? ''}` }
        return (
          <div key={identifier} className={styles.row}>
            <LabelledField field={select(`gs1-${identifier}`, label, { options: asked.filter(({ type }) => takesFrom(identifier, type)).map((field) => option(field.name, field.label)) })} value={gs1[identifier] ?? ''} onChange={(name) => put(identifier, name ? String(name) : undefined)} />
            <IconButton icon="trash" label={`${say(pageDesignTexts.remove)}: ${say(label)}`} onClick={() => put(identifier, undefined)} />
          </div>
        )
      })}
      {view.mayEdit ? <div className={styles.add}><LabelledField field={select('new', pageDesignTexts.addGs1, { options: free })} value="" onChange={(identifier) => { if (identifier) setBegun(String(identifier)) }} /></div> : null}
    </Panel>
  )
}
