import type { FieldDefinition, Tone } from './entity.ts'
import type { ApprovalDefinition } from './approval.ts'
import type { Json, Text } from './text.ts'

/** A reference to a registered guard, action or delay, with its parameters. */
export type Reference = { readonly type: string; readonly params?: { readonly [key: string]: Json } }

export type TransitionDefinition = {
  /** Absent: the event is handled without leaving the state. */
  readonly target?: string
  /** All must hold. The first refusal of each is told to the user. */
  readonly guards?: readonly Reference[]
  /** Run in this order, in the command's transaction. */
  readonly actions?: readonly Reference[]
}

export type EventDefinition = {
  readonly label: Text
  /** Past participle that names the domain event the step leaves: `accept` → `accepted`, so `quotes.accepted`. */
  readonly past?: string
  readonly help?: Text
  /** Roles that may send it; `system` is the platform itself. Absent: everyone who may edit the document. */
  readonly roles?: readonly string[]
  /** What the event asks for; the same field language as entities. */
  readonly input?: readonly FieldDefinition[]
  /** Lines the event asks for (part deliveries …): each row carries the id of a line and these fields. */
  readonly lineInput?: readonly FieldDefinition[]
  /** The event may add lines: what it asks of each. */
  readonly newLines?: readonly FieldDefinition[]
  /** Its panel shows what the step would do while one types, before it is done. */
  readonly preview?: boolean
  readonly reason?: 'required' | 'optional'
  /** The one button that moves the document forward. */
  readonly primary?: boolean
  readonly tone?: Tone
}

/** How long a document may stay in a state, and what happens then. Lengths are ISO 8601 of days, hours and minutes: `P2D`, `PT4H`. */
export type SlaDefinition = {
  readonly within: string
  /** Code of a working calendar, or `firm` for that of the document's company. Absent: all time counts. */
  readonly calendar?: string
  /** So long before it is over the same people are told. */
  readonly warn?: string
  /** Who is told, in the panel and by email, when it is over. */
  readonly escalate?: readonly SlaRecipient[]
  /** Sent by the platform when it is over. */
  readonly event?: string
}

/** Everyone who holds a role, or whom a field of the document names. */
export type SlaRecipient = { readonly role: string } | { readonly field: string }

export type StateDefinition = {
  readonly label: Text
  readonly tone?: Tone
  /** `history`: no place to stand in, but where arrows lead that go back to how the state around it was last left. */
  readonly type?: 'final' | 'parallel' | 'history'
  /** Of a history state: the states directly inside are remembered (`shallow`, when nothing is said), or the innermost ones. */
  readonly history?: 'shallow' | 'deep'
  /** Of a history state: where it leads while the state around it was never left. */
  readonly target?: string
  readonly initial?: string
  readonly states?: { readonly [name: string]: StateDefinition }
  /** Several candidates: the first whose guards hold is taken. */
  readonly on?: { readonly [event: string]: TransitionDefinition | readonly TransitionDefinition[] }
  /** Delayed events: name of a registered delay or ISO 8601 duration → event sent by the runner. */
  readonly after?: { readonly [delay: string]: string }
  /** How long a document may stay here. Leaving the state ends it, coming back begins it anew. */
  readonly sla?: SlaDefinition
  /** Taken by itself once everything inside is final (a join). It has no guards: nothing would ask them again. */
  readonly onDone?: { readonly target: string; readonly actions?: readonly Reference[] }
  /** Whoever must agree before the document goes on: begun when the state is entered, ended when it is left. */
  readonly approval?: ApprovalDefinition
  /** Document fields may be edited in this state (command `edit`). */
  readonly editable?: boolean
  /**
   * A document may stay here for good, though something may still happen to it (a return, a reopening): for the proof of a
   * workflow an end, as a final state is.
   */
  readonly resting?: boolean
  /** The document may be discarded in this state (command `discard`). */
  readonly discardable?: boolean
}

export type WorkflowDefinition = {
  readonly slug: string
  readonly version: number
  readonly entity: string
  readonly label: Text
  readonly initial: string
  readonly events: { readonly [event: string]: EventDefinition }
  readonly states: { readonly [name: string]: StateDefinition }
}
