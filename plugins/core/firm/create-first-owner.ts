import type { Payload } from 'payload'
import { openStore } from '../data/open-store.ts'

export async function isWithoutUsers(payload: Payload): Promise<boolean> {
  return (await openStore(payload).count('users')) === 0
}

/** The first account of a real start, from the settings; where an account exists nothing happens. @returns whether it was made */
export async function createFirstOwner(payload: Payload, { email, password }: { readonly email: string; readonly password: string }): Promise<boolean> {
  if (!(await isWithoutUsers(payload))) return false
  await payload.create({ collection: 'users', data: { id: crypto.randomUUID(), email, password, name: email, roles: ['owner'] } })
  return true
}
