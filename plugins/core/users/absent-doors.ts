import type { Endpoint } from 'payload'
import { fail } from '../errors.ts'

/**
 * Payload opens the door of its email verification for every collection of accounts, also where that is off, and stumbles
 * behind it over a field that is not there. Here it is what it means: no address at all.
 */
export const absentDoors: Endpoint[] = [{
  method: 'post', path: '/verify/:id',
  handler: (req) => fail('noSuchAddress', { method: 'POST', address: new URL(req.url ?? '/', 'http://localhost').pathname.slice(0, 200) }),
}]
