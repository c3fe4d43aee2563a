import type { Payload } from 'payload'
import { v7 as uuidv7 } from 'uuid'
import type { Companies } from '../../../config/generated/entities.ts'
import type { EntityDefinition } from '../../../config/language/entity.ts'
import type { Actor } from '../access/actor.ts'
import type { Row, Store } from '../data/store.ts'
import type { Platform } from '../platform/platform.ts'
import type { NewDocument } from './create.ts'
import type { DocumentChange } from './edit.ts'
import type { DocumentRef } from './record.ts'
import type { EventMessage } from './send.ts'

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
  /** Keys of the warnings that whoever sent the command has read. */
  readonly accepted: readonly string[]
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
  /** Many of one entity without a query for each; none is stored when one is wrong. @returns their ids, in the given order */
  createMany(entity: string, documents: readonly NewDocument[]): Promise<string[]>
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

export const newId = (): string => uuidv7()
