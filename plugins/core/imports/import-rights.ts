import type { Payload } from 'payload'
import type { EntityDefinition } from '../../../config/language/entity.ts'
import type { Text } from '../../../config/language/text.ts'
import { actorOf, type Actor, type SignedInUser } from '../access/actor.ts'
import { can, requireRight } from '../access/can.ts'
import { openStore } from '../data/open-store.ts'
import { fail, failRefused } from '../errors.ts'
import { scopeOf } from '../keys/key-strategy.ts'
import { platformOf, type Platform } from '../platform/platform.ts'
import { importRecord, type ImportRecord } from './import-record.ts'

/** The entity that files may be brought into. @throws 404 unknown, 403 without the right, 409 for what nobody makes by hand */
export function requireImportable(platform: Platform, actor: Actor, slug: string): EntityDefinition {
  const entity = platform.entities.get(slug) ?? fail('unknownEntity', { entity: slug.slice(0, 60) })
  requireRight(actor, 'import', entity)
  const why = whyNotImportable(entity)
  if (why) failRefused([{ code: 'import.notByHand', message: why }])
  requireRight(actor, 'create', entity)
  return entity
}

/** Lines come with their document; ledgers and records are what commands leave behind. */
export function whyNotImportable({ kind, labels, parent }: EntityDefinition): Text | undefined {
  if (kind === 'master' || kind === 'document') return undefined
  if (kind === 'line') {
    return {
      en: `${labels.en} are parts of their document: import that (${parent?.entity ?? ''}), with its lines in columns that begin with "lines.".`,
      zh: `${labels.zh}属于其单据，请导入该单据（${parent?.entity ?? ''}），明细放在以“lines.”开头的列中。`,
    }
  }
  return {
    en: `${labels.en} are written by the platform when something is posted or changed, never by hand or by a file. Import the documents or masters that lead to them.`,
    zh: `${labels.zh}由系统在过账或变更时生成，不能手工录入或导入。请导入产生它们的单据或基础资料。`,
  }
}

/** Someone's own import, or any for the owner; for others it does not exist. */
export async function requireImport(payload: Payload, actor: Actor, id: string): Promise<ImportRecord> {
  const found = await openStore(payload).get('imports', id)
  const entity = platformOf(payload).entities.get('imports') as EntityDefinition
  requireRight(actor, 'read', entity)
  const { own } = can(actor, 'read', entity)
  if (!found || (own && found.owner !== actor.id)) fail('notFound', { entity: entity.label, id: id.slice(0, 120) })
  const target = platformOf(payload).entities.get(found.entity) ?? fail('unknownEntity', { entity: found.entity })
  requireRight(actor, 'import', target)
  return importRecord(found)
}

/** Who the import works for, with the rights of this moment. @throws 409 when the person or the key may not act any more */
export async function actorOfImport(payload: Payload, { owner, apiKey }: Pick<ImportRecord, 'owner' | 'apiKey'>): Promise<Actor> {
  const store = openStore(payload)
  const user = (await store.get('users', owner)) as unknown as (SignedInUser & { blocked?: boolean | null }) | undefined
  const key = apiKey ? await store.get('api-keys', apiKey) : undefined
  const isKeyGone = Boolean(apiKey) && (!key || key.revokedAt || Date.parse(key.expiresAt) <= Date.now())
  if (!user || user.blocked || isKeyGone) failRefused([{ code: 'import.nobody', message: nobody }])
  return actorOf(payload, { ...user, ...(key ? { key: scopeOf(key) } : {}) })
}

const nobody: Text = {
  en: 'The account or API key that began this import may not sign in any more. Begin it anew under another one.',
  zh: '发起此导入的账号或 API 密钥已不可用，请用其他账号重新导入。',
}
