import type { Where } from 'payload'
import type { EntityDefinition, FieldDefinition, SystemSlug } from '../../../config/language/entity.ts'
import type { Finding } from '../../../config/language/refusal.ts'
import type { Json, Text } from '../../../config/language/text.ts'
import type { WorkflowDefinition } from '../../../config/language/workflow.ts'
import type { CompiledWorkflow } from '../../../workflows/engine/compile.ts'
import type { ActionType, DelayType, GuardType, Params } from '../../../workflows/engine/registry.ts'
import type { CommandContext } from '../commands/context.ts'
import type { Row, Store } from '../data/store.ts'
import type { Arranger, ScratchFirm } from '../workflow/walks/arranger.ts'
import type { Importer, ImporterPart } from '../import/importer.ts'
import type { Chart, Figure, FirstStep } from '../home/home-parts.ts'
import type { Delivery } from '../deliveries/delivery.ts'
import type { JobKind } from '../jobs/job-kind.ts'
import type { Services } from './services.ts'
import type { PrintDefinition } from '../print/print-definition.ts'

/** What a system brings to the platform. Plain data and functions; nothing happens when it is loaded. */
export type TrellisPlugin = {
  readonly slug: SystemSlug
  readonly entities?: readonly EntityDefinition[]
  readonly workflows?: readonly WorkflowDefinition[]
  readonly guards?: readonly GuardType[]
  readonly actions?: readonly ActionHandler[]
  readonly delays?: readonly DelayType[]
  readonly facts?: readonly FactLoader[]
  /** By entity slug. */
  readonly behaviours?: Readonly<Record<string, EntityBehaviour>>
  readonly handlers?: readonly EventHandler[]
  readonly deliveries?: readonly Delivery[]
  readonly operations?: readonly Operation[]
  readonly checks?: readonly Check[]
  readonly jobs?: readonly JobKind[]
  readonly work?: readonly WorkList[]
  readonly importers?: readonly Importer[]
  /** What it brings in beside the steps of another plugin's importer. */
  readonly importerParts?: readonly ImporterPart[]
  /** Signs of the firm's health on the home page. */
  readonly figures?: readonly Figure[]
  readonly charts?: readonly Chart[]
  /** What a new firm does first, in this order. */
  readonly firstSteps?: readonly FirstStep[]
  /** What the preview of an event tells beside the fields of its document. */
  readonly consequences?: readonly Consequences[]
  /** Documents that print as PDF. */
  readonly prints?: readonly PrintDefinition[]
  /** What it does for other systems, inside their commands. */
  readonly services?: Services
  /** How documents come about when their workflow is tried out on a scratch database. */
  readonly arrangers?: readonly Arranger[]
  /** The small firm that is made there first. */
  readonly scratchFirm?: ScratchFirm
}

/** Asked before and after an event in a dry run: what it does beyond the fields of its document and lines. */
export type Consequences = {
  readonly entity: string
  readonly event: string
  /** As the actor of the context may see it. */
  measure(context: CommandContext, id: string): Promise<{ readonly figures: readonly ConsequenceFigure[]; readonly warnings: readonly Text[] }>
}
/** Money in minor units; `text`: what people read, null where there is nothing. */
export type ConsequenceFigure =
  | { readonly name: string; readonly label: Text; readonly kind: 'money'; readonly value: number | null }
  | { readonly name: string; readonly label: Text; readonly kind: 'text'; readonly value: Text | null }

/** A document in the hands of a command: stored values, its lines, and what is being changed. */
export type Draft = {
  /** Changed in place; what is set here is stored. */
  document: Row
  /** Changed in place; absent when the entity has no lines. */
  lines: Row[]
  /** The stored document before an edit; absent on create. */
  readonly previous?: Row
  readonly previousLines?: readonly Row[]
  /** Names of the fields that someone has entered, of the document and of each line; absent: the platform itself writes. */
  readonly entered?: { readonly document: ReadonlySet<string>; readonly lines: readonly ReadonlySet<string>[] }
}

export type EntityBehaviour = {
  /** Gives many drafts at once what each would ask the database for (numbers), before they are prepared; refuses nothing. */
  fill?(context: CommandContext, drafts: readonly Draft[]): Promise<void>
  /** Fills in defaults and computes figures before a create or edit is checked and stored. */
  prepare?(context: CommandContext, draft: Draft): Promise<void>
  /** Runs after it is stored, in the same transaction. */
  stored?(context: CommandContext, draft: Draft): Promise<void>
  /** Before the actions of an event: what another system asks of the document and its lines, in the same transaction. It changes both in place; lines also through `context.store`. */
  sending?(context: CommandContext, step: SentStep): Promise<void>
  /** May refuse before a document is discarded. */
  discarding?(context: CommandContext, document: Row): Promise<void>
}

/** An event on its way, before its actions have run. */
export type SentStep = Pick<Step, 'entity' | 'event' | 'document' | 'lines' | 'input'>

/** What an action sees of the step it belongs to. */
export type Step = {
  readonly entity: string
  readonly event: string
  readonly params: Params
  /** Stored values; changed in place, stored with the new state when all actions have run. */
  readonly document: Row
  /** The document's lines; change them through `context.store` and in place. */
  readonly lines: Row[]
  /** Decoded input of the event (scaled integers). */
  readonly input: Readonly<Record<string, unknown>>
  /** Decoded line input: `line` is the id of a line of the document. */
  readonly lineInput: readonly ({ readonly line: string } & Readonly<Record<string, unknown>>)[]
  /** Decoded lines that the event adds. */
  readonly newLines: readonly Readonly<Record<string, unknown>>[]
  readonly reason?: string
}

export type ActionHandler = ActionType & {
  /**
   * `after`: once the document stands stored in its new state, so that others see it there; it then changes nothing of
   * the document. Otherwise before, in the written order.
   */
  readonly when?: 'before' | 'after'
  run(context: CommandContext, step: Step): Promise<void>
}

/** Loads one fact for many documents of an entity in a bounded number of queries. */
export type FactLoader = {
  readonly name: string
  load(store: Store, question: FactQuestion): Promise<ReadonlyMap<string, unknown>>
}

export type FactQuestion = {
  readonly entity: string
  readonly documents: readonly Row[]
  readonly entities: ReadonlyMap<string, EntityDefinition>
  /** The current definition of an entity's life, by entity. */
  readonly workflows: ReadonlyMap<string, CompiledWorkflow>
  /** The moment of the command that asks, UTC ISO. */
  readonly now: string
}

export type DomainEvent = {
  readonly id: string
  readonly type: string
  readonly entity: string
  readonly documentId: string
  readonly documentVersion: number
  readonly traceId?: string | null
  readonly at: string
  readonly actor: string
  readonly data: Readonly<Record<string, unknown>>
}

/** Runs in a transaction of its own, at least once, never twice with effect. */
export type EventHandler = {
  readonly name: string
  /** Event types, e.g. `quotes.accepted`. */
  readonly on: readonly string[]
  run(context: CommandContext, event: DomainEvent): Promise<void>
}

/** A command on an entity as a whole, a button of its list ("propose reorders"). */
export type Operation = {
  readonly name: string
  readonly entity: string
  readonly label: Text
  readonly help?: Text
  readonly roles: readonly string[]
  readonly input?: readonly FieldDefinition[]
  /** It answers a question and changes nothing: its answer is not kept for a repeat, which may be told something newer. */
  readonly reads?: true
  /** What is wrong with the input beyond its fields, told together with what is wrong with these. */
  check?(input: Readonly<Record<string, unknown>>): readonly Finding[]
  run(context: CommandContext, input: Readonly<Record<string, unknown>>): Promise<OperationResult>
}

export type OperationResult = {
  readonly message: Text
  readonly documents?: readonly { entity: string; id: string }[]
  /** What the operation found, in spoken values (a preview). */
  readonly data?: { readonly [name: string]: Json }
  /** For the eyes of whoever asked, now: kept nowhere, also not as the answer to an idempotency key. */
  readonly once?: string
}

/** One invariant of the books, proved by `npm run verify`. */
export type Check = {
  readonly name: string
  readonly label: Text
  run(store: Store): Promise<CheckResult>
}
export type CheckResult = { readonly ok: boolean; readonly counted: number; readonly failures: readonly string[] }

/** What waits for a role on the home page. */
export type WorkList = {
  readonly name: string
  readonly label: Text
  readonly roles: readonly string[]
  readonly entity: string
  readonly where: (question: { today: string; userId: string }) => Where
  /** Why a document is on the list. */
  readonly reason: Text
  /** Why each of these documents is on it, where there is more to say than `reason`: what is missing. By id, in a bounded number of queries. */
  readonly explain?: (store: Store, documents: readonly Row[]) => Promise<ReadonlyMap<string, Text>>
  /** The event whose button stands on the line. */
  readonly event?: string
  readonly urgent?: boolean
}
