import type { ServerResponse } from 'node:http'
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

export function refuse(response: ServerResponse, { status, code, message, retryAfter, close }: Refusal): void {
  if (response.headersSent || response.destroyed) return
  response.writeHead(status, {
    ...headersOfData, 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store',
    ...(retryAfter !== undefined && { 'Retry-After': String(Math.max(1, Math.ceil(retryAfter))) }),
    ...(close && { Connection: 'close' }),
  })
  response.end(JSON.stringify({ errors: [{ name: code, message: `${message.en} ${message.zh}`, data: { code, status, message } }] }))
}

/** The same where there is only a connection, as for other protocols and for what is not HTTP. */
export function refuseRaw(socket: Duplex, status: string): void {
  if (!socket.writable) return
  const headers = Object.entries({ ...headersOfData, 'Retry-After': '2', Connection: 'close' }).map(([name, value]) => `${name}: ${value}`)
  socket.end([`HTTP/1.1 ${status}`, ...headers, '', ''].join('\r\n'))
}

export const tooLarge = (bytes: number): Refusal => ({
  status: 413, code: 'bodyTooLarge',
  message: {
    en: `The request is larger than ${megabytes(bytes)} MB (BODY_LIMIT_MB). Send less at once, or upload a file in parts.`,
    zh: `请求超过 ${megabytes(bytes)} MB（BODY_LIMIT_MB）。请分批发送，或分块上传文件。`,
  },
})

export const tooManyRequests = (whose: 'account' | 'address', perMinute: number, retryAfter: number): Refusal => ({
  status: 429, code: 'tooManyRequests', retryAfter,
  message: whose === 'account'
    ? { en: `This account has sent more than ${perMinute} requests a minute (RATE_LIMIT_ACCOUNT). Wait a moment, or send fewer.`, zh: `该账号每分钟请求超过 ${perMinute} 次（RATE_LIMIT_ACCOUNT），请稍候或降低频率。` }
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
