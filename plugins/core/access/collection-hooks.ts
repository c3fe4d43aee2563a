import type { CollectionAfterReadHook, CollectionBeforeOperationHook, CollectionConfig, PayloadRequest, Where } from 'payload'
import type { EntityDefinition } from '../../../config/language/entity.ts'
import { speakRow } from '../entities/speak.ts'
import { currencyExponent } from '../engine/currency.ts'
import { requirePresentClient } from '../client/check-client.ts'
import { openStore } from '../data/open-store.ts'
import { fail } from '../errors.ts'
import { whyRefused } from '../keys/refused-keys.ts'
import { actorOf, type Actor, type SignedInUser } from './actor.ts'
import { can, hiddenFields } from './can.ts'
import { ownedBy } from './own-rows.ts'

/** The actor behind a request; the same for all that the request does. */
export function actorOfRequest(req: PayloadRequest): Promise<Actor> {
  const { user } = req
  if (!user) fail(whyRefused(req.headers) ?? 'notSignedIn')
  const known = actors.get(req)
  if (known) return known
  const actor = requirePresentClient(req).then(() => actorOf(req.payload, user as unknown as SignedInUser))
  actors.set(req, actor)
  return actor
}

/** Digits of the currency's minor unit of the firm. */
export function exponentOfFirm(req: Pick<PayloadRequest, 'payload'>): Promise<number> {
  const known = exponents.get(req.payload)
  if (known) return known
  const exponent = openStore(req.payload).find('companies', { sort: 'createdAt', limit: 1 })
    .then(([company]) => {
      if (!company) exponents.delete(req.payload)
      return company ? currencyExponent(company.currency) : 2
    })
  exponents.set(req.payload, exponent)
  return exponent
}

/** Forgets what was cached of the firm, after a company changed. */
export function forgetFirm(payload: PayloadRequest['payload']): void {
  exponents.delete(payload)
}

const actors = new WeakMap<PayloadRequest, Promise<Actor>>()
const exponents = new WeakMap<PayloadRequest['payload'], Promise<number>>()

export function collectionAccess(entity: EntityDefinition): NonNullable<CollectionConfig['access']> {
  const asked = (action: 'read' | 'create' | 'edit' | 'discard') => async ({ req }: { req: PayloadRequest }): Promise<boolean | Where> => {
    if (!req.user) return false
    const actor = await actorOfRequest(req)
    const { allowed, own } = can(actor, action, entity)
    return allowed && own ? ownedBy(entity, actor.id) : allowed
  }
  return {
    read: asked('read'), create: async (args) => Boolean(await asked('create')(args)),
    update: asked('edit'), delete: asked('discard'),
    admin: ({ req }) => Boolean(req.user),
  }
}

/** Payload's names of what only reads. */
export const reads: ReadonlySet<string> = new Set(['read', 'count', 'countVersions', 'readDistinct'])

/** Payload's own writes are refused for everyone, by whatever door they come: commands write through the store. */
export const refuseWrites = (entity: EntityDefinition): CollectionBeforeOperationHook => ({ args, operation }) => {
  if (!reads.has(operation)) fail('commandsOnly', { entity: entity.labels })
  return args
}

/** What leaves through Payload: decimals as texts, without the fields that the user may not see. */
export const speakDocument = (entity: EntityDefinition): CollectionAfterReadHook => async ({ doc, req, overrideAccess }) => {
  const exponent = await exponentOfFirm(req)
  const spoken = speakRow(entity, doc as Record<string, unknown>, exponent)
  if (overrideAccess || !req.user) return spoken
  for (const name of hiddenFields(await actorOfRequest(req), entity)) delete spoken[name]
  return spoken
}
