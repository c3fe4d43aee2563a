import type { IncomingMessage } from 'node:http'
import { expect, it } from 'vitest'
import { refusedBody } from '../../admin/server/body-limit.ts'

const asked = (headers: Record<string, string>, isBehindFront = false) => refusedBody({ headers } as unknown as IncomingMessage, { limit: 1_048_576, isBehindFront })

it('refuses a body beyond the limit by its name', () => {
  expect(asked({ 'content-length': '1048577' })).toMatchObject({ status: 413, message: { en: expect.stringContaining('1 MB (BODY_LIMIT_MB)') } })
  expect(asked({ 'content-length': '1048576' })).toBeUndefined()
  expect(asked({})).toBeUndefined()
})

it('takes a body without a length only from the front, which counts it', () => {
  expect(asked({ 'transfer-encoding': 'chunked' })?.status).toBe(411)
  expect(asked({ 'transfer-encoding': 'chunked' }, true)).toBeUndefined()
})
