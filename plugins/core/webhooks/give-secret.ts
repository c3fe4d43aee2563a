import { relation, required, text } from '../../../config/language/fields.ts'
import type { Finding } from '../../../config/language/refusal.ts'
import { failInput } from '../errors.ts'
import type { Operation } from '../platform/plugin.ts'
import { keepSecret, newSecret } from './sealed-secret.ts'

const fewestSecret = 16

/** Makes a secret and tells it to whoever asks, once: it is kept sealed, and no door gives it out again. */
const giveSecret = (entity: 'webhooks' | 'inbound-hooks'): Operation => ({
  name: 'giveSecret', entity, roles: [],
  label: { en: 'New secret', zh: '新建密钥' },
  help: { en: 'Replaces the secret of a webhook at once and shows the new one, this one time. Enter one that the other side has given, or leave it empty.', zh: '立即更换 Webhook 的密钥，新密钥仅显示这一次。可填写对方提供的密钥，留空则由系统生成。' },
  input: [relation('webhook', { en: 'Webhook', zh: 'Webhook' }, { to: entity, ...required }), text('secret', { en: 'Secret of the other side', zh: '对方提供的密钥' }, { maxLength: 200 })],
  check: ({ secret }) => (typeof secret === 'string' && secret !== '' && secret.length < fewestSecret ? [tooShort] : []),
  async run({ payload, store }, input) {
    const webhook = await store.get(entity, String(input.webhook))
    if (!webhook) failInput([{ code: 'notThere', path: 'webhook', severity: 'error', message: { en: 'There is no such webhook. Choose one of the list.', zh: '该 Webhook 不存在，请从列表中选择。' } }])
    const secret = typeof input.secret === 'string' && input.secret !== '' ? input.secret : newSecret()
    await keepSecret(payload, store, webhook.id, secret)
    return { message: { en: `“${webhook.name}” has a new secret. Enter it on the other side now: it is not shown again.`, zh: `“${webhook.name}”已启用新密钥。请立即填写到对方系统，密钥不会再次显示。` }, once: secret }
  },
})

export const secretOperations: readonly Operation[] = [giveSecret('webhooks'), giveSecret('inbound-hooks')]

const tooShort: Finding = { code: 'invalidWebhook', path: 'secret', severity: 'error', message: { en: `A secret has at least ${fewestSecret} characters. Leave it empty to be given one.`, zh: `密钥至少 ${fewestSecret} 个字符；留空可由系统生成。` } }
