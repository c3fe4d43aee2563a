import type { Endpoint } from 'payload'
import { fail } from '../errors.ts'

/**
 * Payload opens doors for every collection of accounts that lead to what is off here: the verification of addresses, versions, duplicates, and
 * changes of many at once. It stumbles behind some, and refuses at others in its own words. Here they are what they mean: no address at all.
 */
export const absentDoors: Endpoint[] = ([
  ['post', '/verify/:id'], ['get', '/versions'], ['get', '/versions/:id'], ['post', '/versions/:id'], ['post', '/:id/duplicate'], ['patch', '/'], ['delete', '/'],
] as const).map(([method, path]) => ({
  method, path,
  handler: (req) => fail('noSuchAddress', { method: method.toUpperCase(), address: new URL(req.url ?? '/', 'http://localhost').pathname.slice(0, 200) }),
}))
