import type { Finding } from '../../../config/language/refusal.ts'
import type { Text } from '../../../config/language/text.ts'
import type { InboundHooks, Webhooks } from '../../../config/generated/entities.ts'
import type { CommandContext } from '../commands/context.ts'
import type { Row } from '../data/store.ts'
import { allFields } from '../entities/system-fields.ts'
import { failInput } from '../errors.ts'
import type { Draft, EntityBehaviour } from '../platform/plugin.ts'
import { surroundingsOf } from '../operations/surroundings.ts'
import { typeFindings } from './event-types.ts'
import { isAllowed, isSurelyPrivate } from './safe-post.ts'
import { keepSecret, newSecret } from './sealed-secret.ts'
import { forgetWebhooks } from './tell-webhooks.ts'

export const webhookRules: EntityBehaviour = {
  prepare({ payload, platform }, { document, previous }) {
    const { url, eventTypes } = document as Partial<Webhooks>
    // What has stood there before is left alone: one that became wrong can still be renamed, or taken out of use.
    const findings = [...(url === previous?.url ? [] : urlFindings(url, surroundingsOf(payload).webhookHosts)), ...(eventTypes === previous?.eventTypes ? [] : typeFindings(platform, eventTypes))]
    if (findings.length > 0) failInput(findings)
    return Promise.resolve()
  },
  async stored(context, draft) {
    await beginWithSecret(context, draft)
    forgetWebhooks(context.payload)
  },
  async discarding(context, document) {
    await forgetSecret(context, document)
    forgetWebhooks(context.payload)
  },
}

export const inboundHookRules: EntityBehaviour = {
  prepare(context, { document }) {
    const findings = inboundFindings(context, document as Partial<InboundHooks>)
    if (findings.length > 0) failInput(findings)
    return Promise.resolve()
  },
  stored: beginWithSecret,
  async discarding(context, document) {
    await forgetSecret(context, document)
  },
}

/** Each has a secret from the beginning; one that people know is made by the button. */
async function beginWithSecret({ payload, store }: CommandContext, { document, previous }: Draft): Promise<void> {
  if (!previous) await keepSecret(payload, store, document.id, newSecret())
}

const forgetSecret = ({ store }: CommandContext, { id }: Row) => store.remove('webhook-secrets', { id: { equals: id } })

function urlFindings(url: string | undefined, allowedHosts: readonly string[]): Finding[] {
  if (!url) return []
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (!parsed || (parsed.protocol !== 'https:' && parsed.protocol !== 'http:')) return [finding('url', { en: 'Write an address such as https://example.com/hook.', zh: '请填写地址，例如 https://example.com/hook。' })]
  if (parsed.username || parsed.password) return [finding('url', { en: 'Leave name and password out of the address: who is told knows us by the signature.', zh: '地址中不要包含用户名和密码，对方通过签名验证。' })]
  return !isAllowed(parsed, allowedHosts) && isSurelyPrivate(parsed) ? [finding('url', {
    en: `“${parsed.hostname.slice(0, 60)}” is no address on the internet, and is not reached. Write a public one; for a system of your own network, whoever runs this installation names its host in WEBHOOK_HOSTS.`,
    zh: `“${parsed.hostname.slice(0, 60)}”不是公网地址，系统不会访问。请填写公网地址；如为内网系统，请由系统管理员在 WEBHOOK_HOSTS 中登记该主机。`,
  })] : []
}

function inboundFindings({ platform }: CommandContext, { entity: slug, does, event, findBy, findPath, mapping }: Partial<InboundHooks>): Finding[] {
  if (!slug) return []
  const entity = platform.entities.get(slug)
  if (!entity || (entity.kind !== 'document' && entity.kind !== 'master')) return [finding('entity', { en: `There is no form “${slug.slice(0, 60)}” that can be made or sent events.`, zh: `不存在可新建或触发操作的实体“${slug.slice(0, 60)}”。` })]
  const events = platform.workflows.get(slug)?.definition.events ?? {}
  const known = event && Object.hasOwn(events, event) ? events[event] : undefined
  const asked = does === 'send' ? known?.input ?? [] : allFields(entity).filter(({ readOnly }) => !readOnly)
  const isMap = typeof mapping === 'object' && mapping !== null && !Array.isArray(mapping) && Object.values(mapping).every((path) => typeof path === 'string')
  const unknown = isMap ? Object.keys(mapping as object).find((name) => !asked.some((field) => field.name === name)) : undefined
  return [
    ...(does === 'send' && !known ? [finding('event', { en: `${entity.labels.en} know no event “${(event ?? '').slice(0, 60)}”. Known: ${Object.keys(events).join(', ') || 'none'}.`, zh: `${entity.labels.zh}没有操作“${(event ?? '').slice(0, 60)}”。可用：${Object.keys(events).join('、') || '无'}。` })] : []),
    ...(does === 'send' && !(findBy === 'id' || allFields(entity).some(({ name, type }) => name === findBy && (type === 'text' || type === 'sequence' || type === 'email'))) ? [finding('findBy', { en: 'Name the text field by which the document is found, like number, or id.', zh: '请填写用于查找单据的文本字段，例如 number 或 id。' })] : []),
    ...(does === 'send' && !findPath ? [finding('findPath', { en: 'Say where in the message that value stands, like order.number.', zh: '请填写查找值在消息中的路径，例如 order.number。' })] : []),
    ...(mapping === undefined || mapping === null || isMap ? [] : [finding('mapping', { en: 'Write an object of fields and paths: {"name": "contact.name"}.', zh: '请填写字段与路径的对象，例如 {"name": "contact.name"}。' })]),
    ...(unknown === undefined ? [] : [finding('mapping', { en: `“${unknown.slice(0, 60)}” cannot be filled in here. Known: ${asked.map(({ name }) => name).join(', ') || 'nothing'}.`, zh: `“${unknown.slice(0, 60)}”不能在此填写。可用：${asked.map(({ name }) => name).join('、') || '无'}。` })]),
  ]
}

const finding = (path: string, message: Text): Finding => ({ code: 'invalidWebhook', path, severity: 'error', message })
