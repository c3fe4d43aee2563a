import { z } from 'zod'
import { formatNames } from 'payload'
import { surroundings } from '../../../config/expression/environment.ts'
import type { EntityDefinition, FieldDefinition } from '../../../config/language/entity.ts'
import { isOutsideFiles, isSectionText } from '../../../config/language/fields.ts'
import type { Finding } from '../../../config/language/refusal.ts'
import type { RevisionInputs } from '../../../config/language/revision.ts'
import type { Text } from '../../../config/language/text.ts'
import { isDecimal } from '../commands/defaults.ts'
import { decodeInput, mostRows } from '../commands/input.ts'
import { allFields } from '../entities/system-fields.ts'
import { isConversion } from '../configuration/conversion/convertible.ts'
import { columnRules, formFindings, formShape } from '../forms/form-findings.ts'
import { pageShape, pageShapeTexts, pageSlug } from '../pages/page-shape.ts'
import { markupFindings } from './markup.ts'
import { ownEntities } from './own-fields.ts'
import { filterFindings } from './filter-findings.ts'
import { lookupFindings } from './lookup-findings.ts'
import { columnLoss, mostColumns, tableFindings } from './table-findings.ts'

/**
 * Everything that is wrong with what shall be published, before a process starts with it. Payload and the databases
 * would take some of it (an unknown type, a name that another column has) and fail later, or silently.
 * `entities`: as they are shipped.
 */
export function revisionFindings(inputs: unknown, entities: readonly EntityDefinition[]): readonly Finding[] {
  const parsed = inputsSchema.safeParse(inputs)
  if (!parsed.success) return parsed.error.issues.map((issue) => malformed(issue))
  const given = parsed.data as RevisionInputs
  const madeWrongly = entityNameFindings(given.entities ?? {})
  if (madeWrongly.length > 0) return madeWrongly
  const known = new Map([...entities, ...ownEntities(given)].map((entity) => [entity.slug, entity]))
  const wrong = Object.entries(given.fields).flatMap(([slug, fields]) => entityFindings(known.get(slug), { slug, fields, known, added: given.fields }))
  // Rules are read with the fields they name: these come first.
  return wrong.length > 0 ? wrong : formFindings(given, known)
}

/** Two of the firm's own entities that cannot stand beside each other. */
function entityNameFindings(entities: NonNullable<RevisionInputs['entities']>): Finding[] {
  const prefixes = new Map<string, string>()
  const names = new Map<string, string>()
  return Object.entries(entities).flatMap(([slug, { prefix, label }]) => {
    const path = `entities.${slug}`
    const name = formatNames(slug).singular
    const [samePrefix, sameName] = [prefixes.get(prefix), names.get(name)]
    prefixes.set(prefix, slug)
    names.set(name, slug)
    return [
      ...(samePrefix ? [finding('prefixTaken', `${path}.prefix`, { en: `The numbers of ${label.en} begin with ${prefix}, as those of another form do. Choose another prefix.`, zh: `“${label.zh}”的编号前缀 ${prefix} 已被其他表单使用，请更换。` })] : []),
      ...(sameName ? [finding('nameTaken', path, { en: `"${slug}" and "${sameName}" would have the same name in the API. Choose another key.`, zh: `“${slug}”与“${sameName}”在 API 中重名，请更换标识。` })] : []),
    ]
  })
}

/** What people have entered stays: a published field is never removed and never changes its type, an entity of the firm is never removed. */
export function lossFindings(given: RevisionInputs, previous: RevisionInputs): readonly Finding[] {
  const removed = Object.entries(previous.entities ?? {}).filter(([slug]) => !given.entities?.[slug]).map(([slug, { labels }]) =>
    finding('entityRemoved', `entities.${slug}`, { en: `${labels.en} were published and may hold records. Take them out of use instead.`, zh: `“${labels.zh}”已发布，可能已有记录，请改为停用。` }))
  return [...removed, ...Object.entries(previous.fields).flatMap(([slug, fields]) => fields.flatMap((old) => {
    const now = given.fields[slug]?.find(({ name }) => name === old.name)
    const path = `fields.${slug}.${old.name}`
    if (!now) return [finding('fieldRemoved', path, { en: `The field "${old.name}" was published and may hold data. Keep it.`, zh: `字段“${old.name}”已发布，可能已有数据，请保留。` })]
    const lost = old.options?.find(({ value }) => !now.options?.some((option) => option.value === value))
    if (lost) return [finding('optionRemoved', `${path}.options`, { en: `The option "${lost.label.en}" of ${now.label.en} was published and may have been chosen. Keep it, or forbid it by a rule on options.`, zh: `“${now.label.zh}”的选项“${lost.label.zh}”已发布，可能已被使用，请保留，或通过选项规则禁用。` })]
    if (Boolean(now.unique) !== Boolean(old.unique)) return [finding('uniqueChanged', `${path}.unique`, { en: `Whether two records may have the same ${now.label.en} was decided when it was published. Publish a new field for it.`, zh: `“${now.label.zh}”的取值是否可重复在发布后不能更改，请另建字段。` })]
    const column = columnLoss(old, now, path)
    if (column.length > 0) return column
    if (now.type === old.type && (now.lookup !== undefined) !== (old.lookup !== undefined)) return [finding('lookupChanged', `${path}.lookup`, { en: `Whether ${now.label.en} is entered or taken over was decided when it was published. Publish a new field for it.`, zh: `“${now.label.zh}”是录入还是引用取值在发布后不能更改，请另建字段。` })]
    if (now.type === old.type && now.to === old.to && Boolean(now.many) === Boolean(old.many)) return []
    return [finding('typeChanged', path, { en: `The field "${old.name}" keeps its type. Publish a new field of the other type.`, zh: `字段“${old.name}”的类型不能更改，请另建新类型的字段。` })]
  }))]
}

const text = z.strictObject({ en: z.string().trim().min(1).max(200), zh: z.string().trim().min(1).max(200) })
const identifier = z.string().regex(/^[a-z][a-zA-Z0-9]{0,49}$/, 'begin with a small letter, then letters and digits, 50 at most')
const types = ['text', 'longText', 'email', 'phone', 'url', 'integer', 'quantity', 'unitPrice', 'money', 'percent', 'rate', 'boolean', 'date', 'time', 'dateTime', 'duration', 'rating', 'select', 'sequence', 'json', 'relation', 'table', 'file', 'image', 'richText', 'signature', 'geolocation', 'sectionText'] as const
const tones = ['neutral', 'waiting', 'good', 'warning', 'bad'] as const
const limit = z.number().min(Number.MIN_SAFE_INTEGER).max(Number.MAX_SAFE_INTEGER)

/** Of a text of the form, in one language. */
const longestContent = 4_000

const ofAny = {
  name: identifier,
  type: z.enum(types, `use one of ${types.join(', ')}`),
  label: text,
  help: text.optional(),
  min: limit.optional(),
  max: limit.optional(),
  maxLength: z.int().min(1).max(100_000).optional(),
  unit: z.string().trim().min(1).max(20).optional(),
  mask: z.string().regex(/^(?=.*[A0*])[\x20-\x7E]{1,60}$/).optional(),
  options: z.array(z.strictObject({ value: identifier, label: text, tone: z.enum(tones).optional() })).min(1).max(200).optional(),
}
const rowCount = z.int().min(1).max(mostRows)
const field = z.strictObject({
  ...ofAny,
  unique: z.boolean().optional(),
  index: z.boolean().optional(),
  advanced: z.boolean().optional(),
  retired: z.boolean().optional(),
  many: z.boolean().optional(),
  default: z.union([z.string().max(500), limit, z.boolean()]).optional(),
  to: z.string().max(60).optional(),
  convertedFrom: z.string().max(60).optional(),
  formerly: z.string().max(60).optional(),
  scan: z.boolean().optional(),
  filter: z.array(z.strictObject({ field: z.string().max(60), equals: z.union([z.string().min(1).max(500), z.boolean()]).optional(), same: z.string().max(60).optional() })).min(1).max(5).optional(),
  quickCreate: z.boolean().optional(),
  lookup: z.strictObject({ through: z.string().max(60), of: z.string().max(60) }).optional(),
  prefix: z.string().regex(/^(?=.{1,6}$)[A-Z]+(?:-[A-Z]+)*$/).optional(),
  columns: z.array(z.strictObject({ ...ofAny, total: z.boolean().optional(), rules: columnRules.optional() })).max(mostColumns).optional(),
  signedIn: z.string().max(60).optional(),
  content: z.strictObject({ en: z.string().trim().min(1).max(longestContent), zh: z.string().trim().min(1).max(longestContent) }).optional(),
  warning: z.boolean().optional(),
  minRows: rowCount.optional(),
  maxRows: rowCount.optional(),
})
/** What every object has, in small letters: looked up by name it is found where nothing was put. */
const inherited = Object.getOwnPropertyNames(Object.prototype).map((name) => name.toLowerCase())
/** What rules know beside the fields, and its values. Words of the language itself (`package`) are written with "_" behind them there, and are names like others. */
const wordsOfRules = [...Object.keys(surroundings), 'true', 'false', 'null', 'in', 'prototype'].map((word) => word.toLowerCase())
const ownEntity = z.strictObject({ label: text, labels: text, help: text.optional(), prefix: z.string().regex(/^[A-Z]{1,6}$/), retired: z.boolean().optional() })
const ownSlug = z.string().regex(/^own-[a-z][a-z0-9]*(-[a-z0-9]+)*$/).max(50)
const inputsSchema = z.strictObject({ entities: z.record(ownSlug, ownEntity).optional(), fields: z.record(z.string().max(60), z.array(field).max(400)), forms: z.record(z.string().max(60), formShape).optional(), pages: z.record(pageSlug, pageShape).optional(), workflows: z.record(z.string().max(60), z.record(z.string().max(60), z.json())).optional() })

/** What a firm may add fields to: what people fill in, but not what says who may do what. */
export const isExtensible = ({ kind, slug }: EntityDefinition): boolean => (kind === 'master' || kind === 'document' || kind === 'line') && slug !== 'roles'

/** Whether a slug can be that of an entity of the firm. */
export const isSoundOwnSlug = (slug: string): boolean => ownSlug.safeParse(slug).success

type Asked = { readonly slug: string; readonly fields: readonly FieldDefinition[]; readonly known: ReadonlyMap<string, EntityDefinition>; readonly added: RevisionInputs['fields'] }

function entityFindings(entity: EntityDefinition | undefined, { slug, fields, known, added }: Asked): Finding[] {
  if (!entity) return [finding('unknownEntity', `fields.${slug}`, { en: `There is no entity "${slug}". Use one of the shipped ones, such as parts.`, zh: `不存在实体“${slug}”，请使用系统自带的实体，如 parts。` })]
  if (!isExtensible(entity)) {
    return [finding('notExtensible', `fields.${slug}`, { en: `${entity.labels.en} are kept by the platform and take no fields. Add the field to the document behind them.`, zh: `${entity.labels.zh}由系统维护，不能添加字段。请在对应单据上添加。` })]
  }
  // Columns are told apart without regard to case on SQLite; the workflow's group takes the names that begin with it.
  const reserved = new Set([...inherited, ...wordsOfRules])
  const taken = new Set(['id', 'createdat', 'updatedat', 'lines', 'hash', 'salt', ...reserved, ...allFields(entity).map(({ name }) => name.toLowerCase())])
  const indexed = fields.filter(({ unique, index, type }) => unique || index || type === 'relation').length
  const tooMany = indexed > mostIndexed ? [finding('tooManyIndexes', `fields.${slug}`, { en: `${indexed} fields of ${entity.labels.en} are references, often searched, or unique; ${mostIndexed} may be. Take that from some of them.`, zh: `${entity.labels.zh}有 ${indexed} 个字段为关联、常用于查询或不可重复，最多允许 ${mostIndexed} 个，请减少。` })] : []
  const [ofAll, addedOfAll] = [fields.map(inUse), Object.fromEntries(Object.entries(added).map(([of, own]) => [of, own.map(inUse)]))]
  return [...tooMany, ...fields.flatMap((one, index) => {
    const path = `fields.${slug}.${index}`
    // What is out of use leans on nothing that works: it stays as it was published, whatever goes out of use beside it.
    const around = one.retired ? { entity, fields: ofAll, known, added: addedOfAll } : { entity, fields, known, added }
    const name = one.name.toLowerCase()
    const isTaken = taken.has(name) || name.startsWith('workflow')
    taken.add(name)
    return [
      ...(isTaken ? [finding('nameTaken', `${path}.name`, { en: `${entity.labels.en} have a field "${one.name}" already, or the name is reserved. Choose another name.`, zh: `${entity.labels.zh}已有字段“${one.name}”，或该名称为系统保留，请更换名称。` })] : []),
      ...shapeFindings(one, path, known),
      ...(entity.kind === 'line' && isSectionText(one) ? [finding('textInLine', `${path}.type`, { en: `${one.label.en}: lines stand in a grid, which has no room for a text. Add it to the document.`, zh: `“${one.label.zh}”：明细行以表格录入，不能放说明文字，请添加到单据上。` })] : []),
      ...(entity.kind === 'line' && (isOutsideFiles(one) || one.type === 'richText') ? [finding('fileInLine', `${path}.type`, { en: `${one.label.en}: a line holds no file, no signature and no text with headings. Add it to the document.`, zh: `“${one.label.zh}”：明细行不能存放文件、签名和富文本，请添加到单据上。` })] : []),
      ...signingFindings(one, { path, ...around }),
      ...conversionFindings(one, path, fields),
      ...filterFindings(one, { path, ...around }),
      ...lookupFindings(one, { path, ...around }),
      ...tableFindings(one, { path, ...around, isReserved: (column) => reserved.has(column.toLowerCase()), shapeOf: (column, at) => shapeFindings(column, at, known) }),
    ]
  })]
}

const inUse = ({ retired: _, ...field }: FieldDefinition): FieldDefinition => field

/** MongoDB keeps 64 indexes a collection; what is shipped has up to 21 and may grow. */
const mostIndexed = 30

function shapeFindings(one: FieldDefinition, path: string, known: Asked['known']): Finding[] {
  const findings: Finding[] = []
  const reserved = one.options?.find(({ value }) => inherited.includes(value.toLowerCase()))
  if (reserved) findings.push(finding('optionReserved', `${path}.options`, { en: `The option value "${reserved.value}" of ${one.label.en} is reserved. Choose another value.`, zh: `“${one.label.zh}”的选项值“${reserved.value}”为系统保留，请更换。` }))
  if (one.type === 'select' && !one.options) findings.push(finding('optionsMissing', `${path}.options`, { en: `${one.label.en} is a choice: give its options.`, zh: `“${one.label.zh}”为选项字段，请提供选项。` }))
  if (one.options && new Set(one.options.map(({ value }) => value.toLowerCase())).size < one.options.length) findings.push(finding('optionTwice', `${path}.options`, { en: `${one.label.en} has an option twice. Give each its own value.`, zh: `“${one.label.zh}”的选项值重复，请使用不同的值。` }))
  const target = one.to === undefined ? undefined : known.get(one.to)
  if (one.type === 'relation' && (!target || target.kind === 'record')) findings.push(finding('targetMissing', `${path}.to`, { en: `${one.label.en} refers to "${one.to ?? ''}", which does not exist. Name a shipped entity in "to".`, zh: `“${one.label.zh}”引用的“${one.to ?? ''}”不存在，请在 to 中填写系统自带的实体。` }))
  if (one.many && one.type !== 'relation' && one.type !== 'select') findings.push(finding('manyOfWhat', `${path}.many`, { en: `Only references and choices hold several values. Remove "many" from ${one.label.en}.`, zh: `只有关联字段和选项字段可存多个值，请去掉“${one.label.zh}”的 many。` }))
  findings.push(...settingFindings(one, path))
  if (one.min !== undefined && one.max !== undefined && one.min > one.max) findings.push(finding('emptyRange', `${path}.min`, { en: `${one.label.en}: the smallest value is above the largest. Exchange them.`, zh: `“${one.label.zh}”的最小值大于最大值，请对调。` }))
  const usual = isDecimal(one) && typeof one.default === 'number' ? String(one.default) : one.default
  const isDefaultWrong = usual !== undefined && decodeInput([one], { [one.name]: usual }, { exponent: 2, label: one.label }).findings.length > 0
  if (isDefaultWrong) findings.push(finding('defaultWrong', `${path}.default`, { en: `The default of ${one.label.en} is not a value of its type. Correct or remove it.`, zh: `“${one.label.zh}”的默认值与类型不符，请更正或去掉。` }))
  return findings
}

/** Whose values a field takes over: another own field of the form, of another type. */
function conversionFindings({ convertedFrom, label, name, type, many, unique }: FieldDefinition, path: string, fields: readonly FieldDefinition[]): Finding[] {
  if (convertedFrom === undefined) return []
  const from = fields.find((field) => field.name === convertedFrom && field.name !== name)
  const isSound = from && isConversion(from, { type, ...(many && { many }) }) && !unique
  return isSound ? [] : [finding('conversionUnsound', `${path}.convertedFrom`, {
    en: `${label.en} cannot take over the values of "${convertedFrom}": name another field of the firm's own, of another type that can be converted; and let the values of ${label.en} come more than once.`,
    zh: `“${label.zh}”无法转换字段“${convertedFrom}”的值：请指定另一个类型不同、可转换的自有字段，且“${label.zh}”不能设为唯一。`,
  })]
}

/** What is entered may be asked to be signed, in a field of the same form. */
function signingFindings(one: FieldDefinition, { path, entity, fields }: Pick<Asked, 'fields'> & { readonly path: string; readonly entity: EntityDefinition }): Finding[] {
  const { label, signedIn } = one
  if (signedIn === undefined) return []
  const isEntered = !one.lookup && one.type !== 'sequence' && one.type !== 'signature' && !isSectionText(one) && entity.kind !== 'line'
  const where = fields.find(({ name, type, retired }) => name === signedIn && type === 'signature' && !retired)
  return [
    ...(isEntered ? [] : [finding('notOfType', `${path}.signedIn`, { en: `${label.en} is not entered here by people, so nobody signs it. Remove "signedIn".`, zh: `“${label.zh}”不由人在此录入，无需签名，请去掉 signedIn。` })]),
    ...(one.default === undefined ? [] : [finding('signedDefault', `${path}.default`, { en: `${label.en} is signed by whoever fills it in, so it has no default. Remove the default, or the signature.`, zh: `“${label.zh}”须由填写人签名，不能设默认值，请去掉默认值或签名要求。` })]),
    ...(where ? [] : [finding('signedInMissing', `${path}.signedIn`, { en: `${label.en} is to be signed in "${signedIn}", which is no signature of this form. Choose one, or add it.`, zh: `“${label.zh}”须在“${signedIn}”中签名，但它不是此表单的签名字段，请选择或添加。` })]),
  ]
}

/** Settings that this type does not have, and numbers of stars that nobody counts. */
function settingFindings(one: FieldDefinition, path: string): Finding[] {
  const misplaced = Object.entries(typesOfSetting).filter(([name, of]) => one[name as keyof FieldDefinition] !== undefined && !of.includes(one.type)).map(([name, of]) =>
    finding('notOfType', `${path}.${name}`, { en: `"${name}" is no setting of ${one.label.en}. It belongs to: ${of.join(', ')}. Remove it.`, zh: `“${one.label.zh}”没有设置 ${name}，该设置仅适用于：${of.join('、')}，请去掉。` }))
  const stars = one.type === 'rating' && (one.min !== undefined || (one.max !== undefined && !(Number.isInteger(one.max) && one.max >= 2 && one.max <= 10)))
  return [
    ...misplaced,
    ...(bareTypes.has(one.type) ? settingsOfNone.filter((name) => one[name] !== undefined && one[name] !== false).map((name) => finding('notOfType', `${path}.${name}`, { en: `${one.label.en}: "${name}" says nothing about a field of this type. Remove it.`, zh: `“${one.label.zh}”的类型没有设置 ${name}，请去掉。` })) : []),
    ...(isSectionText(one) ? sectionTextFindings(one, path) : []),
    ...(stars ? [finding('stars', `${path}.max`, { en: `${one.label.en} has between 2 and 10 stars, and begins at 1.`, zh: `“${one.label.zh}”的星数须为 2 至 10，从 1 起。` })] : []),
    ...(one.type === 'sequence' && one.prefix === undefined ? [finding('prefixMissing', `${path}.prefix`, { en: `${one.label.en} is numbered: say what its numbers begin with, like INS.`, zh: `“${one.label.zh}”为自动编号，请填写编号前缀，例如 INS。` })] : []),
  ]
}

/** A text of the form says something, plainly, and has nothing of a field. */
function sectionTextFindings(one: FieldDefinition, path: string): Finding[] {
  const { label, content } = one
  return [
    ...(content ? markupFindings(content, `${path}.content`) : [finding('contentMissing', `${path}.content`, { en: `${label.en} is a text of the form: write what it says.`, zh: `“${label.zh}”为说明文字，请填写内容。` })]),
    ...markupFindings(label, `${path}.label`),
    ...([...settingsOfNone, 'help', 'advanced'] as const).filter((name) => one[name] !== undefined && one[name] !== false).map((name) => finding('notOfType', `${path}.${name}`, { en: `${label.en} is a text of the form and holds no value: "${name}" says nothing about it. Remove it.`, zh: `“${label.zh}”为说明文字，不存放数据，设置 ${name} 不适用，请去掉。` })),
  ]
}

/** Types whose values are neither compared nor limited nor given. */
const bareTypes: ReadonlySet<FieldDefinition['type']> = new Set<FieldDefinition['type']>(['file', 'image', 'richText', 'signature', 'geolocation'])
const settingsOfNone = ['unique', 'index', 'default', 'min', 'max', 'maxLength', 'options'] as const
const typesOfSetting = { unit: ['quantity', 'integer'], mask: ['text'], scan: ['text'], prefix: ['sequence'], filter: ['relation'], quickCreate: ['relation'], content: ['sectionText'], warning: ['sectionText'] } as const satisfies Readonly<Record<string, readonly FieldDefinition['type'][]>> as Readonly<Record<string, readonly FieldDefinition['type'][]>>

/** By the end of the path: what a person has left out or typed wrongly in a form. */
const expected: Readonly<Record<string, Text>> = {
  'label.en': { en: 'Give the English label, 200 characters at most.', zh: '请填写英文名称（不超过 200 个字符）。' },
  'label.zh': { en: 'Give the Chinese label, 200 characters at most.', zh: '请填写中文名称（不超过 200 个字符）。' },
  label: { en: 'Give the label in English and in Chinese.', zh: '请填写中英文名称。' },
  'help.en': { en: 'Give the English help text too, or remove the Chinese one; 200 characters at most.', zh: '请同时填写英文说明，或去掉中文说明（不超过 200 个字符）。' },
  'help.zh': { en: 'Give the Chinese help text too, or remove the English one; 200 characters at most.', zh: '请同时填写中文说明，或去掉英文说明（不超过 200 个字符）。' },
  name: { en: 'The key begins with a small letter, then letters and digits, 50 at most.', zh: '标识须以小写字母开头，仅含字母和数字，不超过 50 个字符。' },
  value: { en: 'The key of an option begins with a small letter, then letters and digits, 50 at most.', zh: '选项标识须以小写字母开头，仅含字母和数字，不超过 50 个字符。' },
  type: { en: `Choose a type: one of ${types.join(', ')}.`, zh: `请选择类型：${types.join('、')}之一。` },
  options: { en: 'A choice has between 1 and 200 options.', zh: '选项字段须有 1 至 200 个选项。' },
  columns: { en: `A table has between 1 and ${mostColumns} columns.`, zh: `表格须有 1 至 ${mostColumns} 列。` },
  'message.en': { en: 'Write the message in English too, 500 characters at most.', zh: '请填写英文提示（不超过 500 个字符）。' },
  'message.zh': { en: 'Write the message in Chinese too, 500 characters at most.', zh: '请填写中文提示（不超过 500 个字符）。' },
  message: { en: 'Say in English and in Chinese what is wrong where this does not hold.', zh: '请用中英文填写不满足条件时的提示。' },
  whenHidden: { en: 'Say what becomes of a hidden value: "clear", "keep" or "ignore".', zh: '请选择隐藏时值的处理方式：clear（清除）、keep（保留）或 ignore（忽略录入）。' },
  shownAs: { en: 'Parts are shown as "tabs" or as "steps".', zh: '分页方式为 tabs（标签页）或 steps（步骤）。' },
  minRows: { en: `The fewest rows are a whole number between 1 and ${mostRows}.`, zh: `最少行数须为 1 至 ${mostRows} 的整数。` },
  maxRows: { en: `The most rows are a whole number between 1 and ${mostRows}.`, zh: `最多行数须为 1 至 ${mostRows} 的整数。` },
  prefix: { en: 'The prefix of the numbers has 1 to 6 capital letters, like EQ; that of a numbered field may have hyphens between them, like QC-IN.', zh: '编号前缀须为 1 至 6 个大写字母，例如 EQ；自动编号字段的前缀中间可用连字符，例如 QC-IN。' },
  'labels.en': { en: 'Give the English name of several, 200 characters at most.', zh: '请填写英文复数名称（不超过 200 个字符）。' },
  'labels.zh': { en: 'Give the Chinese name, 200 characters at most.', zh: '请填写中文名称（不超过 200 个字符）。' },
  'content.en': { en: 'Write the text in English, 4000 characters at most.', zh: '请填写英文内容（不超过 4000 个字符）。' },
  'content.zh': { en: 'Write the text in Chinese, 4000 characters at most.', zh: '请填写中文内容（不超过 4000 个字符）。' },
  mask: { en: 'A mask has 1 to 60 plain characters: A for a letter, 0 for a digit, * for either, and at least one of them.', zh: '掩码须为 1 至 60 个普通字符，A 为字母，0 为数字，* 为字母或数字，且至少含其一。' },
  unit: { en: 'A unit has 1 to 20 characters, like kg.', zh: '单位须为 1 至 20 个字符，例如 kg。' },
  maxLength: { en: 'The longest text is a whole number between 1 and 100000.', zh: '最大长度须为 1 至 100000 的整数。' },
  min: { en: 'The smallest value is a number.', zh: '最小值须为数字。' },
  max: { en: 'The largest value is a number.', zh: '最大值须为数字。' },
  ...pageShapeTexts,
}

/** What is called as something of a field is. */
const ofSection: Readonly<Record<string, Text>> = { columns: { en: 'A section has 1 to 4 columns.', zh: '分区须为 1 至 4 栏。' }, label: { en: 'Give the title of the section in English and in Chinese.', zh: '请填写分区的中英文标题。' } }

function malformed({ path, message }: { readonly path: readonly PropertyKey[]; readonly message: string }): Finding {
  const place = path.join('.')
  const known = path.at(-3) === 'sections' ? ofSection[String(path.at(-1))] : expected[path.slice(-2).join('.')] ?? expected[String(path.at(-1))]
  return finding('malformed', place, known ?? { en: `${place || 'The revision'}: ${message}. Correct it and publish again.`, zh: `${place || '发布内容'}：${message}。请更正后重新发布。` })
}

const finding = (code: string, path: string, message: Text): Finding => ({ code, path, severity: 'error', message })
