import type { PayloadRequest } from 'payload'
import type { EntityDefinition, FieldDefinition } from '../../../../config/language/entity.ts'
import type { Language, Text } from '../../../../config/language/text.ts'
import type { Actor } from '../../access/actor.ts'
import { hiddenFields, requireRight } from '../../access/can.ts'
import { openStore } from '../../data/open-store.ts'
import type { Row } from '../../data/store.ts'
import { allFields } from '../../entities/system-fields.ts'
import { titleOf } from '../../entities/title.ts'
import { fail, failField, failQuestion, failInput } from '../../errors.ts'
import { publishedFieldsOf } from '../../platform/own-fields.ts'
import { platformOf } from '../../platform/platform.ts'
import { revisionOf } from '../../platform/publish-revision.ts'
import { conversionForm, conversionOf, leftRows } from './conversion-rows.ts'
import { conversionSubject } from './convert-field-job.ts'
import { convertValue, wordsOf, type ConversionForm } from './convert-value.ts'
import { isConversion } from './convertible.ts'

export type ConversionProblem = { readonly id: string; readonly title: string; readonly value: string; readonly message: Text }

/** What would become of the values of a field if another one took them over; nothing is stored. */
export type ConversionPreview = {
  /** Rows that were looked at, all or the first so many. */
  readonly looked: number
  readonly isAll: boolean
  readonly convertible: number
  readonly samples: readonly { readonly before: string; readonly after: string }[]
  readonly problems: readonly ConversionProblem[]
  /** Different values, for the options of a choice; none where there are more than a choice may have. */
  readonly distinct: readonly string[]
}

/** How a conversion that was published goes. */
export type ConversionReport = {
  readonly from: Text
  readonly status: string | null
  readonly converted: number
  readonly left: number
  readonly problems: readonly ConversionProblem[]
}

type Asked = Pick<PayloadRequest, 'payload' | 'i18n'>

const readBy = ({ language }: PayloadRequest['i18n']): Language => (language === 'zh' ? 'zh' : 'en')

const mostLooked = 20_000
const mostShown = 50
const mostDistinct = 60

/**
 * @throws ProblemError 403 for whoever may not read the field, 404 for a field that is not published, 400 for types that take nothing over
 */
export async function previewConversion({ payload, i18n }: Asked, actor: Actor, { slug, from: name, to }: { readonly slug: string; readonly from: unknown; readonly to: unknown }): Promise<ConversionPreview> {
  if (typeof name !== 'string') failInput([{ code: 'fieldMissing', path: 'from', severity: 'error', message: { en: 'from names the field whose values are taken over.', zh: 'from 应为被转换字段的标识。' } }])
  const entity = readableEntity(payload, actor, { slug, field: name })
  const own = new Set(publishedFieldsOf(revisionOf(payload).inputs, slug).map((field) => field.name))
  const from = allFields(entity).find((field) => field.name === name && own.has(field.name))
  if (!from) fail('notFound', { entity: { en: 'Field', zh: '字段' }, id: name.slice(0, 60) })
  const target = targetOf(to, from)
  const store = openStore(payload)
  const form = await conversionForm(store)
  const result = { looked: 0, convertible: 0, samples: [] as { before: string; after: string }[], problems: [] as ConversionProblem[] }
  const distinct = new Set<string>()
  for await (const row of store.stream(slug, { [from.name]: { exists: true } })) {
    if (result.looked === mostLooked) return { ...result, isAll: false, distinct: offered(distinct) }
    result.looked++
    const stored = (row as Row)[from.name]
    const text = spoken(from, stored, form)
    if (distinct.size <= mostDistinct) for (const word of target.many ? wordsOf(text) : [text]) distinct.add(word)
    const converted = convertValue({ from, to: target }, stored, form)
    if ('problem' in converted) {
      if (result.problems.length < mostShown) result.problems.push({ id: String(row.id), title: titleOf(entity, row as Row, readBy(i18n)), value: text, message: converted.problem })
      continue
    }
    result.convertible++
    const after = spoken(target, converted.value, form)
    if (result.samples.length < 5 && !result.samples.some(({ before }) => before === text)) result.samples.push({ before: text, after })
  }
  return { ...result, isAll: true, distinct: offered(distinct) }
}

/** @throws ProblemError 403 for whoever may not read the fields, 404 for a field that takes nothing over */
export async function conversionReport({ payload, i18n }: Asked, actor: Actor, { slug, field, most = mostShown }: { readonly slug: string; readonly field: string; readonly most?: number }): Promise<ConversionReport> {
  const entity = readableEntity(payload, actor, { slug, field })
  const conversion = conversionOf(entity, field) ?? fail('notFound', { entity: { en: 'Conversion', zh: '字段转换' }, id: field.slice(0, 60) })
  const store = openStore(payload)
  const form = await conversionForm(store)
  const { from, to } = conversion
  const [[job], converted, left] = await Promise.all([
    store.find('background-jobs', { where: { subject: { equals: conversionSubject(slug, field) } }, sort: '-createdAt', limit: 1 }),
    store.count(slug, { and: [{ [from.name]: { exists: true } }, { [to.name]: { exists: true } }] }), store.count(slug, leftRows(conversion)),
  ])
  const rows = left === 0 ? [] : await store.find(slug, { where: leftRows(conversion), sort: 'id', limit: most })
  return {
    from: from.label, status: job?.status ?? null, converted, left,
    problems: rows.map((row) => {
      const result = convertValue(conversion, (row as Row)[from.name], form)
      return { id: String(row.id), title: titleOf(entity, row as Row, readBy(i18n)), value: spoken(from, (row as Row)[from.name], form), message: 'problem' in result ? result.problem : waiting }
    }),
  }
}

function readableEntity(payload: PayloadRequest['payload'], actor: Actor, { slug, field }: { readonly slug: string; readonly field: string }): EntityDefinition {
  const entity = platformOf(payload).entities.get(slug) ?? fail('unknownEntity', { entity: slug.slice(0, 60) })
  requireRight(actor, 'read', entity)
  const hidden = [...hiddenFields(actor, entity)].find((name) => name === field)
  if (hidden) failField('hiddenField', 'field', { field: hidden })
  return entity
}

/** The new field as far as it was described: what its values would be. */
function targetOf(to: unknown, from: FieldDefinition): FieldDefinition {
  const given = (typeof to === 'object' && to !== null ? to : {}) as Partial<FieldDefinition>
  const type = given.type ?? ('' as FieldDefinition['type'])
  const many = type === 'select' && given.many === true
  if (!isConversion(from, { type, many })) {
    failQuestion('to.type', { en: 'The values of this field cannot be taken over by a field of that type. Choose another type.', zh: '此字段的值无法转换为该类型，请选择其他类型。' })
  }
  const options = Array.isArray(given.options) ? given.options.filter((one) => typeof one?.value === 'string' && typeof one.label?.en === 'string' && typeof one.label.zh === 'string') : []
  return { name: 'to', type, label: from.label, ...(many && { many }), ...(type === 'select' && { options }), ...(typeof given.maxLength === 'number' && { maxLength: given.maxLength }) }
}

const offered = (distinct: ReadonlySet<string>) => (distinct.size > mostDistinct ? [] : [...distinct].sort())

/** As a person reads it. */
const spoken = (field: FieldDefinition, stored: unknown, form: ConversionForm): string => {
  const read = convertValue({ from: field, to: { name: 'text', type: 'longText', label: field.label } }, stored, form)
  return 'value' in read ? String(read.value).slice(0, 200) : ''
}

const waiting: Text = { en: 'It has not been its turn yet.', zh: '尚未处理。' }
