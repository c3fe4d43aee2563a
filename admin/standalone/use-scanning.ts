'use client'

import { useCallback, useMemo, useRef, useState } from 'react'
import type { FieldDefinition } from '../../config/language/entity.ts'
import { isSectionText } from '../../config/language/fields.ts'
import { isFileField, isImageName, namedForUpload, readFileValue, writeFileValue } from '../../config/language/file-value.ts'
import type { Text } from '../../config/language/text.ts'
import { todayIn } from '../../plugins/core/engine/dates.ts'
import { compileForm } from '../../plugins/core/forms/compile-form.ts'
import type { PageView } from '../../plugins/core/pages/page-view.ts'
import { wrongFields } from '../document/check-fields.ts'
import { ruledField, ruleRow } from '../document/form-rules.ts'
import { isWritable } from '../document/form-values.ts'
import { request } from '../kit/api.ts'
import { formOf, fromForm, spokenOf, startOf, type FormValues } from '../kit/field-values.ts'
import { useKit } from '../kit/kit-context.tsx'
import { pageTexts } from '../locales/page-texts.ts'
import { kitTexts } from '../locales/texts.ts'
import { filled, filledField, readScan } from './read-scan.ts'

type State = {
  readonly values: FormValues
  /** Fields that were scanned, typed or passed over. */
  readonly done: ReadonlySet<string>
  /** The field that someone has gone back to; null: the first that is not done. */
  readonly chosen: string | null
  /** What people call the records that were scanned, by field. */
  readonly titles: Readonly<Record<string, string>>
  /** Pictures and papers that were taken, by field. */
  readonly files: Readonly<Record<string, File>>
}
export type Signal = { readonly isRight: boolean; readonly text: Text | null; readonly count: number }

type Submit = (data: Readonly<Record<string, unknown>>, told: string, files: Readonly<Record<string, { readonly name: string; readonly content: Blob }>> | undefined) => void

/** How long a scan waits for whether there is such a record; offline the server says so later. */
const lookupMilliseconds = 1_500

/** One entry of a shop-floor page after the other, a scan at a time, in the order the scans came. `mayAsk`: there is a connection, so that records can be looked up. */
export function useScanning(view: PageView, { mayAsk, onSubmit }: { readonly mayAsk: boolean; readonly onSubmit: Submit }) {
  const { firm, user, language } = useKit()
  const today = todayIn(firm.timeZone)
  const program = useMemo(() => compileForm(view.fields, view.form).program, [view.fields, view.form])
  const order = useMemo(() => view.form.layout?.sections.flatMap(({ fields }) => fields) ?? [], [view.form.layout])
  const empty = useCallback((): State => ({ values: formOf(view.fields, Object.fromEntries(view.fields.map((field) => [field.name, startOf(field, today)]))), done: new Set(), chosen: null, titles: {}, files: {} }), [view.fields, today])
  const [state, setState] = useState(empty)
  const [signal, setSignal] = useState<Signal | null>(null)
  const latest = useRef(state)
  const chain = useRef(Promise.resolve())
  const put = (next: State) => {
    latest.current = next
    setState(next)
  }
  const rulesOf = (values: FormValues) => ruleRow(program, { values, before: null, workflowState: '' }, { today, timeZone: firm.timeZone, roles: user?.roles ?? [], exponent: firm.exponent })
  /** What is asked for now, in the order of the page. */
  const askedOf = (values: FormValues): readonly FieldDefinition[] => {
    const rules = rulesOf(values)
    const known = new Map(view.fields.flatMap((field) => ruledField(field, rules) ?? []).filter(isWritable).map((field) => [field.name, field]))
    return order.flatMap((name) => known.get(name) ?? [])
  }
  /** The texts of the page between the field before this one and it; behind the last one, too. */
  const textsAt = (values: FormValues, current: FieldDefinition | undefined): readonly FieldDefinition[] => {
    const rules = rulesOf(values)
    const shown = new Map(view.fields.flatMap((field) => ruledField(field, rules) ?? []).filter((field) => isSectionText(field) || isWritable(field)).map((field) => [field.name, field]))
    const stands = order.flatMap((name) => shown.get(name) ?? [])
    const at = stands.findIndex(({ name }) => name === current?.name)
    const before = stands.slice(0, at).findLastIndex((field) => !isSectionText(field))
    const isLast = stands.slice(at + 1).every(isSectionText)
    return at < 0 ? [] : [...stands.slice(before + 1, at), ...(isLast ? stands.slice(at + 1) : [])]
  }
  const currentOf = ({ values, done, chosen }: State): FieldDefinition | undefined => {
    const asked = askedOf(values)
    return asked.find(({ name }) => name === chosen) ?? asked.find(({ name }) => !done.has(name)) ?? asked[0]
  }
  const tell = (isRight: boolean, text: Text | null = null) => setSignal((old) => ({ isRight, text, count: (old?.count ?? 0) + 1 }))
  const shownValue = (field: FieldDefinition, { values, titles }: State): string => {
    const value = values[field.name]
    if (isFileField(field)) return readFileValue(value)?.name ?? ''
    if (field.type === 'boolean') return value === true ? pageTexts.yesWords[language] : pageTexts.noWords[language]
    if (field.type === 'select') return field.options?.find((option) => option.value === value)?.label[language] ?? ''
    return titles[field.name] ?? (typeof value === 'string' ? value : '')
  }

  const goOn = (next: State): boolean => {
    const asked = askedOf(next.values)
    if (asked.some(({ name }) => !next.done.has(name))) {
      put({ ...next, chosen: null })
      return true
    }
    const wrong = wrongFields(asked.map(asText), { values: next.values, rules: rulesOf(next.values), exponent: firm.exponent })
    const [name, text] = [...wrong][0] ?? []
    if (name !== undefined && text) {
      put({ ...next, chosen: name, done: new Set([...next.done].filter((one) => one !== name)) })
      tell(false, text)
      return false
    }
    const filled = asked.filter((field) => fromForm(field, next.values[field.name]) !== null)
    const files = filled.flatMap(({ name: of }) => (next.files[of] ? [[of, { name: namedForUpload(next.files[of].name), content: next.files[of] }] as const] : []))
    onSubmit(spokenOf(filled.filter((field) => !isFileField(field)), next.values), filled.map((field) => shownValue(field, next)).filter(Boolean).join(' · '), files.length > 0 ? Object.fromEntries(files) : undefined)
    put(empty())
    return true
  }

  const take = async (text: string) => {
    const before = latest.current
    const field = currentOf(before)
    if (!field) return
    if (text.trim() === '') {
      if (field.required) return tell(false, filledField(pageTexts.isRequired, field))
      if (goOn({ ...before, values: { ...before.values, ...(field.type === 'boolean' ? {} : { [field.name]: '' }) }, done: new Set([...before.done, field.name]) })) tell(true)
      return
    }
    const asked = askedOf(before.values)
    const scan = readScan({ text, field, fields: asked, gs1: view.gs1 ?? {}, today, exponent: firm.exponent })
    if ('problem' in scan) return tell(false, scan.problem)
    const names = Object.keys(scan.values)
    const titles: Record<string, string> = {}
    for (const target of asked.filter(({ name, type }) => type === 'relation' && names.includes(name))) {
      const found = !mayAsk ? undefined : await recordOf(view.slug, target.name, String(scan.values[target.name]))
      if (found === null) return tell(false, filledField(pageTexts.noRecord, target, String(scan.values[target.name])))
      if (found) titles[target.name] = found.title
    }
    const next: State = { ...before, values: { ...before.values, ...scan.values }, done: new Set([...before.done, ...names]), titles: { ...before.titles, ...titles } }
    const broken = wrongFields(askedOf(next.values).filter(({ name }) => names.includes(name)).map(asText), { values: next.values, rules: rulesOf(next.values), exponent: firm.exponent })
    const [wrong] = broken.values()
    if (wrong) return tell(false, wrong)
    if (goOn(next)) tell(true)
  }

  /** It is uploaded with the entry: until then it has no id. */
  const takeFile = (field: FieldDefinition, file: File) => {
    const before = latest.current
    if (file.size === 0) return tell(false, filled(kitTexts.emptyFile, { name: file.name }))
    if (field.type === 'image' && !isImageName(file.name)) return tell(false, filled(kitTexts.noPicture, { name: file.name }))
    const value = writeFileValue({ name: namedForUpload(file.name), bytes: file.size, id: crypto.randomUUID() })
    if (goOn({ ...before, values: { ...before.values, [field.name]: value }, files: { ...before.files, [field.name]: file }, done: new Set([...before.done, field.name]) })) tell(true)
  }

  const asked = askedOf(state.values)
  const current = currentOf(state)
  return {
    asked, current, signal, texts: textsAt(state.values, current), done: state.done,
    told: (field: FieldDefinition) => shownValue(field, state),
    acceptFile: (field: FieldDefinition, file: File) => { chain.current = chain.current.then(() => takeFile(field, file)) },
    accept: (text: string) => { chain.current = chain.current.then(() => take(text)) },
    choose: (name: string) => put({ ...latest.current, chosen: name }),
    startOver: () => { put(empty()); setSignal(null) },
    signalOf: tell,
  }
}

/** A reference is typed as its code. */
const asText = (field: FieldDefinition): FieldDefinition => (field.type === 'relation' ? { ...field, type: 'text' } : field)

/** @returns null where there is none; undefined where nobody answers in time */
async function recordOf(page: string, field: string, code: string): Promise<{ readonly title: string } | null | undefined> {
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort(), lookupMilliseconds)
  try {
    return await request<{ title: string } | null>(`/api/pages/${page}/records/${field}?code=${encodeURIComponent(code)}`, { signal: controller.signal })
  } catch {
    return undefined
  } finally {
    clearTimeout(timer)
  }
}
