import type { Payload } from 'payload'
import type { Companies } from '../../../config/generated/entities.ts'
import type { Actor } from '../access/actor.ts'
import { openStore } from '../data/open-store.ts'
import type { Store } from '../data/store.ts'
import { currencyExponent } from '../engine/currency.ts'
import { dateIn } from '../engine/dates.ts'
import { fail } from '../errors.ts'
import { platformOf } from '../platform/platform.ts'
import type { CommandContext } from './context.ts'
import { createDocument, createDocuments } from './create.ts'
import { editDocument } from './edit.ts'
import type { ReferenceGuard } from './reference-guard.ts'
import { appendEvent, linkDocuments } from './record.ts'
import { sendToDocument, tryToSend } from './send.ts'

export type ContextOptions = {
  readonly actor: Actor; readonly transactionID?: number | string; readonly references: ReferenceGuard; readonly cause?: string; readonly now?: string; readonly accepted?: readonly string[]
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
    accepted: options.accepted ?? [],
    now: options.now ?? new Date().toISOString(),
    transactionID: options.transactionID ?? '',
    ...(options.cause === undefined ? {} : { cause: options.cause }),
    async today() {
      return dateIn({ zone: (await company()).timeZone, at: context.now })
    },
    async exponent() {
      return currencyExponent((await company()).currency)
    },
    entity: (slug) => platform.entities.get(slug) ?? fail('unknownEntity', { entity: slug }),
    create: (entity, document) => createDocument(context, entity, document),
    createMany: (entity, documents) => createDocuments(context, entity, documents),
    edit: (entity, id, change) => editDocument(context, entity, id, change),
    async send(entity, id, event, message = {}) {
      await sendToDocument(context, { entity, id }, { ...message, event, authority: 'platform' })
    },
    async offer(entity, id, event, message = {}) {
      return 'document' in (await tryToSend(context, { entity, id }, { ...message, event, authority: 'platform' }))
    },
    async emit(type, document, entity, data) {
      await appendEvent(context, { type, entity, document, data: data ?? {} })
    },
    link: (from, to, traceId) => linkDocuments(context, from, to, traceId),
    shutOutReferences: () => options.references.shutOut(),
  }
  return context
}

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
