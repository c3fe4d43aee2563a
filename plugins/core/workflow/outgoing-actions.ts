import { toStored } from '../../../config/expression/rule-values.ts'
import type { EntityDefinition } from '../../../config/language/entity.ts'
import { boolean, json, required, text } from '../../../config/language/fields.ts'
import type { Operand } from '../../../config/language/references.ts'
import type { Text } from '../../../config/language/text.ts'
import { isSpan } from '../../../workflows/engine/delays.ts'
import type { NamedEntity, ParamFault, ParamQuestion } from '../../../workflows/engine/registry.ts'
import { calendarFor } from '../calendars/load-calendar.ts'
import { newId, type CommandContext } from '../commands/context.ts'
import { appendEvent } from '../commands/record.ts'
import { sendEmail } from '../email/send-email.ts'
import { addSpan } from '../engine/working-time.ts'
import { allFields } from '../entities/system-fields.ts'
import { notify } from '../notifications/notify.ts'
import type { ActionHandler, Step } from '../platform/plugin.ts'
import { evaluateFor, expressionOf } from './document-expression.ts'
import { filledText, textFieldsOf } from './filled-text.ts'
import { webhookItem } from '../webhooks/tell-webhooks.ts'
import { eventParam } from './general-params.ts'
import { valueOf } from './operands.ts'
import { stateOf } from './pinned.ts'
import { problemAt, textFaults } from './rule-guards.ts'
import { cancelTimer, timerHandler } from './timers.ts'

/** A value of a new document: an operand, or an expression about the document that makes it. */
type MadeValue = Operand | { readonly expression: string }

const isExpression = (value: MadeValue): value is { readonly expression: string } => typeof value === 'object' && value !== null && 'expression' in value

const peopleParams = [
  text('roles', { en: 'Roles', zh: '角色' }, { many: true }),
  text('fields', { en: 'People named in', zh: '由字段指定的人' }, { many: true }),
] as const
const textParam = json('text', { en: 'Text', zh: '内容' }, { ...required, help: { en: 'In both languages, with fields of the document in braces: {"en": "{number} waits", "zh": "…"}.', zh: '中英文，可用花括号引用单据字段：{"en": "…", "zh": "{number} 待处理"}。' } })

/** Actions that reach beyond their document: new documents, people, timers. They run once the document stands in its new state. */
export const outgoingActions: readonly ActionHandler[] = [
  {
    type: 'core.createDocument', label: { en: 'Create a document', zh: '创建单据' }, when: 'after',
    params: [
      text('entity', { en: 'Entity', zh: '实体' }, required),
      json('values', { en: 'Values', zh: '字段取值' }, { ...required, help: { en: 'Field → value: {"customer": {"field": "customer"}, "total": {"expression": "grandTotal * 2"}}.', zh: '字段 → 取值，例如 {"customer": {"field": "customer"}, "total": {"expression": "grandTotal * 2"}}。' } }),
    ],
    names: { entity: 'entity' }, faults: createFaults,
    async run(context, step) {
      const target = context.entity(String(step.params.entity))
      const values: Record<string, unknown> = {}
      for (const [name, value] of Object.entries(step.params.values as unknown as Record<string, MadeValue>)) values[name] = await madeValue(context, step, { target, name, value })
      await context.create(target.slug, { values, sources: [{ entity: step.entity, id: step.document.id }] })
    },
  },
  {
    type: 'core.notify', label: { en: 'Notify people', zh: '通知人员' }, when: 'after', params: [...peopleParams, textParam], names: { roles: 'role', fields: 'person' },
    faults: ({ params, entity }) => [...textFaults('text', params.text), ...placeholderFaults('text', params.text, entity), ...nobody(params)],
    async run(context, { entity, document, params }) {
      const { roles = [], fields = [], text: template } = params as unknown as { roles?: readonly string[]; fields?: readonly string[]; text: Text }
      const users = fields.flatMap((name) => [document[name]].flat()).filter((id): id is string => typeof id === 'string')
      await notify(context, { to: { users, roles }, text: await filledText(context, context.entity(entity), document, template), entity, id: document.id })
    },
  },
  {
    type: 'core.email', label: { en: 'Send an email', zh: '发送邮件' }, when: 'after',
    params: [
      text('field', { en: 'To the address in', zh: '收件邮箱字段' }), text('to', { en: 'To', zh: '收件人' }, { maxLength: 200 }),
      json('subject', { en: 'Subject', zh: '主题' }, required), textParam, boolean('inChinese', { en: 'In Chinese', zh: '使用中文' }),
    ],
    names: { field: 'email' },
    faults: ({ params, entity }) => [
      ...textFaults('subject', params.subject), ...textFaults('text', params.text), ...placeholderFaults('subject', params.subject, entity), ...placeholderFaults('text', params.text, entity),
      ...((params.field === undefined) === (params.to === undefined) ? [{ param: 'to', message: { en: 'Give either a field or an address.', zh: '请填写邮箱字段或收件人其中一项。' } }] : []),
      ...(typeof params.to === 'string' && !isAddress(params.to) ? [{ param: 'to', message: { en: 'This is no email address.', zh: '邮箱地址无效。' } }] : []),
    ],
    async run(context, { entity: slug, document, params }) {
      const { field, to = field === undefined ? undefined : document[field], subject, text: body, inChinese } = params as unknown as { field?: string; to?: unknown; subject: Text; text: Text; inChinese?: boolean }
      // Who has no address is not written to.
      if (typeof to !== 'string' || !isAddress(to)) return
      const entity = context.entity(slug)
      const language = inChinese ? 'zh' : 'en'
      const [head, content] = [await filledText(context, entity, document, subject), await filledText(context, entity, document, body)]
      await sendEmail(context, { to, subject: head[language], text: content[language], entity: slug, id: document.id })
    },
  },
  {
    type: 'core.webhook', label: { en: 'Tell a webhook', zh: '调用 Webhook' }, when: 'after',
    params: [text('webhook', { en: 'Code of the webhook', zh: 'Webhook 编码' }, { ...required, maxLength: 64 })],
    async run(context, { entity, document, event, params }) {
      const webhook = await context.store.findOne('webhooks', { code: { equals: String(params.webhook) } })
      // One that is not there, or not in use, is told of nothing, as by events.
      if (!webhook?.active) return
      const id = await appendEvent(context, { type: `${entity}.told`, entity, document, data: { event, webhook: webhook.code } })
      await context.store.insertMany('work-items', [webhookItem(context, webhook.id, { id, type: `${entity}.told`, entity, documentId: document.id, documentVersion: Number(document.version) })])
    },
  },
  {
    type: 'core.startTimer', label: { en: 'Start a timer', zh: '启动定时' }, when: 'after',
    params: [
      text('name', { en: 'Name', zh: '名称' }, { ...required, maxLength: 60 }), text('within', { en: 'After', zh: '时长' }, { ...required, help: { en: 'ISO 8601 of days, hours and minutes, like P2D or PT4H.', zh: 'ISO 8601 的天、小时、分钟，例如 P2D、PT4H。' } }),
      text('calendar', { en: 'Working calendar', zh: '工作日历' }), eventParam,
    ],
    names: { event: 'event', calendar: 'calendar' },
    faults: ({ params }) => (isSpan(String(params.within)) ? [] : [{ param: 'within', message: { en: 'Write days, hours and minutes as ISO 8601, for example P2D or PT4H.', zh: '请按 ISO 8601 填写天、小时、分钟，例如 P2D、PT4H。' } }]),
    async run(context, { entity, document, params }) {
      const { name, within, calendar, event } = params as unknown as { name: string; within: string; calendar?: string; event: string }
      const key = namedTimer(name)
      await cancelTimer(context, document.id, key)
      const found = await calendarFor(context, calendar, document.company as string | null)
      await context.store.insert('work-items', {
        id: newId(), key: `${document.id}:${key}:${newId()}`, kind: 'timer', handler: timerHandler, entity, documentId: document.id, documentVersion: Number(document.version),
        dueAt: addSpan(found?.calendar, context.now, within), attempts: 0, status: 'pending', data: { key, event, optional: true },
      })
    },
  },
  {
    type: 'core.stopTimer', label: { en: 'Stop a timer', zh: '停止定时' }, when: 'after', params: [text('name', { en: 'Name', zh: '名称' }, { ...required, maxLength: 60 })],
    run: (context, { document, params }) => cancelTimer(context, document.id, namedTimer(String(params.name))),
  },
  {
    type: 'core.operate', label: { en: 'Run an operation', zh: '执行操作' }, when: 'after',
    params: [text('entity', { en: 'Entity', zh: '实体' }, required), text('operation', { en: 'Operation', zh: '操作' }, required), json('input', { en: 'Input', zh: '输入' })],
    names: { entity: 'entity' }, faults: operateFaults,
    async run(context, step) {
      const { entity, operation: name, input = {} } = step.params as unknown as { entity: string; operation: string; input?: Record<string, Operand> }
      const operation = context.platform.operations.find((one) => one.entity === entity && one.name === name)
      if (!operation) throw new Error(`${entity} have no operation "${name}".`)
      await operation.run(context, Object.fromEntries(Object.entries(input).map(([field, value]) => [field, valueOf(value, { document: step.document, input: step.input, reason: step.reason })])))
    },
  },
]

/** No state is called like it: a timer that is started by name belongs to none, and goes on when states are left. */
const namedTimer = (name: string) => `timer ${name}`
const isAddress = (text: string) => /^[^\s@<>,;"]+@[^\s@<>,;"]+$/.test(text)

async function madeValue(context: CommandContext, step: Step, { target, name, value }: { readonly target: EntityDefinition; readonly name: string; readonly value: MadeValue }): Promise<unknown> {
  const { document, input, reason } = step
  const company = await context.company(document.company as string | null)
  const today = await context.today()
  if (!isExpression(value)) return valueOf(value, { document, input, company, today, reason })
  const field = allFields(target).find((one) => one.name === name)
  const exponent = await context.exponent()
  const made = evaluateFor(allFields(context.entity(step.entity)), value.expression, document, { exponent, today, timeZone: company.timeZone, state: stateOf(document) ?? '', roles: context.actor.roles })
  return field && made !== undefined ? toStored(field, made, exponent) : null
}

function createFaults({ params, entity, entities }: ParamQuestion): ParamFault[] {
  const target = entities.get(String(params.entity))
  const fault = (en: string, zh: string, param = 'values'): ParamFault => ({ param, message: { en, zh } })
  if (!target) return []
  if (target.kind !== 'document' && target.kind !== 'master') return [fault(`${target.labels.en} are not made by themselves. Name a document or a master.`, `${target.labels.zh}不能单独创建，请选择单据或基础资料。`, 'entity')]
  const { values } = params
  if (typeof values !== 'object' || values === null || Array.isArray(values)) return [fault('Give an object of fields and their values.', '请填写字段与取值的对象。')]
  return Object.entries(values).flatMap(([name, value]) => {
    if (!target.fields.some((field) => field.name === name)) return [fault(`${target.labels.en} have no field “${name}”.`, `${target.labels.zh}没有字段“${name}”。`)]
    const made = value as MadeValue
    if (isExpression(made)) {
      const checked = expressionOf(entity.fields, String(made.expression))
      return 'problem' in checked ? problemAt('values', checked.problem) : []
    }
    return unknownField(made, entity, 'values')
  })
}

function operateFaults({ params, entity, entities, operations }: ParamQuestion): ParamFault[] {
  const target = entities.get(String(params.entity))
  if (!target) return []
  const known = operations.filter((one) => one.entity === target.slug)
  const operation = known.find(({ name }) => name === params.operation)
  const fault = (param: string, en: string, zh: string): ParamFault => ({ param, message: { en, zh } })
  const names = known.map(({ name }) => name)
  if (!operation) return [fault('operation', `${target.labels.en} have no operation “${String(params.operation)}”. Known: ${names.join(', ') || 'none'}.`, `${target.labels.zh}没有操作“${String(params.operation)}”。可用：${names.join('、') || '无'}。`)]
  const { input = {} } = params
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return [fault('input', 'Give an object of inputs and their values.', '请填写输入项与取值的对象。')]
  const asked = operation.input ?? []
  return [
    ...asked.filter(({ name, required }) => required && !Object.hasOwn(input, name)).map(({ name, label }) => fault('input', `“${name}” (${label.en}) is missing: the operation asks for it.`, `缺少“${name}”（${label.zh}），该操作要求填写。`)),
    ...Object.keys(input).filter((name) => !asked.some((field) => field.name === name)).map((name) => fault('input', `The operation asks for no “${name}”. Known: ${asked.map((field) => field.name).join(', ') || 'none'}.`, `该操作没有输入项“${name}”。可用：${asked.map((field) => field.name).join('、') || '无'}。`)),
    ...Object.values(input).flatMap((value) => unknownField(value as Operand, entity, 'input')),
  ]
}

function unknownField(value: Operand, { fields, labels }: NamedEntity, param: string): ParamFault[] {
  return typeof value === 'object' && value !== null && 'field' in value && value.field !== 'id' && !fields.some((field) => field.name === value.field)
    ? [{ param, message: { en: `${labels.en} have no field “${value.field}”.`, zh: `${labels.zh}没有字段“${value.field}”。` } }] : []
}

function placeholderFaults(param: string, value: unknown, entity: NamedEntity): ParamFault[] {
  const wrong = textFieldsOf(value).find((name) => !entity.fields.some((field) => field.name === name))
  return wrong === undefined ? [] : [{ param, message: { en: `${entity.labels.en} have no field “${wrong}”. Put the name of a field into the braces.`, zh: `${entity.labels.zh}没有字段“${wrong}”，花括号内请填写字段名。` } }]
}

const nobody = ({ roles, fields }: ParamQuestion['params']): ParamFault[] =>
  [roles, fields].flat().filter(Boolean).length > 0 ? [] : [{ param: 'roles', message: { en: 'Name who is told: roles, or fields that name people.', zh: '请指定通知对象：角色，或指向用户的字段。' } }]
