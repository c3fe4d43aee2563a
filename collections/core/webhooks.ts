import type { EntityDefinition } from '../../config/language/entity.ts'
import { boolean, json, key, longText, option, relation, required, select, text, url } from '../../config/language/fields.ts'

const active = boolean('active', { en: 'In use', zh: '启用' }, { default: true })
/** Other systems that are told what happens here (docs/events.md). */
export const webhooks = {
  slug: 'webhooks', system: 'core', kind: 'master', titleField: 'name',
  label: { en: 'Webhook', zh: 'Webhook' }, labels: { en: 'Webhooks', zh: 'Webhook' },
  help: { en: 'An address that is sent a signed message whenever one of these events happens.', zh: '所选事件发生时，系统向该地址发送带签名的消息。' },
  fields: [
    text('code', { en: 'Code', zh: '编码' }, key),
    text('name', { en: 'Name', zh: '名称' }, required),
    url('url', { en: 'Address', zh: '地址' }, { ...required, maxLength: 2_000 }),
    longText('eventTypes', { en: 'Events', zh: '事件' }, { ...required, help: { en: 'One a line: sales-orders.confirmed, invoices.* or *. Leave it to workflows alone with: none.', zh: '每行一个：sales-orders.confirmed、invoices.* 或 *。仅由流程触发时填写 none。' } }),
    active,
  ],
  listColumns: ['code', 'name', 'url', 'active'], searchFields: ['code', 'name', 'url'], defaultSort: 'code',
} satisfies EntityDefinition

/** Doors at which other systems knock: POST /api/hooks/<code>. */
export const inboundHooks = {
  slug: 'inbound-hooks', system: 'core', kind: 'master', titleField: 'name',
  label: { en: 'Inbound webhook', zh: '入站 Webhook' }, labels: { en: 'Inbound webhooks', zh: '入站 Webhook' },
  help: { en: 'Makes a document, or sends an event, of what another system posts to /api/hooks/<code>, with the rights of an API key.', zh: '其他系统向 /api/hooks/<编码> 提交数据时，以 API 密钥的权限新建单据或触发操作。' },
  fields: [
    text('code', { en: 'Code', zh: '编码' }, { ...key, help: { en: 'The end of its address.', zh: '地址的末段。' } }),
    text('name', { en: 'Name', zh: '名称' }, required),
    relation('apiKey', { en: 'With the rights of', zh: '使用其权限' }, { to: 'api-keys', ...required }),
    select('check', { en: 'Known by', zh: '验证方式' }, {
      required: true, default: 'signature',
      options: [option('signature', { en: 'A signature of what is sent', zh: '内容签名' }), option('secret', { en: 'The secret itself', zh: '直接发送密钥' })],
      help: { en: 'Trellis-Signature or X-Hub-Signature-256; or the secret in Authorization: Bearer.', zh: 'Trellis-Signature 或 X-Hub-Signature-256；或在 Authorization: Bearer 中发送密钥。' },
    }),
    select('does', { en: 'Does', zh: '操作' }, { required: true, default: 'create', options: [option('create', { en: 'Create a document', zh: '新建单据' }), option('send', { en: 'Send an event', zh: '触发操作' })] }),
    text('entity', { en: 'Entity', zh: '实体' }, { ...required, help: { en: 'Its key, like leads.', zh: '实体标识，例如 leads。' } }),
    text('event', { en: 'Event', zh: '操作标识' }),
    text('findBy', { en: 'Found by the field', zh: '查找字段' }, { help: { en: 'Of the document that the event is sent to, like number.', zh: '用于查找目标单据的字段，例如 number。' } }),
    text('findPath', { en: 'Which stands in', zh: '查找值所在路径' }, { help: { en: 'Path in what is sent, like order.number.', zh: '提交数据中的路径，例如 order.number。' } }),
    text('idPath', { en: 'Id of the message', zh: '消息编号路径' }, { help: { en: 'Path of what makes a repeat known, where no Idempotency-Key is sent.', zh: '未发送 Idempotency-Key 时，用于识别重复消息的路径。' } }),
    json('mapping', { en: 'Fields', zh: '字段映射' }, { ...required, help: { en: 'Field → path in what is sent: {"name": "contact.name"}.', zh: '字段 → 提交数据中的路径，例如 {"name": "contact.name"}。' } }),
    active,
  ],
  listColumns: ['code', 'name', 'does', 'entity', 'active'], searchFields: ['code', 'name'], defaultSort: 'code',
} satisfies EntityDefinition

/** What both sides of a webhook know, sealed; the id is the webhook's. Apart from it, so that neither its history nor an export has it. */
export const webhookSecrets = {
  slug: 'webhook-secrets', system: 'core', kind: 'record', titleField: 'id', unlisted: true,
  label: { en: 'Secret of a webhook', zh: 'Webhook 密钥' }, labels: { en: 'Secrets of webhooks', zh: 'Webhook 密钥' },
  fields: [text('sealed', { en: 'Sealed', zh: '密文' }, { ...required, hidden: true })],
  listColumns: ['id'], defaultSort: 'id',
} satisfies EntityDefinition

export const webhookEntities: readonly EntityDefinition[] = [webhooks, inboundHooks, webhookSecrets]
