import { createWriteStream } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { namedForUpload } from '../../config/language/file-value.ts'
import type { Text } from '../../config/language/text.ts'
import type { UploadType } from '../../config/language/upload-types.ts'
import { uploadFiles, type Upload } from '../../plugins/core/uploads/upload-files.ts'
import { problemOfFile, problemOfName, sniffedBytes } from '../../plugins/core/uploads/upload-types.ts'
import { headersOfData } from '../server/security-headers.ts'
import { refuse, type Refusal } from './answers.ts'

export type Uploads = {
  /** @returns whether the request was one of these. */
  readonly answer: (request: IncomingMessage, response: ServerResponse) => boolean
  readonly close: () => void
}

type Inputs = {
  readonly dataDir: string
  readonly limitBytes: number
  readonly types: readonly UploadType[]
  /** The id of who uploads, or why they may not. */
  readonly identify: (request: IncomingMessage) => Promise<string | Refusal>
  /** Told of what went wrong here. */
  readonly fault: (error: unknown) => void
}

const place = /^\/uploads(?:\/([^/?]*))?$/
export const mostUnfinished = 20
const sweepMilliseconds = 3_600_000
const version = { ...headersOfData, 'Tus-Resumable': '1.0.0', 'Cache-Control': 'no-store' }

/**
 * Uploads in parts that may be resumed, by the protocol tus 1.0.0 (https://tus.io/protocols/resumable-upload, core with creation, expiration and
 * termination), past the application: a replacement or a crash of it does not touch them. A part goes to disk as it comes. What is
 * there is never served again; the application takes it by its id.
 */
export function openUploads({ dataDir, limitBytes, types, identify, fault }: Inputs): Uploads {
  const files = uploadFiles(dataDir)
  const writing = new Set<string>()
  const sweep = () => void files.sweep().catch(() => { /* Tried again in an hour. */ })
  sweep()
  const timer = setInterval(sweep, sweepMilliseconds)
  timer.unref()

  async function work(request: IncomingMessage, response: ServerResponse, id: string | undefined) {
    const { method, headers } = request
    if (method === 'OPTIONS') return void response.writeHead(204, { ...version, 'Tus-Version': '1.0.0', 'Tus-Extension': 'creation,expiration,termination', 'Tus-Max-Size': String(limitBytes) }).end()
    const owner = await identify(request)
    if (typeof owner !== 'string') return refuse(response, { ...owner, close: true })
    if (headers['tus-resumable'] !== '1.0.0') return refuse(response, refusals.protocol)
    if (method === 'POST' && id === undefined) return create(response, { owner, length: headers['upload-length'], name: nameIn(String(headers['upload-metadata'] ?? '')) })
    const upload = await files.find(id ?? '', owner)
    if (!upload) return refuse(response, refusals.notFound)
    switch (method) {
      case 'HEAD': return void response.writeHead(200, { ...version, ...state(upload), 'Upload-Length': String(upload.length) }).end()
      case 'PATCH': return append(request, response, upload)
      case 'DELETE':
        if (writing.has(upload.id)) return refuse(response, refusals.locked)
        await files.remove(upload.id)
        return void response.writeHead(204, version).end()
      default: return refuse(response, refusals.method)
    }
  }

  async function create(response: ServerResponse, { owner, length, name }: { owner: string; length: string | string[] | undefined; name: string }) {
    if (typeof length !== 'string' || !/^\d{1,15}$/.test(length)) return refuse(response, refusals.length)
    if (Number(length) > limitBytes) return refuse(response, tooLargeFile(limitBytes))
    const wrongName = problemOfName(name, types)
    if (wrongName) return refuse(response, refusal(415, 'fileType', wrongName))
    const unfinished = (await files.ofOwner(owner)).filter((upload) => upload.received < upload.length)
    if (unfinished.length >= mostUnfinished) return refuse(response, refusals.tooMany)
    const upload = await files.create({ owner, name, length: Number(length) })
    response.writeHead(201, { ...version, Location: `/uploads/${upload.id}`, ...state(upload) }).end()
  }

  async function append(request: IncomingMessage, response: ServerResponse, upload: Upload) {
    if (request.headers['content-type'] !== 'application/offset+octet-stream') return refuse(response, refusals.contentType)
    if (writing.has(upload.id)) return refuse(response, refusals.locked)
    if (Number(request.headers['upload-offset']) !== upload.received) return refuse(response, refusals.offset)
    const room = upload.length - upload.received
    if (Number(request.headers['content-length'] ?? 0) > room) return refuse(response, refusals.beyond)
    writing.add(upload.id)
    let size = 0
    const counted = new Transform({
      transform(chunk: Buffer, _, done) {
        size += chunk.length
        if (size > room) done(new Beyond())
        else done(null, chunk)
      },
    })
    try {
      await pipeline(request, counted, createWriteStream(upload.file, { flags: 'a' }))
    } catch (error) {
      if (error instanceof Beyond) return refuse(response, refusals.beyond)
      if (isFull(error)) return refuse(response, refusals.full)
      // The sender has gone: what came stays, and it goes on from there.
      return void response.destroy()
    } finally {
      writing.delete(upload.id)
    }
    const now = await files.find(upload.id, upload.owner)
    if (!now) return refuse(response, refusals.notFound)
    const wrongContent = upload.received < sniffedBytes && now.received >= Math.min(now.length, sniffedBytes) ? await problemOfFile(now) : undefined
    if (wrongContent) {
      await files.remove(now.id)
      return refuse(response, refusal(415, 'fileType', wrongContent))
    }
    response.writeHead(204, { ...version, ...state(now) }).end()
  }

  return {
    answer(request, response) {
      const match = place.exec(request.url?.split('?')[0] ?? '')
      if (!match) return false
      work(request, response, match[1]).catch((error: unknown) => {
        if (isFull(error)) return refuse(response, refusals.full)
        fault(error)
        refuse(response, refusals.fault)
      }).finally(() => request.resume())
      return true
    },
    close: () => clearInterval(timer),
  }
}

class Beyond extends Error {}

const isFull = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOSPC'

const state = ({ received, expires }: Upload) => ({ 'Upload-Offset': String(received), 'Upload-Expires': expires.toUTCString() })

/** `filename <base64>`, among other pairs; only a name, never a path. */
function nameIn(metadata: string): string {
  const encoded = metadata.split(',').map((pair) => pair.trim().split(' ')).find(([key]) => key === 'filename')?.[1] ?? ''
  return namedForUpload(Buffer.from(encoded, 'base64').toString())
}

const refusal = (status: number, code: string, message: Text): Refusal => ({ status, code, message, close: true })

const tooLargeFile = (bytes: number) => refusal(413, 'fileTooLarge', {
  en: `The file is larger than ${Math.round(bytes / 1_048_576)} MB (UPLOAD_LIMIT_MB). Split it, or ask the operator to raise the limit.`,
  zh: `文件超过 ${Math.round(bytes / 1_048_576)} MB（UPLOAD_LIMIT_MB）。请拆分文件，或请管理员提高上限。`,
})

const refusals = {
  protocol: refusal(412, 'uploadProtocol', { en: 'Uploads speak tus 1.0.0: send the header Tus-Resumable: 1.0.0.', zh: '上传使用 tus 1.0.0 协议，请发送请求头 Tus-Resumable: 1.0.0。' }),
  length: refusal(400, 'uploadLength', { en: 'Upload-Length must be the size of the file in bytes.', zh: 'Upload-Length 须为文件的字节数。' }),
  tooMany: refusal(429, 'tooManyUploads', { en: `You have ${mostUnfinished} unfinished uploads. Finish or cancel one; they expire after a day.`, zh: `您有 ${mostUnfinished} 个未完成的上传，请先完成或取消；未完成的上传一天后失效。` }),
  notFound: refusal(404, 'uploadNotFound', { en: 'There is no such upload of yours. It may have expired: begin again.', zh: '找不到您的该上传，可能已过期，请重新上传。' }),
  contentType: refusal(415, 'uploadType', { en: 'Parts are sent with Content-Type: application/offset+octet-stream.', zh: '分块须以 Content-Type: application/offset+octet-stream 发送。' }),
  offset: refusal(409, 'uploadOffset', { en: 'Upload-Offset is not where the upload stands. Ask with HEAD and go on from there.', zh: 'Upload-Offset 与已接收的位置不符，请用 HEAD 查询后从该处继续。' }),
  beyond: refusal(413, 'uploadBeyond', { en: 'The part goes beyond the length that was announced. Begin again with the right length.', zh: '分块超出了声明的文件长度，请以正确的长度重新上传。' }),
  locked: refusal(423, 'uploadLocked', { en: 'Another request is writing this upload. Wait until it has ended.', zh: '另一请求正在写入该上传，请等待其结束。' }),
  full: refusal(507, 'diskFull', { en: 'The disk of the platform is full. Ask the operator; what came so far is kept.', zh: '系统磁盘已满，请联系管理员；已上传的部分会保留。' }),
  method: refusal(405, 'uploadMethod', { en: 'Uploads take POST, HEAD, PATCH and DELETE.', zh: '上传支持 POST、HEAD、PATCH 和 DELETE。' }),
  fault: refusal(500, 'fault', { en: 'Something went wrong here. Try again; the log of the platform says more.', zh: '系统出错，请重试；详情见系统日志。' }),
} as const
