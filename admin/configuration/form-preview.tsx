'use client'

import { useMemo, useState } from 'react'
import type { FieldDefinition } from '../../config/language/entity.ts'
import type { FormDefinition } from '../../config/language/form.ts'
import type { EntityFieldsView } from '../../plugins/core/configuration/configuration-view.ts'
import { todayIn } from '../../plugins/core/engine/dates.ts'
import { compileForm } from '../../plugins/core/forms/compile-form.ts'
import { madeOf } from '../../plugins/core/forms/derived-fields.ts'
import { ruledField, ruleRow } from '../document/form-rules.ts'
import { sectionsOf } from '../document/form-sections.ts'
import { isWritable } from '../document/form-values.ts'
import { LabelledField, ShownField } from '../kit/field-input.tsx'
import type { FormValue } from '../kit/field-values.ts'
import { useKit, useText } from '../kit/kit-context.tsx'
import { Panel } from '../kit/surfaces.tsx'
import { layoutTexts } from '../locales/layout-texts.ts'
import styles from './layout.module.css'
import documentStyles from '../document/document.module.css'

const widths = [{ width: 390, label: layoutTexts.phone }, { width: 820, label: layoutTexts.tablet }, { width: 1200, label: layoutTexts.desk }] as const

type Props = { readonly fields: readonly FieldDefinition[]; readonly form: FormDefinition; readonly roles: EntityFieldsView['roles'] }

/** The form as a role will see it, at three widths; one can type, and the rules hold. */
export function FormPreview({ fields, form, roles }: Props) {
  const say = useText()
  const { firm } = useKit()
  const [width, setWidth] = useState<number>(1200)
  const [role, setRole] = useState(roles[0]?.slug ?? '')
  const [values, setValues] = useState<Readonly<Record<string, FormValue>>>({})
  const made = useMemo(() => madeOf(compileForm(fields, form).program), [fields, form])
  const hidden = useMemo(() => {
    const own = new Set(roles.find(({ slug }) => slug === role)?.hidden)
    return new Set([...own, ...[...made].filter(([, of]) => [...of].some((name) => own.has(name))).map(([name]) => name)])
  }, [roles, role, made])
  const seen = useMemo(() => fields.filter(({ name }) => !hidden.has(name)), [fields, hidden])
  const { program } = useMemo(() => compileForm(seen, form), [seen, form])
  const ruled = ruleRow(program, { values, before: null, workflowState: '' }, { today: todayIn(firm.timeZone), roles: [role], exponent: firm.exponent })
  const findings = new Map(ruled.findings.filter(({ path, code }) => code !== 'required' && values[path] !== undefined).map(({ path, message }) => [path, say(message)]))
  const shown = seen.flatMap((field) => ruledField(field, ruled) ?? []).filter((field) => !field.advanced && (isWritable(field) || ruled.states[field.name] !== undefined))
  return (
    <Panel
      title={say(layoutTexts.preview)}
      actions={(
        <span className={styles.choices}>
          <label>{say(layoutTexts.asRole)} <select className={styles.small} value={role} onChange={(event) => setRole(event.target.value)}>{roles.map(({ slug, label }) => <option key={slug} value={slug}>{say(label)}</option>)}</select></label>
          {widths.map(({ width: wide, label }) => <button key={wide} type="button" aria-pressed={width === wide} onClick={() => setWidth(wide)}>{say(label)}</button>)}
        </span>
      )}
    >
      <p className={styles.note}>{say(layoutTexts.state)}</p>
      <div className={styles.stage} tabIndex={0} role="region" aria-label={say(layoutTexts.preview)}>
        <div style={{ width }} className={styles.paper}>
          {sectionsOf(form.layout, shown).map(({ key, label, columns, fields: own }) => (
            <Panel key={key} title={say(label)}>
              <div className={documentStyles.fields} data-columns={columns}>
                {own.map((field) => (isWritable(field)
                  ? <LabelledField key={field.name} field={field} value={values[field.name] ?? ''} onChange={(value) => setValues((old) => ({ ...old, [field.name]: value }))} {...(findings.has(field.name) ? { error: findings.get(field.name) ?? '' } : {})} />
                  : <ShownField key={field.name} field={field}>{String(ruled.values[field.name] ?? '') || '—'}</ShownField>))}
              </div>
            </Panel>
          ))}
        </div>
      </div>
    </Panel>
  )
}
