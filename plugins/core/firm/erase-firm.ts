import type { CommandContext } from '../commands/context.ts'

/**
 * Removes every record of the firm and every account, in the command's transaction. What belongs to the platform stays:
 * roles with their history, workflow definitions, published configurations. Who calls it has made sure that the data is the demo firm's.
 */
export async function eraseFirm(context: CommandContext): Promise<void> {
  const { store, platform, payload } = context
  await context.shutOutReferences()
  for (const slug of platform.entities.keys()) {
    if (kept.has(slug)) continue
    await store.remove(slug, recordsOfRoles.has(slug) ? { entity: { not_equals: 'roles' } } : everything)
  }
  for (const { slug } of payload.config.collections) if (ofPeople.has(slug)) await store.remove(slug, everything)
}

const kept: ReadonlySet<string> = new Set(['roles', 'definitions', 'revisions'])
const recordsOfRoles: ReadonlySet<string> = new Set(['history', 'events'])
/** Accounts, and what Payload keeps of each. */
const ofPeople: ReadonlySet<string> = new Set(['users', 'payload-preferences', 'payload-locked-documents'])
const everything = { id: { exists: true } }
