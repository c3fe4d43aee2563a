import { z } from 'zod'
import { kindOf } from '../../../config/expression/rule-values.ts'
import { longestExpression } from '../../../config/expression/check-expression.ts'
import type { EntityDefinition, FieldDefinition } from '../../../config/language/entity.ts'
import { isFileField } from '../../../config/language/file-value.ts'
import { isSectionText } from '../../../config/language/fields.ts'
import type { FieldRules, FormDefinition, FormLayout } from '../../../config/language/form.ts'
import type { Finding } from '../../../config/language/refusal.ts'
import type { RevisionInputs } from '../../../config/language/revision.ts'
import type { Text } from '../../../config/language/text.ts'
import { publishedFieldsOf, withFields } from '../platform/own-fields.ts'
import { compileForm, ruledFields, type FormFault } from './compile-form.ts'

const expression = z.string().max(longestExpression)
const text = z.strictObject({ en: z.string().trim().min(1).max(500), zh: z.string().trim().min(1).max(500) })
const rule = z.strictObject({ when: expression, message: text.optional() })
const fieldRules = z.strictObject({
  visible: expression.optional(), whenHidden: z.enum(['clear', 'keep', 'ignore']).optional(),
  required: rule.optional(), readOnly: rule.optional(), computed: expression.optional(), default: expression.optional(), options: rule.optional(),
  checks: z.array(z.strictObject({ holds: expression, message: text })).min(1).max(20).optional(),
})
/** Of a column of a table. */
export const columnRules = fieldRules.pick({ required: true, computed: true, options: true, checks: true })
const key = z.string().regex(/^[a-z][a-zA-Z0-9]{0,49}$/)
const section = z.strictObject({ key, label: text, columns: z.int().min(1).max(4), fields: z.array(z.string().max(60)).max(300), part: z.string().max(60).optional() })
export const layoutShape = z.strictObject({
  sections: z.array(section).max(30),
  parts: z.strictObject({ shownAs: z.enum(['tabs', 'steps']), list: z.array(z.strictObject({ key, label: text })).min(1).max(12) }).optional(),
})
export const formShape = z.strictObject({ rules: z.record(z.string().max(60), fieldRules), layout: layoutShape.optional() })

/** Of all expressions of a form: they are read and asked together, at every change that someone makes. */
const mostCharacters = 40_000

const sizeOf = ({ rules }: FormDefinition): number => Object.values(rules).flatMap(({ visible, computed, default: usual, required, readOnly, options, checks }) =>
  [visible, computed, usual, required?.when, readOnly?.when, options?.when, ...(checks ?? []).map(({ holds }) => holds)]).reduce((sum, source) => sum + (source?.length ?? 0), 0)

/** What is wrong with the rules of what shall be published; paths begin with `forms.<entity>`. `shipped`: entities as they are shipped. */
export function formFindings(inputs: RevisionInputs, shipped: ReadonlyMap<string, EntityDefinition>): readonly Finding[] {
  return Object.entries(inputs.forms ?? {}).flatMap(([slug, form]) => {
    const entity = shipped.get(slug)
    if (!entity) return [finding('unknownEntity', `forms.${slug}`, { en: `There is no entity "${slug}".`, zh: `不存在实体“${slug}”。` })]
    const own = publishedFieldsOf(inputs, slug)
    const fields = ruledFields(withFields(entity, own))
    const size = sizeOf(form)
    if (size > mostCharacters) return [finding('rulesTooLong', `forms.${slug}.rules`, { en: `The rules of ${entity.label.en} have ${size} characters of expressions; at most ${mostCharacters} are asked at every change. Shorten or remove some.`, zh: `“${entity.label.zh}”的规则表达式共 ${size} 个字符，超过上限 ${mostCharacters}，请精简。` })]
    const owner = entity.kind === 'line' ? shipped.get(entity.parent?.entity ?? '') : undefined
    const { faults } = compileForm(fields, form, owner && ruledFields(withFields(owner, publishedFieldsOf(inputs, owner.slug))))
    const ownNames = new Set(own.map(({ name }) => name))
    return [
      ...faults.map(({ path, code, message }) => finding(code, `forms.${slug}.${path}`, message)),
      ...(form.layout ? layoutFindings(form.layout, fields) : []).map(({ path, code, message }) => finding(code, `forms.${slug}.layout.${path}`, message)),
      ...fields.flatMap((field) => [...misplaced(field, form, ownNames.has(field.name)), ...signsNothing(field, form, fields)].map(({ place, message }) => finding('misplaced', `forms.${slug}.rules.${field.name}.${place}`, message))),
    ]
  })
}

/** Fields that are not there or stand twice, sections and parts that cannot be told apart, and parts with nothing in them; paths within the layout. */
export function layoutFindings(layout: FormLayout, fields: readonly FieldDefinition[]): readonly FormFault[] {
  const known = new Map(fields.map((field) => [field.name, field]))
  const placed = new Set<string>()
  const keys = new Set<string>()
  return [...partFindings(layout), ...layout.sections.flatMap(({ key, label, fields: names }, index) => {
    const isTwice = keys.has(key)
    keys.add(key)
    return [
      ...(isTwice ? [{ path: `sections.${index}.key`, code: 'sectionTwice', message: { en: `Two sections have the key "${key}". Give each its own.`, zh: `两个分区的标识均为“${key}”，请使用不同的标识。` } }] : []),
      ...names.flatMap((name, at): FormFault[] => {
        const field = known.get(name)
        const isPlaced = placed.has(name)
        placed.add(name)
        if (!field) return [{ path: `sections.${index}.fields.${at}`, code: 'unknownField', message: { en: `${label.en}: there is no field "${name}" in this form. Take it out.`, zh: `“${label.zh}”：此表单没有字段“${name}”，请移除。` } }]
        return isPlaced ? [{ path: `sections.${index}.fields.${at}`, code: 'placedTwice', message: { en: `${field.label.en} stands twice. Leave it in one section.`, zh: `“${field.label.zh}”重复出现，请只保留一处。` } }] : []
      }),
    ]
  })]
}

function partFindings({ sections, parts }: FormLayout): FormFault[] {
  const keys = (parts?.list ?? []).map(({ key }) => key)
  const used = new Set(sections.map(({ part }) => part ?? keys[0]))
  return [
    ...(parts?.list ?? []).flatMap(({ key, label }, index): FormFault[] => {
      if (keys.indexOf(key) < index) return [{ path: `parts.list.${index}.key`, code: 'partTwice', message: { en: `Two tabs or steps have the key "${key}". Give each its own.`, zh: `两个页签或步骤的标识均为“${key}”，请使用不同的标识。` } }]
      return used.has(key) ? [] : [{ path: `parts.list.${index}`, code: 'partEmpty', message: { en: `"${label.en}" has no section. Put one into it, or remove it.`, zh: `“${label.zh}”中没有分区，请放入分区或将其删除。` } }]
    }),
    ...sections.flatMap(({ part, label }, index): FormFault[] => (part === undefined || keys.includes(part) ? [] : [
      { path: `sections.${index}.part`, code: 'unknownPart', message: { en: `${label.en}: there is no tab or step "${part}". Choose one that is there.`, zh: `“${label.zh}”：不存在页签或步骤“${part}”，请选择已有的。` } },
    ])),
  ]
}

type Misplaced = { readonly place: keyof FieldRules; readonly message: Text }

/** Rules that this field cannot have. What is shipped keeps its meaning: a firm may ask for more of it, not give it values. */
function misplaced(field: FieldDefinition, { rules }: FormDefinition, isOwn: boolean): readonly Misplaced[] {
  const own = Object.hasOwn(rules, field.name) ? rules[field.name] : undefined
  if (!own) return []
  const { label } = field
  const found: Misplaced[] = []
  if (isSectionText(field)) {
    const others = (Object.keys(own) as (keyof FieldRules)[]).filter((place) => place !== 'visible')
    return others.map((place) => ({ place, message: { en: `${label.en} is a text of the form: it is shown or not, and has no other rule.`, zh: `“${label.zh}”为说明文字，只能设置显示条件。` } }))
  }
  if (!isOwn) {
    for (const place of ['computed', 'default'] as const) {
      if (own[place] !== undefined) found.push({ place, message: { en: `${label.en} is shipped: its value is not given by a rule. Add a field of your own for it.`, zh: `“${label.zh}”为预置字段，不能由规则赋值，请另建自有字段。` } })
    }
    if (own.whenHidden === 'clear') found.push({ place: 'whenHidden', message: { en: `${label.en} is shipped: hidden, it keeps its value. Choose another meaning.`, zh: `“${label.zh}”为预置字段，隐藏时须保留原值，请选择其他方式。` } })
  }
  if (own.visible !== undefined && field.required && !field.filledFrom && !field.givenWhenEmpty) found.push({ place: 'visible', message: { en: `${label.en} is always required, so it cannot be hidden.`, zh: `“${label.zh}”为必填字段，不能隐藏。` } })
  if (field.lookup) {
    for (const place of ['computed', 'default', 'whenHidden'] as const) {
      if (own[place] !== undefined && own[place] !== 'keep') found.push({ place, message: { en: `${label.en} is taken over from another record, not given by a rule.`, zh: `“${label.zh}”取自关联记录，不能由规则赋值。` } })
    }
  }
  if (field.type === 'sequence') {
    for (const place of ['computed', 'default'] as const) {
      if (own[place] !== undefined) found.push({ place, message: { en: `${label.en} gets its number from its series, not from a rule.`, zh: `“${label.zh}”由编号序列赋值，不能使用规则。` } })
    }
  }
  if (isFileField(field)) {
    for (const place of ['computed', 'default'] as const) {
      if (own[place] !== undefined) found.push({ place, message: { en: `${label.en} is a file, which a person uploads and no rule gives.`, zh: `“${label.zh}”为文件字段，须由人上传，不能由规则赋值。` } })
    }
  }
  if (field.type === 'richText') {
    for (const place of ['computed', 'default'] as const) {
      if (own[place] !== undefined) found.push({ place, message: { en: `${label.en} is a text with headings and lists, which a person writes and no rule.`, zh: `“${label.zh}”为富文本，须由人填写，不能由规则赋值。` } })
    }
  }
  if (field.type === 'signature') {
    for (const place of ['computed', 'default'] as const) {
      if (own[place] !== undefined) found.push({ place, message: { en: `${label.en} is a signature, which a person gives and no rule.`, zh: `“${label.zh}”为签名字段，须由人签署，不能由规则赋值。` } })
    }
  }
  if (field.signedIn !== undefined && own.computed !== undefined) found.push({ place: 'computed', message: { en: `${label.en} is computed, so nobody signs it. Take the signature off it, or the formula.`, zh: `“${label.zh}”为计算字段，无需签名，请去掉签名要求或公式。` } })
  if (field.signedIn !== undefined && own.default !== undefined) found.push({ place: 'default', message: { en: `${label.en} is signed by whoever fills it in, so no rule gives it. Take the signature off it, or the default.`, zh: `“${label.zh}”须由填写人签名，不能由规则给出默认值，请去掉签名要求或默认值。` } })
  if (field.type === 'table') {
    for (const place of ['computed', 'default', 'options'] as const) {
      if (own[place] !== undefined) found.push({ place, message: { en: `${label.en} is a table: its columns are computed and chosen, not the table itself.`, zh: `“${label.zh}”为表格，请在列上设置计算与选项规则。` } })
    }
  }
  if (field.readOnly) {
    for (const place of ['required', 'readOnly', 'options'] as const) {
      if (own[place]) found.push({ place, message: { en: `${label.en} is kept by the platform: nobody enters it.`, zh: `“${label.zh}”由系统维护，无需录入。` } })
    }
  }
  if (own.options && field.type !== 'select' && field.type !== 'table') found.push({ place: 'options', message: { en: `${label.en} is no choice, so it has no options.`, zh: `“${label.zh}”不是选项字段，没有选项。` } })
  if (kindOf(field) === undefined) found.push({ place: 'visible', message: { en: `${label.en} holds machine data, which rules do not see.`, zh: `“${label.zh}”为系统数据，不支持规则。` } })
  if (own.computed !== undefined && (own.required ?? own.readOnly ?? own.default ?? own.options) !== undefined) found.push({ place: 'computed', message: { en: `${label.en} is computed: it cannot be required, read-only, given or chosen as well.`, zh: `“${label.zh}”为计算字段，不能再设置必填、只读、默认值或选项规则。` } })
  return found
}

/** What is to be signed in a field that is never shown or never given could be entered by nobody. */
function signsNothing({ name, label }: FieldDefinition, { rules }: FormDefinition, fields: readonly FieldDefinition[]): readonly Misplaced[] {
  const signed = fields.find(({ signedIn, retired }) => signedIn === name && !retired)
  const own = Object.hasOwn(rules, name) ? rules[name] : undefined
  if (!signed || !own) return []
  const message: Text = { en: `${signed.label.en} is signed in ${label.en}, which nobody could ever give: nobody could fill it in. Remove this rule, or the signature.`, zh: `“${signed.label.zh}”须在“${label.zh}”中签名，而此规则使任何人都无法签名，因此无法填写。请删除此规则或签名要求。` }
  return [
    ...(own.visible?.trim() === 'false' ? [{ place: 'visible' as const, message }] : []),
    ...(own.readOnly?.when.trim() === 'true' ? [{ place: 'readOnly' as const, message }] : []),
  ]
}

const finding = (code: string, path: string, message: Text): Finding => ({ code, path, severity: 'error', message })
