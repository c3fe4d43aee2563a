import type { Payload } from 'payload'
import type { Settings } from '../../config/settings.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'

/** One sentence for the operator, by the accounts that there really are: the settings' owner is made only where there was none. */
export async function howToSignIn(payload: Payload, { owner, publicUrl }: Pick<Settings, 'owner' | 'publicUrl'>): Promise<string> {
  const store = openStore(payload)
  if ((await store.count('users')) === 0) return `Open ${publicUrl}/admin and create the owner's account.`
  if (owner === undefined) return `Open ${publicUrl}/admin and sign in.`
  // Addresses are stored in small letters.
  const isThere = (await store.count('users', { email: { equals: owner.email.toLowerCase() } })) > 0
  if (isThere) return `Sign in at ${publicUrl}/admin as ${owner.email}, with the password of its first start unless it was changed since.`
  return `Open ${publicUrl}/admin and sign in with an account you have: OWNER_EMAIL made none, because there were accounts already.`
}
