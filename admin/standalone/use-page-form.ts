'use client'

import { useMemo, useState } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import type { Text } from '../../config/language/text.ts'
import { todayIn } from '../../plugins/core/engine/dates.ts'
import { compileForm } from '../../plugins/core/forms/compile-form.ts'
import type { PageView } from '../../plugins/core/pages/page-view.ts'
import { isWrong, wrongFields } from '../document/check-fields.ts'
import { ruledField, ruleRow } from '../document/form-rules.ts'
import { fieldNamesOf, partsOf, sectionsOf } from '../document/form-sections.ts'
import { isWritable, type DocumentForm } from '../document/form-values.ts'
import { formOf, fromForm, spokenOf, startOf } from '../kit/field-values.ts'
import { useKit } from '../kit/kit-context.tsx'

/** A page that someone fills in: values, what the rules make of them, the step one is at, and what is wrong. */
export function usePageForm(view: PageView) {
  const { firm, user } = useKit()
  const today = todayIn(firm.timeZone)
  const start = useMemo((): DocumentForm => ({ fields: formOf(view.fields, Object.fromEntries(view.fields.map((field) => [field.name, startOf(field, today)]))), lines: [] }), [view.fields, today])
  const form = useForm<DocumentForm>({ defaultValues: start })
  const { fields: values } = useWatch({ control: form.control }) as DocumentForm
  const program = useMemo(() => compileForm(view.fields, view.form).program, [view.fields, view.form])
  const rules = useMemo(() => ruleRow(program, { values, before: null, workflowState: '' }, { today, timeZone: firm.timeZone, roles: user?.roles ?? [], exponent: firm.exponent }), [program, values, today, user, firm])
  const shown = view.fields.flatMap((field) => ruledField(field, rules) ?? [])
  const sections = sectionsOf(view.form.layout, shown)
  const steps = partsOf(view.form.layout ?? {}, sections)
  const [chosen, setChosen] = useState(0)
  const [wrong, setWrong] = useState<ReadonlyMap<string, Text>>(new Map())
  const at = Math.min(chosen, Math.max(0, steps.length - 1))
  const visible = steps.length > 1 ? steps[at]?.sections ?? [] : sections
  const check = (names: readonly string[]) => wrongFields(shown.filter(({ name }) => names.includes(name)), { values, rules, exponent: firm.exponent })
  /** Shows what is wrong, at the first step that has something of it. */
  const show = (found: ReadonlyMap<string, Text>) => {
    setWrong(found)
    const first = steps.findIndex((step) => fieldNamesOf(step).some((name) => isWrong(found, name)))
    if (first >= 0) setChosen(first)
  }
  return {
    form, rules, steps, at, visible, wrong, show, today,
    isLast: steps.length < 2 || at === steps.length - 1,
    goTo: (index: number) => { setWrong(new Map()); setChosen(index) },
    /** @returns whether this step may be left */
    checkStep: () => {
      const found = check(visible.flatMap(({ fields }) => fields.map(({ name }) => name)))
      setWrong(found)
      return found.size === 0
    },
    checkAll: () => check(shown.map(({ name }) => name)),
    edited: (name: string) => { if (isWrong(wrong, name)) setWrong(new Map([...wrong].filter(([path]) => path.split('.')[0] !== name))) },
    /** What is shown and filled in, as it is sent. */
    data: () => {
      const filled = shown.filter((field) => isWritable(field) && fromForm(field, values[field.name]) !== null)
      return spokenOf(filled, values)
    },
    reset: () => { form.reset(start); setWrong(new Map()); setChosen(0) },
  }
}
