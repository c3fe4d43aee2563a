import type { Payload } from 'payload'
import { v7 as uuidv7 } from 'uuid'
import type { Companies } from '../../../config/generated/entities.ts'
import type { EntityDefinition } from '../../../config/language/entity.ts'
import type { Actor } from '../access/actor.ts'
import { openStore } from '../data/open-store.ts'
import type { Row, Store } from '../data/store.ts'
import { currencyExponent } from '../engine/currency.ts'
import { dateIn } from '../engine/dates.ts'
import { fail } from '../errors.ts'
import { platformOf, type Platform } from '../platform/platform.ts'
import { createDocument, type NewDocument } from './create.ts'
import { editDocument, type DocumentChange } from './edit.ts'
import type { ReferenceGuard } from './reference-guard.ts'
import { appendEvent, linkDocuments, type DocumentRef } from './record.ts'
import { sendToDocument, tryToSend, type EventMessage } from './send.ts'

/** Everything a command works with. All of it belongs to one transaction. */
export type CommandContext = {
  readonly payload: Payload
  readonly platform: Platform
  readonly store: Store
  readonly actor: Actor
  /** For operations on Payload's own collections (users), which join the transaction by it. */
  readonly transactionID: number | string
  /** UTC ISO, the same for the whole command. */
  readonly now: string
  /** Id of the event that caused this command. */
  readonly cause?: string
  /** The company of the document, or the firm's first one. */
  company(id?: string | null): Promise<Companies>
  /** "YYYY-MM-DD" in the company's time zone. */
  today(): Promise<string>
  /** Digits of the currency's minor unit. */
  exponent(): Promise<number>
  entity(slug: string): EntityDefinition
  /** Creates a document of stored values on the platform's own authority. @returns its id */
  create(entity: string, document: NewDocument): Promise<string>
  edit(entity: string, id: string, change: DocumentChange): Promise<void>
  /** Sends an event on the platform's own authority; refusals of guards still hold. */
  send(entity: string, id: string, event: string, message?: EventMessage): Promise<void>
  /** Like `send`, but a document that refuses stays as it is. @returns whether it was sent */
  offer(entity: string, id: string, event: string, message?: EventMessage): Promise<boolean>
  /** Appends a domain event beside those that every step leaves by itself. */
  emit(type: string, document: Row, entity: string, data?: Readonly<Record<string, unknown>>): Promise<void>
  link(from: DocumentRef, to: DocumentRef, traceId?: string | null): Promise<void>
  /** Before something is removed: from here on no other command commits a new reference to it before this one ends. */
  shutOutReferences(): Promise<void>
}

export type ContextOptions = {
  readonly actor: Actor; readonly transactionID: number | string; readonly references: ReferenceGuard; readonly cause?: string; readonly now?: string
}

export function openContext(payload: Payload, options: ContextOptions): CommandContext {
  const platform = platformOf(payload)
  const store = options.references.watch(openStore(payload, options.transactionID))
  const companies = new Map<string, Promise<Companies>>()
  const company = (id?: string | null): Promise<Companies> => {
    const key = id ?? ''
    const known = companies.get(key) ?? loadCompany(store, id)
    companies.set(key, known)
    return known
  }
  const context: CommandContext = {
    payload, platform, store, company,
    actor: options.actor,
    now: options.now ?? new Date().toISOString(),
    transactionID: options.transactionID,
    ...(options.cause === undefined ? {} : { cause: options.cause }),
    async today() {
      return dateIn({ zone: (await company()).timeZone, at: context.now })
    },
    async exponent() {
      return currencyExponent((await company()).currency)
    },
    entity: (slug) => platform.entities.get(slug) ?? fail('unknownEntity', { entity: slug }),
    create: (entity, document) => createDocument(context, entity, document),
    edit: (entity, id, change) => editDocument(context, entity, id, change),
    async send(entity, id, event, message = {}) {
      await sendToDocument(context, { entity, id }, { ...message, event, authority: 'platform' })
    },
    async offer(entity, id, event, message = {}) {
      return 'document' in (await tryToSend(context, { entity, id }, { ...message, event, authority: 'platform' }))
    },
    emit: (type, document, entity, data) => appendEvent(context, { type, entity, document, data: data ?? {} }),
    link: (from, to, traceId) => linkDocuments(context, from, to, traceId),
    shutOutReferences: () => options.references.shutOut(),
  }
  return context
}

export const newId = (): string => uuidv7()

async function loadCompany(store: Store, id?: string | null): Promise<Companies> {
  if (id) return store.require('companies', id)
  const [first] = await store.find('companies', { sort: 'createdAt', limit: 1 })
  return first ?? fail('badRequest', {
    reason: {
      en: 'No company is set up yet. Create one under Companies first.',
      zh: '尚未建立公司，请先在“公司”中新建。',
    },
  })
}
