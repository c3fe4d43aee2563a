import { maxHeaderSize, STATUS_CODES, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Text } from '../../config/language/text.ts'
import { headersOfData } from '../server/security-headers.ts'

/** What the front itself answers instead of the application; the same shape as the application's own errors. */
export type Refusal = {
  readonly status: number
  readonly code: string
  readonly message: Text
  /** Seconds after which it is worth trying again. */
  readonly retryAfter?: number
  /** The rest of the request is not read: the connection cannot be used again. */
  readonly close?: boolean
}

export function refuse(response: ServerResponse, refusal: Refusal): void {
  if (response.headersSent || response.destroyed) return
  response.writeHead(refusal.status, headersOf(refusal))
  response.end(bodyOf(refusal))
}

/** The same where there is only a connection, as for other protocols and for what is not HTTP. */
export function refuseRaw(socket: Duplex, refusal: Refusal): void {
  if (!socket.writable) return
  const body = bodyOf(refusal)
  const headers = Object.entries({ ...headersOf({ ...refusal, close: true }), 'Content-Length': Buffer.byteLength(body) }).map(([name, value]) => `${name}: ${value}`)
  socket.end([`HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status] ?? ''}`, ...headers, '', body].join('\r\n'))
}

const headersOf = ({ retryAfter, close }: Refusal): Readonly<Record<string, string>> => ({
  ...headersOfData, 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store',
  ...(retryAfter !== undefined && { 'Retry-After': String(Math.max(1, Math.ceil(retryAfter))) }),
  ...(close && { Connection: 'close' }),
})

const bodyOf = ({ status, code, message }: Refusal) => JSON.stringify({ errors: [{ name: code, message: `${message.en} ${message.zh}`, data: { code, status, message } }] })

/** Why Node could not read a request, by the code of its error. */
export function unreadable(code: string | undefined): Refusal {
  if (code === 'HPE_HEADER_OVERFLOW') return headersTooLarge
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? requestTimeout : malformed(code ?? 'unknown')
}

const headersTooLarge: Refusal = {
  status: 431, code: 'headersTooLarge',
  message: {
    en: `The address and headers of the request are larger than ${maxHeaderSize} bytes together. Shorten the filter in the address, or send fewer or shorter headers and cookies.`,
    zh: `请求的地址与标头合计超过 ${maxHeaderSize} 字节。请精简地址中的筛选条件，或减少标头和 Cookie。`,
  },
}

const requestTimeout: Refusal = {
  status: 408, code: 'requestTimeout',
  message: {
    en: 'The request did not arrive completely in time. Send it again; if the connection is slow, send less at once or upload the file in parts.',
    zh: '请求未能及时完整送达。请重新发送；如网络较慢，请分批发送，或分块上传文件。',
  },
}

const malformed = (code: string): Refusal => ({
  status: 400, code: 'malformedRequest',
  message: {
    en: `The request could not be read (${code}): it is not valid HTTP/1.1. Check the program that sends it.`,
    zh: `无法读取该请求（${code}）：不符合 HTTP/1.1 格式。请检查发送请求的程序。`,
  },
})

export const tooLarge = (bytes: number): Refusal => ({
  status: 413, code: 'bodyTooLarge',
  message: {
    en: `The request is larger than ${megabytes(bytes)} MB (BODY_LIMIT_MB). Send less at once, or upload a file in parts.`,
    zh: `请求超过 ${megabytes(bytes)} MB（BODY_LIMIT_MB）。请分批发送，或分块上传文件。`,
  },
})

export const tooManyRequests = (whose: 'account' | 'address' | 'visitor', perMinute: number, retryAfter: number): Refusal => ({
  status: 429, code: 'tooManyRequests', retryAfter,
  message: whose === 'account'
    ? { en: `This account has sent more than ${perMinute} requests a minute (RATE_LIMIT_ACCOUNT). Wait a moment, or send fewer.`, zh: `该账号每分钟请求超过 ${perMinute} 次（RATE_LIMIT_ACCOUNT），请稍候或降低频率。` }
    : whose === 'visitor'
    ? { en: `More than ${perMinute} forms a minute came from your network. Wait a moment, then send it again.`, zh: `您所在网络每分钟提交超过 ${perMinute} 份表单，请稍候再提交。` }
    : { en: `This address has sent more than ${perMinute} requests a minute (RATE_LIMIT_ADDRESS). Wait a moment, or send fewer.`, zh: `该地址每分钟请求超过 ${perMinute} 次（RATE_LIMIT_ADDRESS），请稍候或降低频率。` },
})

export const waitedTooLong: Refusal = {
  status: 503, code: 'replacing', retryAfter: 2, close: true,
  message: { en: 'The platform is being restarted; nothing was changed. Try again in a few seconds.', zh: '系统正在重启，本次未做任何更改，请几秒后重试。' },
}

export const outcomeUnknown: Refusal = {
  status: 502, code: 'outcomeUnknown', retryAfter: 2, close: true,
  message: {
    en: 'The platform ended while it worked on this, so it may or may not be done. Look, or send it again with the same Idempotency-Key.',
    zh: '处理过程中系统中断，操作可能已完成，也可能未完成。请先查看，或使用相同的 Idempotency-Key 重发。',
  },
}

const megabytes = (bytes: number) => Math.round(bytes / 1_048_576)
