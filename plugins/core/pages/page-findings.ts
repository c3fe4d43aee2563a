import type { EntityDefinition, FieldDefinition, FieldType } from '../../../config/language/entity.ts'
import { isSectionText } from '../../../config/language/fields.ts'
import type { FieldRules } from '../../../config/language/form.ts'
import type { PageDefinition } from '../../../config/language/page.ts'
import type { Finding } from '../../../config/language/refusal.ts'
import type { RevisionInputs } from '../../../config/language/revision.ts'
import type { Text } from '../../../config/language/text.ts'
import { decodeInput } from '../commands/input.ts'
import { formFields } from '../entities/system-fields.ts'
import { compileForm, ruledFields } from '../forms/compile-form.ts'
import { layoutFindings } from '../forms/form-findings.ts'
import { markupFindings } from '../platform/markup.ts'
import { publishedFieldsOf, publishedFormOf } from '../platform/own-fields.ts'
import { takesFrom } from './gs1-identifiers.ts'
import { possiblyLeftOut, surelyLeftOut, surelyRefused, type PossiblyLeftOut } from './left-out.ts'

/** Types that someone who is not signed in can fill in: all but data of programs, and numbers of a series, which are unique. */
const publicTypes: ReadonlySet<FieldType> = new Set<FieldType>([
  'text', 'longText', 'email', 'phone', 'url', 'integer', 'quantity', 'unitPrice', 'money', 'percent', 'rate', 'rating', 'duration', 'boolean', 'date', 'time', 'dateTime', 'select', 'relation', 'table', 'file', 'image', 'geolocation', 'signature',
])

/** Records that decide who may do what, and in whose name. */
const notByPage: ReadonlySet<string> = new Set(['roles', 'companies'])

/** What keeps the pages of what shall be published from being used; `entities`: with the fields that the firm has added. Paths begin with `pages.<slug>`. */
export function pageFindings(inputs: Pick<RevisionInputs, 'pages' | 'forms' | 'fields'>, entities: ReadonlyMap<string, EntityDefinition>): readonly Finding[] {
  return Object.entries(inputs.pages ?? {}).flatMap(([slug, page]) => {
    if (page.retired) return []
    const entity = entities.get(page.entity)
    const form = { rules: publishedFormOf(inputs as RevisionInputs, page.entity).rules, own: new Set(publishedFieldsOf(inputs, page.entity).map(({ name }) => name)) }
    return [...textFindings(page), ...kindFindings(page), ...(entity && isMadeByPage(entity) ? fitFindings(page, entity, form) : [noEntity(page.entity)])]
      .map(({ path, ...rest }) => ({ ...rest, path: `pages.${slug}.${path}`, severity: 'error' as const }))
  })
}

export const isMadeByPage = ({ kind, slug, retired }: EntityDefinition): boolean => (kind === 'master' || kind === 'document') && !notByPage.has(slug) && !retired

/** What a page could ask for of an entity: what a person may enter there, told by name. */
export const askableFields = (entity: EntityDefinition, kind: PageDefinition['kind']): readonly FieldDefinition[] => entity.fields.filter((field) => whyNot(field, kind) === undefined)

type Fault = Omit<Finding, 'severity'>
const fault = (path: string, code: string, en: string, zh: string): Fault => ({ path, code, message: { en, zh } })
const noEntity = (slug: string) => fault('entity', 'unknownEntity', `"${slug}" is nothing that a page could make. Choose a form such as suppliers.`, `页面不能新建“${slug}”，请选择其他表单，例如供应商。`)

/** Pages show their texts as they stand: markup would be read by people. */
function textFindings({ title, intro, thanks, layout }: PageDefinition): Fault[] {
  const texts: [string, Text | undefined][] = [
    ['title', title], ['intro', intro], ['thanks', thanks],
    ...layout.sections.map(({ label }, index): [string, Text] => [`layout.sections.${index}.label`, label]),
    ...(layout.parts?.list ?? []).map(({ label }, index): [string, Text] => [`layout.parts.list.${index}.label`, label]),
  ]
  return texts.flatMap(([path, text]) => markupFindings(text, path))
}

/** Settings that belong to another kind of page. */
function kindFindings({ kind, link, offers, gs1, layout }: PageDefinition): Fault[] {
  return [
    ...(link !== undefined && kind !== 'public' ? [fault('link', 'otherKind', 'Only a public page has a link that cannot be guessed. Remove it, or make the page public.', '只有公开页面才有不可猜测的链接，请去掉，或将页面改为公开。')] : []),
    ...(offers && kind !== 'public' ? [fault('offers', 'otherKind', 'Only a public page says which records may be chosen; elsewhere one chooses from what one may read. Remove it.', '只有公开页面需要指定可选记录，其他页面按查看权限选择，请去掉。')] : []),
    ...(gs1 && kind !== 'shopFloor' ? [fault('gs1', 'otherKind', 'Only a page for the shop floor splits GS1 codes. Remove it.', '只有车间页面支持拆分 GS1 条码，请去掉。')] : []),
    ...(layout.parts?.shownAs === 'tabs' ? [fault('layout.parts.shownAs', 'stepsOnly', 'A page is filled in step by step: choose steps instead of tabs.', '页面按步骤填写，请将页签改为步骤。')] : []),
  ]
}

/** What the firm has added to the form that such a page fills in. */
type Form = { readonly rules: Readonly<Record<string, FieldRules>>; readonly own: ReadonlySet<string> }

function fitFindings({ kind, layout, given = {}, offers = {}, gs1 = {} }: PageDefinition, entity: EntityDefinition, { rules, own }: Form): Fault[] {
  const fields = new Map(entity.fields.map((field) => [field.name, field]))
  const placed = new Set(layout.sections.flatMap((section) => section.fields))
  const isUnsigned = ({ signedIn }: FieldDefinition) => signedIn !== undefined && !placed.has(signedIn)
  const isPlaced = (name: string) => placed.has(name) && fields.has(name)
  return [
    ...([...placed].every((name) => fields.get(name)?.type === 'sectionText') ? [fault('layout.sections', 'nothingAsked', 'The page asks for nothing. Drag fields into it.', '页面没有任何字段，请拖入字段。')] : []),
    ...layoutFindings(layout, formFields(entity)).map(({ path, code, message }) => ({ path: `layout.${path}`, code, message })),
    ...layout.sections.flatMap((section, index) => section.fields.flatMap((name, at): Fault[] => {
      const path = `layout.sections.${index}.fields.${at}`
      const field = formFields(entity).find((one) => one.name === name)
      if (!field) return []
      if (!fields.has(name)) return [fault(path, 'systemField', `${field.label.en} is kept by the platform: nobody enters it.`, `${field.label.zh}由系统维护，无需录入。`)]
      const reason = whyNot(field, kind)
      if (reason) return [{ path, ...reason }]
      if (isSectionText(field)) return unaskedBy(field, { entity, rules, placed }).map((of) => fault(path, 'unasked', `${field.label.en} is shown by ${of.en}, which this page does not ask for: nobody would see it. Ask for that too, or take the text out.`, `“${field.label.zh}”是否显示取决于${of.zh}，而页面没有该字段，因此不会显示。请加入该字段，或移除此说明文字。`))
      if (rules[name]?.computed !== undefined) return [fault(path, 'computed', `${field.label.en} is computed: nobody enters it. Take it out.`, `${field.label.zh}由系统计算，无需录入，请移除。`)]
      if (isUnsigned(field)) return [unsigned(path, field)]
      return kind === 'public' && field.type === 'relation' && !Object.hasOwn(offers, name)
        ? [fault(path, 'offersMissing', `${field.label.en}: say which records may be chosen, since visitors see no others.`, `“${field.label.zh}”：请指定可选的记录，访客看不到其他记录。`)] : []
    })),
    ...Object.keys(given).flatMap((name) => { const field = fields.get(name); return field && isUnsigned(field) ? [unsigned(`given.${name}`, field)] : [] }),
    ...Object.entries(given).flatMap(([name, value]) => givenFindings(fields.get(name), { name, value, isAsked: placed.has(name) })),
    ...Object.keys(offers).flatMap((name) => (isPlaced(name) && fields.get(name)?.type === 'relation' ? [] : [fault(`offers.${name}`, 'notAsked', `The page asks for no reference "${name}". Remove what is offered for it.`, `页面没有关联字段“${name}”，请去掉其可选记录。`)])),
    ...Object.entries(gs1).flatMap(([identifier, name]) => {
      const field = isPlaced(name) ? fields.get(name) : undefined
      if (!field) return [fault(`gs1.${identifier}`, 'notAsked', `(${identifier}) fills "${name}", which the page does not ask for. Choose one of its fields.`, `(${identifier}) 对应的“${name}”不在页面上，请选择页面中的字段。`)]
      return takesFrom(identifier, field.type) ? [] : [fault(`gs1.${identifier}`, 'otherType', `${field.label.en} cannot hold what (${identifier}) says. Choose a field of another type.`, `“${field.label.zh}”无法存放 (${identifier}) 的内容，请选择其他类型的字段。`)]
    }),
    ...entity.fields.filter((field) => mustBeAsked(field, rules) && !placed.has(field.name) && !Object.hasOwn(given, field.name)).map(requiredMissing),
    ...surelyLeftOut({ entity, rules, own, placed, given }).filter((field) => !mustBeAsked(field, rules)).map(requiredMissing),
    ...surelyRefused({ entity, rules, own, placed, given }).map(({ name, label }) => fault('layout.sections', 'neverSent', `A check of ${label.en} (${name}), which this page does not ask for, refuses whatever is entered. Ask for it, say what the page enters there, or take the check back.`, `“${label.zh}”（${name}）不在页面上，其校验使任何录入都无法提交。请加入页面、设定固定值，或撤销该校验。`)),
  ]
}

/** What of the pages may keep some entries from being sent: for whoever publishes to read. Paths begin with `pages.<slug>`. */
export function pageWarnings(inputs: Pick<RevisionInputs, 'pages' | 'forms' | 'fields'>, entities: ReadonlyMap<string, EntityDefinition>): readonly Finding[] {
  return Object.entries(inputs.pages ?? {}).flatMap(([slug, { entity: of, retired, layout, given = {}, title }]) => {
    const entity = entities.get(of)
    if (retired || !entity) return []
    const placed = new Set(layout.sections.flatMap((section) => section.fields))
    const own = new Set(publishedFieldsOf(inputs, of).map(({ name }) => name))
    return possiblyLeftOut({ entity, rules: publishedFormOf(inputs as RevisionInputs, of).rules, own, placed, given })
      .map((one): Finding => ({ code: one.rule === 'required' ? 'requiredWhen' : 'checkedWhen', path: `pages.${slug}.rules.${one.field.name}`, severity: 'warning', message: leftOutText(title, one) }))
  })
}

function leftOutText(title: Text, { field: { label, name }, rule, source }: PossiblyLeftOut): Text {
  const [en, zh] = rule === 'required' ? ['is required when', '在满足以下条件时必填'] : ['is checked by', '按以下条件校验']
  return {
    en: `"${title.en}" does not ask for ${label.en} (${name}), which ${en} ${source}: what is entered there may not be sent for it. Ask for it on the page, say what the page enters there, or take the rule back.`,
    zh: `“${title.zh}”没有“${label.zh}”（${name}），而该字段${zh}：${source}，部分录入可能因此无法提交。请将其加入页面、设定固定值，或撤销该规则。`,
  }
}

const requiredMissing = ({ name, label, minRows }: FieldDefinition): Fault => (minRows === undefined
  ? fault('layout.sections', 'requiredMissing', `${label.en} (${name}) is required: ask for it, or say what the page enters there.`, `“${label.zh}”（${name}）为必填：请加入页面，或设定固定值。`)
  : fault('layout.sections', 'requiredMissing', `${label.en} (${name}) needs at least ${minRows} ${minRows === 1 ? 'row' : 'rows'}: ask for it, or show it by a rule only where it is filled in.`, `“${label.zh}”（${name}）至少需要 ${minRows} 行：请加入页面，或通过显示规则限定其适用情形。`))
const unsigned = (path: string, { label, signedIn = '' }: FieldDefinition) => fault(path, 'unsigned', `${label.en} is signed in "${signedIn}", which this page does not ask for. Ask for that too, or take it out.`, `“${label.zh}”须在“${signedIn}”中签名，而页面没有该字段。请加入该字段，或移除此项。`)

type OnPage = { readonly entity: EntityDefinition; readonly rules: Readonly<Record<string, FieldRules>>; readonly placed: ReadonlySet<string> }

/** The fields that decide whether a text is shown, and that the page does not ask for. */
function unaskedBy({ name }: FieldDefinition, { entity, rules, placed }: OnPage): readonly Text[] {
  const own = rules[name]
  if (!own) return []
  const [step] = compileForm(ruledFields(entity), { rules: { [name]: own } }).program.steps.filter(({ field }) => field.name === name)
  return [...(step?.references ?? [])].filter((one) => !placed.has(one)).map((one) => entity.fields.find((field) => field.name === one)?.label ?? { en: one, zh: one })
}

/** Why nobody can be asked for it on such a page. */
function whyNot(field: FieldDefinition, kind: PageDefinition['kind']): Omit<Fault, 'path'> | undefined {
  const { label } = field
  const because = (code: string, en: string, zh: string) => ({ code, message: { en: `${label.en} ${en}`, zh: `${label.zh}${zh}` } })
  if (field.hidden || field.retired) return because('unknownField', 'is not in use. Take it out.', '已停用，请移除。')
  if (isSectionText(field)) return undefined
  if (field.readOnly) return because('readOnlyField', 'is kept by the platform: nobody enters it. Take it out.', '由系统维护，无需录入，请移除。')
  if (field.type === 'json') return because('machineData', 'holds machine data. Take it out.', '为系统数据，请移除。')
  if (kind === 'shopFloor' && field.type === 'signature') return because('notScanned', 'is a signature, which no scanner sends. Take it out.', '为签名，无法由扫码枪录入，请移除。')
  if (kind === 'shopFloor' && (field.type === 'table' || field.many)) return because('notScanned', 'takes several values, and a scan is one. Take it out.', '可填多个值，而一次扫描只有一个值，请移除。')
  if (kind === 'shopFloor' && field.type === 'richText') return because('notScanned', 'is a text with headings and lists, which no scanner sends. Take it out.', '为富文本，无法由扫码枪录入，请移除。')
  if (kind !== 'public') return undefined
  if (!publicTypes.has(field.type)) return because('notPublic', 'cannot be filled in without an account. Take it out.', '须登录后才能填写，请移除。')
  if (field.many && field.type !== 'select') return because('notPublic', 'takes several records, which visitors cannot choose. Take it out.', '可选多条记录，公开页面不支持，请移除。')
  if (field.unique) return because('notPublic', 'is unique: visitors could find out what is stored already. Take it out.', '不可重复，访客可借此探知已有数据，请移除。')
  return undefined
}

function givenFindings(field: FieldDefinition | undefined, { name, value, isAsked }: { readonly name: string; readonly value: unknown; readonly isAsked: boolean }): Fault[] {
  const path = `given.${name}`
  if (!field || field.hidden || isSectionText(field)) return [fault(path, 'unknownField', `There is no field "${name}". Remove what the page enters there.`, `不存在字段“${name}”，请去掉其固定值。`)]
  if (field.readOnly) return [fault(path, 'readOnlyField', `${field.label.en} is kept by the platform: a page cannot enter it either.`, `${field.label.zh}由系统维护，页面也不能录入。`)]
  if (isAsked) return [fault(path, 'askedToo', `${field.label.en} is asked for already. Either ask for it, or let the page enter it.`, `“${field.label.zh}”已在页面上填写，不能再设固定值。`)]
  return decodeInput([field], { [name]: value }, { exponent: 2, label: field.label }).findings.map(({ message }) => ({ path, code: 'givenWrong', message }))
}

/** Fields that stay empty unless someone enters them, and may not. */
const mustBeAsked = (field: FieldDefinition, rules: Readonly<Record<string, FieldRules>>): boolean =>
  Boolean(field.required) && !field.readOnly && field.default === undefined && !field.filledFrom && !field.givenWhenEmpty && field.type !== 'boolean' && rules[field.name]?.default === undefined && rules[field.name]?.computed === undefined
