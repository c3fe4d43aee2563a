import type { Payload } from 'payload'
import type { Settings } from '../../config/settings.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'

export type SignIn = {
  /** The firm whose books these are; null before one is started. */
  readonly firm: string | null
  /** What the operator does next, one sentence a line. */
  readonly lines: readonly string[]
}

/** How one gets in, for the operator, by the accounts that there really are: the settings' owner is made only where there was none. */
export async function howToSignIn(payload: Payload, { owner, publicUrl }: Pick<Settings, 'owner' | 'publicUrl'>): Promise<SignIn> {
  const store = openStore(payload)
  const [company] = await store.find('companies', { sort: 'createdAt', limit: 1 })
  const start = company ? [] : ['Then start your firm: the page asks for its name, currency, accounts and tax rate.']
  return { firm: company?.name ?? null, lines: [await door(), ...start] }

  async function door(): Promise<string> {
    if ((await store.count('users')) === 0) return `Open ${publicUrl}/admin and create the owner's account.`
    // Addresses are stored in small letters.
    if (owner && (await store.count('users', { email: { equals: owner.email.toLowerCase() } })) > 0) {
      return `Sign in at ${publicUrl}/admin as ${owner.email}, with the password of its first start unless it was changed since.`
    }
    if (owner) return `Open ${publicUrl}/admin and sign in with an account you have: OWNER_EMAIL made none, because there were accounts already.`
    const owners = await store.find<string>('users', { where: { roles: { in: ['owner'] } }, sort: 'createdAt' })
    const [first] = owners.filter(({ blocked }) => blocked !== true)
    return first ? `Sign in at ${publicUrl}/admin as ${String(first.email)} (owner), or with your own account.` : `Open ${publicUrl}/admin and sign in.`
  }
}
