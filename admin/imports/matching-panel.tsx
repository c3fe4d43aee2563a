'use client'

import { useId } from 'react'
import type { Existing, Matching } from '../../plugins/core/imports/import-record.ts'
import { useText } from '../kit/kit-context.tsx'
import { Panel } from '../kit/surfaces.tsx'
import { importTexts } from '../locales/import-texts.ts'
import type { ImportView } from './import-types.ts'
import fields from '../kit/fields.module.css'
import page from '../kit/page.module.css'
import styles from './import-mapping.module.css'

const ways = [
  { value: 'skip', label: importTexts.skip, help: importTexts.skipHelp },
  { value: 'update', label: importTexts.update, help: importTexts.updateHelp },
  { value: 'refuse', label: importTexts.refuse, help: importTexts.refuseHelp },
] as const

/** By what a row is recognised as a record that is here already, and what then happens with it. */
export function MatchingPanel({ view: { fields: known, mapping, matching }, onChange }: { readonly view: ImportView; readonly onChange: (matching: Matching) => void }) {
  const say = useText()
  const id = useId()
  const used = new Set(Object.values(mapping).map((target) => target?.field))
  const keys = known.filter(({ path, isKey }) => isKey && used.has(path))
  const withKey = (key: string | null): Matching => ({ key, existing: key === null ? 'refuse' : matching.existing })
  const withWay = (existing: Existing): Matching => ({ key: matching.key, existing })
  return (
    <Panel title={say(importTexts.matching)}>
      <div className={styles.options}>
        <div className={fields.field}>
          <label htmlFor={id} className={fields.label}>{say(importTexts.matchBy)}</label>
          <select id={id} className={fields.input} value={matching.key ?? ''} onChange={(event) => onChange(withKey(event.target.value || null))}>
            <option value="">{say(importTexts.matchNothing)}</option>
            {keys.map(({ path, label }) => <option key={path} value={path}>{say(label)}</option>)}
          </select>
          <span className={fields.help}>{say(importTexts.matchHelp)}</span>
        </div>
        {matching.key === null ? null : (
          <fieldset className={styles.ways}>
            <legend className={page.srOnly}>{say(importTexts.matching)}</legend>
            {ways.map(({ value, label, help }) => (
              <label key={value}>
                <input type="radio" name={`${id}way`} value={value} checked={matching.existing === value} onChange={() => onChange(withWay(value))} />
                <span><strong>{say(label)}</strong><small>{say(help)}</small></span>
              </label>
            ))}
          </fieldset>
        )}
      </div>
    </Panel>
  )
}
