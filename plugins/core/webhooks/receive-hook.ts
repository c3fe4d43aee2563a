import type { Endpoint, PayloadRequest } from 'payload'
import type { InboundHooks } from '../../../config/generated/entities.ts'
import { actorOf } from '../access/actor.ts'
import { objectOf, readBody } from '../api/rest.ts'
import { runCommand, type Command } from '../commands/run-command.ts'
import { openStore } from '../data/open-store.ts'
import { fail, failInput, failQuestion } from '../errors.ts'
import { holderOfKey } from '../keys/key-strategy.ts'
import { secretOf } from './sealed-secret.ts'
import { isHubSigned, isSame, isSigned } from './signature.ts'

const mostBytes = 262_144

/**
 * POST /hooks/:code, JSON: makes a document, or sends an event, as the inbound webhook of that code says, with the rights of its API key.
 * A repeat is known by `Idempotency-Key`, or by what the webhook says. Answers `{id, number, state}`.
 */
export const hookEndpoints: Endpoint[] = [
  { method: 'post', path: '/hooks/:code', handler: async (req) => Response.json(await receive(req), { headers: { 'Cache-Control': 'no-store' } }) },
]

async function receive(req: PayloadRequest) {
  const store = openStore(req.payload)
  const code = String(req.routeParams?.code)
  const text = await readBody(req, mostBytes)
  const hook = code.length <= 64 ? await store.findOne('inbound-hooks', { and: [{ code: { equals: code } }, { active: { equals: true } }] }) : undefined
  // Who does not know the secret does not learn which codes there are either.
  const secret = hook && await secretOf(req.payload, hook.id)
  if (!hook || secret === undefined || !isKnown({ check: hook.check, secret }, text, req.headers)) fail('hookUnknown')
  const key = await store.get('api-keys', hook.apiKey)
  const holder = await holderOfKey(store, key)
  if ('refusal' in holder) fail(holder.refusal)
  const body = objectOf(text)
  const command = await commandOf(req, hook, body)
  const idempotencyKey = req.headers.get('idempotency-key') ?? (hook.idPath ? String(scalarAt(body, hook.idPath, 'idPath')) : undefined)
  const { id, number, state } = await runCommand(req.payload, await actorOf(req.payload, holder.user), command, idempotencyKey === undefined ? {} : { idempotencyKey: `hook ${hook.code} ${idempotencyKey}` })
  return { id, number, state }
}

function isKnown({ check, secret }: Pick<InboundHooks, 'check'> & { readonly secret: string }, body: string, headers: Headers): boolean {
  if (check === 'secret') return isSame(`Bearer ${secret}`, headers.get('authorization') ?? '')
  const [own, hub] = [headers.get('trellis-signature'), headers.get('x-hub-signature-256')]
  return own === null ? hub !== null && isHubSigned(secret, body, hub) : isSigned(secret, body, own)
}

async function commandOf(req: PayloadRequest, hook: InboundHooks, body: Record<string, unknown>): Promise<Command> {
  const { entity, does, event, findBy, findPath, mapping } = hook
  const data: Record<string, unknown> = {}
  for (const [field, path] of Object.entries(mapping as Record<string, string>)) {
    const value = valueAt(body, path)
    if (value !== undefined) data[field] = value
  }
  if (does === 'create') return { action: 'create', entity, data }
  const wanted = scalarAt(body, String(findPath), 'findPath')
  const found = await openStore(req.payload).find<string>(entity, { where: { [String(findBy)]: { equals: String(wanted) } }, limit: 2, sort: 'id' })
  const [document] = found
  if (!document) fail('notThere')
  if (found.length > 1) failQuestion(String(findPath), { en: `Several documents have the ${String(findBy)} "${String(wanted).slice(0, 60)}".`, zh: `有多张单据的 ${String(findBy)} 为“${String(wanted).slice(0, 60)}”。` })
  return { action: 'send', entity, id: document.id, event: String(event), input: data }
}

/** Own properties only, along dots; places of lists by number. */
function valueAt(body: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((at, name) => (typeof at === 'object' && at !== null && Object.hasOwn(at, name) ? (at as Record<string, unknown>)[name] : undefined), body)
}

function scalarAt(body: unknown, path: string, what: string): string | number {
  const value = valueAt(body, path)
  if ((typeof value === 'string' && value !== '' && value.length <= 150) || (typeof value === 'number' && Number.isFinite(value))) return value
  return failInput([{ code: 'missing', path, severity: 'error', message: { en: `The message says nothing at "${path.slice(0, 60)}" (${what}), where a text or a number is needed.`, zh: `消息中“${path.slice(0, 60)}”（${what}）处须为文本或数字。` } }])
}
