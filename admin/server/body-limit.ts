import type { IncomingMessage } from 'node:http'
import { tooLarge, type Refusal } from '../front/answers.ts'

/**
 * Why a request's body is not read. Behind the front what comes in pieces was counted there; without it, its length must be
 * said first, since nobody else counts.
 */
export function refusedBody({ headers }: IncomingMessage, { limit, isBehindFront }: { readonly limit: number; readonly isBehindFront: boolean }): Refusal | undefined {
  if (Number(headers['content-length'] ?? 0) > limit) return tooLarge(limit)
  return headers['transfer-encoding'] !== undefined && !isBehindFront ? lengthRequired : undefined
}

const lengthRequired: Refusal = {
  status: 411, code: 'lengthRequired', close: true,
  message: { en: 'The length of the body is not said. Send a Content-Length header.', zh: '未说明请求正文的长度，请发送 Content-Length。' },
}
