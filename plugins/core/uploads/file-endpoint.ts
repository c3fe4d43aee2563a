import { openAsBlob } from 'node:fs'
import type { PayloadHandler } from 'payload'
import type { EntityDefinition } from '../../../config/language/entity.ts'
import { isFileField, readFileValue } from '../../../config/language/file-value.ts'
import type { UploadType } from '../../../config/language/upload-types.ts'
import { actorOfRequest } from '../access/collection-hooks.ts'
import { hiddenFields } from '../access/can.ts'
import { fail } from '../errors.ts'
import { surroundingsOf } from '../operations/surroundings.ts'
import { disposition } from '../print/print-endpoint.ts'
import { uploadFiles } from './upload-files.ts'

const contentTypes = {
  csv: 'text/csv', txt: 'text/plain', pdf: 'application/pdf', zip: 'application/zip', png: 'image/png', jpg: 'image/jpeg', jpeg: 'image/jpeg', webp: 'image/webp', gif: 'image/gif',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
} as const satisfies Record<UploadType, string>

/**
 * GET /api/<entity>/:id/files/:field: the file that the field of the record holds now, for whoever may read both; pictures to be shown, all else
 * to be kept. Answers below /api run nothing in a browser (nosniff, and a policy that allows nothing).
 */
export function fileHandler(entity: EntityDefinition): PayloadHandler {
  return async (req) => {
    const actor = await actorOfRequest(req)
    const [id, name] = [String(req.routeParams?.id), String(req.routeParams?.field)]
    const field = entity.fields.find((one) => one.name === name && isFileField(one) && !one.hidden)
    if (!field || hiddenFields(actor, entity).has(name)) fail('notFound', { entity: entity.label, id: `${id}/${name}`.slice(0, 120) })
    const row = await req.payload.findByID({ collection: entity.slug as never, id, depth: 0, req, overrideAccess: false }) as unknown as Readonly<Record<string, unknown>>
    const value = readFileValue(row[name])
    const kept = value && await uploadFiles(surroundingsOf(req.payload).dataDir).kept(value.id)
    if (!value || !kept) fail('notFound', { entity: field.label, id })
    const headers = { 'Cache-Control': 'private, no-cache', ETag: `"${value.id}"` }
    if (req.headers.get('if-none-match') === headers.ETag) return new Response(null, { status: 304, headers })
    const ending = value.name.split('.').at(-1)?.toLowerCase() ?? ''
    const type = Object.hasOwn(contentTypes, ending) ? contentTypes[ending as UploadType] : 'application/octet-stream'
    return new Response(await openAsBlob(kept.file), {
      headers: {
        ...headers, 'Content-Type': type, 'Content-Length': String(kept.bytes), 'X-Content-Type-Options': 'nosniff', 'Content-Security-Policy': "default-src 'none'; sandbox",
        'Content-Disposition': disposition(field.type === 'image' && type.startsWith('image/') ? 'inline' : 'attachment', { name: value.name, plain: value.name }),
      },
    })
  }
}
