'use client'

import { useEffect, useRef, type FormEvent, type ReactNode } from 'react'
import { Controller } from 'react-hook-form'
import { isSectionText } from '../../config/language/fields.ts'
import type { PageView } from '../../plugins/core/pages/page-view.ts'
import { isWrong } from '../document/check-fields.ts'
import { StepBar } from '../document/part-bar.tsx'
import { RuledInput } from '../document/ruled-input.tsx'
import { TableField } from '../document/table-field.tsx'
import { isWritable } from '../document/form-values.ts'
import { fieldNamesOf } from '../document/form-sections.ts'
import type { RequestProblem } from '../kit/api.ts'
import { Button } from '../kit/button.tsx'
import { ShownField } from '../kit/field-input.tsx'
import { spokenOf } from '../kit/field-values.ts'
import { useText } from '../kit/kit-context.tsx'
import { SectionText } from '../kit/section-text.tsx'
import { Banner, ErrorBanner } from '../kit/surfaces.tsx'
import { TitlesProvider } from '../kit/titles-context.tsx'
import { FieldValue } from '../kit/values.tsx'
import { layoutTexts } from '../locales/layout-texts.ts'
import { pageTexts } from '../locales/page-texts.ts'
import documentStyles from '../document/document.module.css'
import type { usePageForm } from './use-page-form.ts'
import styles from './pages.module.css'

type Props = {
  readonly view: PageView
  readonly open: ReturnType<typeof usePageForm>
  readonly busy: boolean
  readonly problem: RequestProblem | null
  readonly onSend: () => void
  /** What else is sent, unseen. */
  readonly children?: ReactNode
}

/** A page as it is filled in: its sections, or one step of them, with the buttons that lead on. */
export function PageForm({ view, open, busy, problem, onSend, children }: Props) {
  const say = useText()
  const top = useRef<HTMLFormElement>(null)
  const { steps, at, wrong, isLast } = open
  const step = useRef(at)
  useEffect(() => {
    if (step.current === at) return
    step.current = at
    top.current?.scrollIntoView({ block: 'start' })
    top.current?.querySelector<HTMLElement>('input:not([tabindex="-1"]), select, textarea')?.focus()
  }, [at])
  useEffect(() => {
    if (wrong.size > 0) top.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [wrong.size, at])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!isLast) return open.checkStep() ? open.goTo(at + 1) : undefined
    const found = open.checkAll()
    open.show(found)
    return found.size === 0 ? onSend() : undefined
  }
  const marked = new Set(steps.filter((part) => fieldNamesOf(part).some((name) => isWrong(wrong, name))).map(({ key }) => key))
  // The name of a step is the title of its only section.
  const hasTitles = open.visible.length > 1 || (steps.length > 1 && open.visible[0]?.label.en !== steps[at]?.label.en)
  return (
    <TitlesProvider titles={{}}>
      <form ref={top} noValidate className={styles.form} onSubmit={submit}>
        {steps.length > 1 ? <StepBar parts={steps} at={at} wrong={marked} onChoose={open.goTo} /> : null}
        {problem ? <ErrorBanner problem={problem} shown={new Set(view.fields.map(({ name }) => name))} /> : wrong.size > 0 ? <Banner tone="bad"><strong>{say(pageTexts.someWrong)}</strong></Banner> : null}
        {open.visible.map(({ key, label, columns, fields }) => (
          <section key={key} className={styles.section} {...(hasTitles ? { 'aria-label': say(label) } : {})}>
            {hasTitles ? <h2>{say(label)}</h2> : null}
            <div className={documentStyles.fields} data-columns={columns}>
              {fields.map((field) => isSectionText(field) ? <SectionText key={field.name} field={field} /> : field.type === 'table' && isWritable(field)
                ? <Controller key={field.name} control={open.form.control} name={`fields.${field.name}`} render={({ field: { value, onChange } }) => <TableField field={field} value={value ?? []} rules={open.rules} findings={wrong} onChange={(rows) => { onChange(rows); open.edited(field.name) }} />} />
                : isWritable(field)
                ? <RuledInput key={field.name} control={open.form.control} field={field} given={open.rules.values[field.name]} finding={wrong.get(field.name)} onEdited={() => open.edited(field.name)} />
                : <ShownField key={field.name} field={field}><FieldValue field={field} value={spokenOf([field], open.rules.values)[field.name]} titles={{}} /></ShownField>)}
            </div>
          </section>
        ))}
        {children}
        <div className={styles.foot}>
          {at > 0 ? <Button onClick={() => open.goTo(at - 1)}>{say(layoutTexts.back)}</Button> : null}
          <Button type="submit" look="primary" busy={busy}>{say(isLast ? pageTexts.send : layoutTexts.next)}</Button>
        </div>
      </form>
    </TitlesProvider>
  )
}
