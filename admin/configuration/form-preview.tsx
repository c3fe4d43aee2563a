'use client'

import { useEffect, useMemo, useRef, useState } from 'react'
import type { FieldDefinition } from '../../config/language/entity.ts'
import { isSectionText } from '../../config/language/fields.ts'
import type { FormDefinition } from '../../config/language/form.ts'
import type { EntityFieldsView } from '../../plugins/core/configuration/configuration-view.ts'
import { todayIn } from '../../plugins/core/engine/dates.ts'
import { asAsked } from '../../plugins/core/entities/system-fields.ts'
import { compileForm } from '../../plugins/core/forms/compile-form.ts'
import { madeOf } from '../../plugins/core/forms/derived-fields.ts'
import { givenField, ruledField, ruleRow } from '../document/form-rules.ts'
import { partsOf, sectionsOf } from '../document/form-sections.ts'
import { TabBar } from '../document/part-bar.tsx'
import { isWritable } from '../document/form-values.ts'
import { TableField } from '../document/table-field.tsx'
import { LabelledField, ShownField } from '../kit/field-input.tsx'
import { startOf, toForm, type FormValue } from '../kit/field-values.ts'
import { useKit, useText } from '../kit/kit-context.tsx'
import { SectionText } from '../kit/section-text.tsx'
import { Panel } from '../kit/surfaces.tsx'
import { layoutTexts } from '../locales/layout-texts.ts'
import styles from './layout.module.css'
import documentStyles from '../document/document.module.css'

const widths = [{ width: 390, label: layoutTexts.phone }, { width: 820, label: layoutTexts.tablet }, { width: 1200, label: layoutTexts.desk }] as const

type Props = { readonly fields: readonly FieldDefinition[]; /** Of lines: the fields of their document, which is empty here. */ readonly head?: readonly FieldDefinition[]; readonly form: FormDefinition; readonly roles: EntityFieldsView['roles'] }

/** The form as a role will see it, at three widths; one can type, and the rules hold. */
export function FormPreview({ fields, head, form, roles }: Props) {
  const say = useText()
  const { firm } = useKit()
  const [width, setWidth] = useState<number>(1200)
  const [part, setPart] = useState(0)
  const [role, setRole] = useState(roles[0]?.slug ?? '')
  const [typed, setTyped] = useState<Readonly<Record<string, FormValue>>>({})
  const { stage, zoom } = useZoom(width)
  const made = useMemo(() => madeOf(compileForm(fields, form, head).program), [fields, form, head])
  const hidden = useMemo(() => {
    const own = new Set(roles.find(({ slug }) => slug === role)?.hidden)
    return new Set([...own, ...[...made].filter(([, of]) => [...of].some((name) => own.has(name))).map(([name]) => name)])
  }, [roles, role, made])
  const seen = useMemo(() => fields.filter(({ name }) => !hidden.has(name)).map(asAsked), [fields, hidden])
  const today = todayIn(firm.timeZone)
  const values = useMemo(() => ({ ...Object.fromEntries(seen.filter((field) => field.default !== undefined).map((field) => [field.name, toForm(field, startOf(field, today))])), ...typed }), [seen, today, typed])
  const { program } = useMemo(() => compileForm(seen, form, head), [seen, form, head])
  const ruled = ruleRow(program, { values, before: null, workflowState: '' }, { today, timeZone: firm.timeZone, roles: [role], exponent: firm.exponent })
  // Nobody is told what is missing before they have begun.
  const touchedFindings = new Map(ruled.findings.filter(({ path, code }) => code !== 'required' && values[path.split('.')[0] ?? ''] !== undefined).map(({ path, message }) => [path, message]))
  const findings = new Map(ruled.findings.filter(({ path, code }) => code !== 'required' && values[path] !== undefined).map(({ path, message }) => [path, say(message)]))
  const shown = seen.flatMap((field) => ruledField(field, ruled) ?? []).filter((field) => !field.advanced && (isSectionText(field) || isWritable(field) || ruled.states[field.name] !== undefined))
  const sections = sectionsOf(form.layout, shown)
  const parts = partsOf(form.layout ?? {}, sections)
  const at = Math.min(part, Math.max(0, parts.length - 1))
  return (
    <Panel
      title={say(layoutTexts.preview)}
      actions={(
        <span className={styles.choices}>
          {roles.length > 0 ? <label>{say(layoutTexts.asRole)} <select className={styles.small} value={role} onChange={(event) => setRole(event.target.value)}>{roles.map(({ slug, label }) => <option key={slug} value={slug}>{say(label)}</option>)}</select></label> : null}
          {widths.map(({ width: wide, label }) => <button key={wide} type="button" aria-pressed={width === wide} onClick={() => setWidth(wide)}>{say(label)}</button>)}
        </span>
      )}
    >
      <p className={styles.note}>{say(layoutTexts.state)}</p>
      <div ref={stage} className={styles.stage} tabIndex={0} role="region" aria-label={say(layoutTexts.preview)}>
        <div style={{ width, zoom }} className={styles.paper}>
          {parts.length > 1 ? <TabBar parts={parts} at={at} wrong={new Set()} onChoose={setPart} /> : null}
          {(parts.length > 1 ? parts[at]?.sections ?? [] : sections).map(({ key, label, columns, fields: own }) => (
            <Panel key={key} title={say(label)}>
              <div className={documentStyles.fields} data-columns={columns}>
                {own.map((field) => (isSectionText(field) ? <SectionText key={field.name} field={field} /> : field.type === 'table'
                  ? <TableField key={field.name} field={field} value={values[field.name] ?? []} rules={ruled} findings={touchedFindings} onChange={(value) => setTyped((old) => ({ ...old, [field.name]: value }))} />
                  : isWritable(field)
                  ? <LabelledField key={field.name} field={givenField(field, ruled.values[field.name], values[field.name] ?? '')} value={values[field.name] ?? ''} onChange={(value) => setTyped((old) => ({ ...old, [field.name]: value }))} {...(findings.has(field.name) ? { error: findings.get(field.name) ?? '' } : {})} />
                  : <ShownField key={field.name} field={field}>{String(ruled.values[field.name] ?? '') || '—'}</ShownField>))}
              </div>
            </Panel>
          ))}
        </div>
      </div>
    </Panel>
  )
}

/** Smaller than this nobody reads it: it is moved sideways instead. */
const leastZoom = 0.6

/** How small a page of `width` has to be shown to be seen as a whole. */
function useZoom(width: number) {
  const stage = useRef<HTMLDivElement>(null)
  const [room, setRoom] = useState<number>(width)
  useEffect(() => {
    const box = stage.current
    if (!box) return undefined
    const observer = new ResizeObserver(() => setRoom(box.clientWidth))
    observer.observe(box)
    return () => observer.disconnect()
  }, [])
  return { stage, zoom: Math.max(leastZoom, Math.min(1, room / width)) }
}
