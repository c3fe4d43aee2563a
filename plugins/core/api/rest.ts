import type { Endpoint, PayloadHandler, PayloadRequest } from 'payload'
import type { EntityDefinition } from '../../../config/language/entity.ts'
import { isFileField } from '../../../config/language/file-value.ts'
import { actorOfRequest } from '../access/collection-hooks.ts'
import { runCommand, type Command, type CommandResult } from '../commands/run-command.ts'
import { fail, failQuestion } from '../errors.ts'
import { exportHandler } from './export.ts'
import { deepestJson, isTooDeep } from './json-depth.ts'
import { printHandler } from '../print/print-endpoint.ts'
import { previewEvent } from '../views/event-preview.ts'
import { fileHandler } from '../uploads/file-endpoint.ts'
import { availableFor } from '../workflow/available.ts'

/**
 * The commands of an entity over REST, in the places of Payload's own writes:
 * POST /, PATCH /:id, DELETE /:id, POST /:id/events/:event, GET /:id/events, POST /operations/:operation;
 * what an event would do, without doing it: POST /:id/events/:event/preview;
 * and what leaves it as a file: GET /export, GET /:id/pdf, GET /:id/files/:field.
 * Header `Idempotency-Key` makes a repeat safe; `Accepted-Warnings` says which warnings (`path:code`) were read; `expectedVersion` refuses to change what one has not seen.
 */
export function entityEndpoints(entity: EntityDefinition): Endpoint[] {
  const route = (method: Endpoint['method'], path: string, handler: PayloadHandler): Endpoint => ({ method, path, handler })
  const id = (req: PayloadRequest) => String(req.routeParams?.id)
  const sending = ({ input, lines, newLines, expectedVersion, reason }: Body, req: PayloadRequest): Command & { action: 'send' } => ({
    action: 'send', entity: entity.slug, id: id(req), event: String(req.routeParams?.event), input, lines, newLines, ...meta({ expectedVersion, reason }),
  })
  const files = [
    route('get', '/export', exportHandler(entity)),
    ...(entity.fields.some(isFileField) ? [route('get', '/:id/files/:field', fileHandler(entity))] : []),
    ...(entity.kind === 'document' ? [route('get', '/:id/pdf', printHandler(entity))] : []),
  ]
  // Payload's own doors past the commands: closed, with the sentence, before they ask for tables that are not there.
  const closed = ([['get', '/versions'], ['get', '/versions/:id'], ['post', '/versions/:id'], ['post', '/:id/duplicate'], ['patch', '/'], ['delete', '/']] as const)
    .map(([method, path]) => route(method, path, async (req) => {
      await actorOfRequest(req)
      fail('commandsOnly', { entity: entity.labels })
    }))
  if (entity.kind !== 'master' && entity.kind !== 'document') return [...files, ...closed]
  return [
    ...files, ...closed,
    route('post', '/', command(({ lines, ...data }) => ({ action: 'create', entity: entity.slug, data, lines }), 201)),
    route('patch', '/:id', command(({ lines, expectedVersion, reason, ...data }, req) => ({ action: 'edit', entity: entity.slug, id: id(req), data, lines, ...meta({ expectedVersion, reason }) }))),
    route('delete', '/:id', command(({ expectedVersion, reason }, req) => ({ action: 'discard', entity: entity.slug, id: id(req), ...meta({ expectedVersion, reason }) }))),
    route('get', '/:id/events', async (req) => {
      const events = await availableFor(req.payload, await actorOfRequest(req), entity.slug, [id(req)])
      return Response.json(events.get(id(req)) ?? fail('notFound', { entity: entity.label, id: id(req) }))
    }),
    route('post', '/:id/events/:event', command(sending)),
    route('post', '/:id/events/:event/preview', async (req) => Response.json(await previewEvent(req, sending(await bodyOf(req), req)))),
    route('post', '/operations/:operation', command(({ input }, req) => ({ action: 'operate', entity: entity.slug, operation: String(req.routeParams?.operation), input }))),
  ]
}

type Body = Record<string, unknown>

function command(toCommand: (body: Body, req: PayloadRequest) => Command, status = 200): PayloadHandler {
  return async (req) => {
    const actor = await actorOfRequest(req)
    const key = req.headers.get('idempotency-key')
    const result: CommandResult = await runCommand(req.payload, actor, toCommand(await bodyOf(req), req), { accepted: acceptedBy(req), ...(key ? { idempotencyKey: key } : {}) })
    return Response.json(result, { status })
  }
}

/** The request's JSON object; an empty body is an empty object. `longest`: in characters, of what anyone may send. */
export async function bodyOf(req: PayloadRequest, longest = Number.POSITIVE_INFINITY): Promise<Body> {
  return objectOf(await readBody(req, longest))
}

/** As it came over the wire. */
export async function readBody(req: PayloadRequest, longest: number): Promise<string> {
  const text = (await req.text?.()) ?? ''
  if (longest !== Number.POSITIVE_INFINITY && Buffer.byteLength(text) > longest) fail('pageTooLarge', { limit: longest / 1024 })
  return text
}

export function objectOf(text: string): Body {
  if (!text) return {}
  if (isTooDeep(text)) fail('tooDeep', { limit: deepestJson })
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    failQuestion('', { en: 'The body is not valid JSON. Send an object like {"note": "…"}.', zh: '请求体不是有效的 JSON，请发送形如 {"note": "…"} 的对象。' })
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) failQuestion('', { en: 'The body must be a JSON object like {"note": "…"}.', zh: '请求体必须是 JSON 对象，例如 {"note": "…"}。' })
  return body as Body
}

/** What header `Accepted-Warnings` names: keys of warnings (`path:code`), with commas between them. */
export const acceptedBy = ({ headers }: Pick<PayloadRequest, 'headers'>): readonly string[] =>
  (headers.get('accepted-warnings') ?? '').split(',').map((key) => key.trim()).filter((key) => key !== '')

/** `expectedVersion` and `reason`, of the right types. */
export function meta({ expectedVersion, reason }: { expectedVersion?: unknown; reason?: unknown }): { expectedVersion?: number; reason?: string } {
  if (expectedVersion !== undefined && expectedVersion !== null && !Number.isSafeInteger(expectedVersion)) {
    failQuestion('expectedVersion', { en: 'expectedVersion must be a whole number: the version that you saw, like 3.', zh: 'expectedVersion 必须是整数，即您看到的版本号，例如 3。' })
  }
  if (reason !== undefined && reason !== null && typeof reason !== 'string') failQuestion('reason', { en: 'reason must be a text, like "Customer cancelled".', zh: 'reason 必须是文本，例如“客户取消”。' })
  return {
    ...(typeof expectedVersion === 'number' ? { expectedVersion } : {}),
    ...(typeof reason === 'string' ? { reason } : {}),
  }
}
