import type { JsonScalar, Text } from './text.ts'

/**
 * Field types of an entity. How each is stored and spoken:
 * - `money`: integer minor units of the company's currency; spoken as a decimal string ("12.50")
 * - `quantity`, `unitPrice`: integer at 10⁻⁶; spoken as a decimal string ("1.5")
 * - `percent`: integer at 10⁻⁶ of a percent (19 % = 19000000); spoken as "19"
 * - `rate`: integer at 10⁻⁸ (exchange rates, unit factors)
 * - `date`: "YYYY-MM-DD"; `dateTime`: UTC ISO
 */
export type FieldType =
  | 'text' | 'longText' | 'email' | 'phone' | 'url'
  | 'integer' | 'quantity' | 'unitPrice' | 'money' | 'percent' | 'rate'
  | 'boolean' | 'date' | 'dateTime' | 'select' | 'relation' | 'json'

export type Option = { readonly value: string; readonly label: Text; readonly tone?: Tone }

/** The meaning of a colour, the same on every screen. */
export type Tone = 'neutral' | 'waiting' | 'good' | 'warning' | 'bad'

export type FieldDefinition = {
  readonly name: string
  readonly type: FieldType
  readonly label: Text
  readonly help?: Text
  readonly required?: boolean
  /** The required field of the same row that brings this one's value: people need not fill it in. */
  readonly filledFrom?: string
  /** Required, and given by the system when it is left empty in a new row: people need not fill it in. */
  readonly givenWhenEmpty?: boolean
  /** Set by commands only: shown, never accepted as input. */
  readonly readOnly?: boolean
  readonly unique?: boolean
  readonly index?: boolean
  /** Of a `date`, 'today': what a form starts with, by the company's time zone; commands leave an absent date to the entity. */
  readonly default?: JsonScalar
  readonly min?: number
  readonly max?: number
  readonly maxLength?: number
  /** Texts that commands write into it, with `{parameters}`: shown in the reader's language for as long as nobody changes them. */
  readonly standardTexts?: readonly Text[]
  readonly options?: readonly Option[]
  /** `relation`: the slug of the entity referred to. */
  readonly to?: string
  readonly many?: boolean
  /** Never leaves the server (secrets, machine snapshots). */
  readonly hidden?: boolean
  /** Left out of forms and lists unless asked for. */
  readonly advanced?: boolean
  /** A field of the firm: the own field of another type whose values it took over when it was published. */
  readonly convertedFrom?: string
  /** A field of the firm that it has taken out of use: nobody meets it any more, what was entered is kept. */
  readonly retired?: boolean
  /** The fields that a rule makes its value of, also by way of others: whoever may not see one of them does not see this one. */
  readonly derivedFrom?: readonly string[]
}

/** Lines that other documents refer to: a collection of their own, owned by a document. */
export type LinesDefinition = {
  readonly entity: string
  /** The line's relation field that points to the document. */
  readonly parentField: string
  readonly label: Text
}

export type SystemSlug =
  | 'core' | 'erp' | 'crm' | 'oms' | 'wms' | 'mrp' | 'aps' | 'mes' | 'qms' | 'tms' | 'plm' | 'srm' | 'scm'

export type EntityKind =
  /** Customers, parts …: edited in place, every change in history. */
  | 'master'
  /** Orders, invoices …: numbered, with a life cycle and a trace. */
  | 'document'
  /** Lines of a document: written only through it. */
  | 'line'
  /** Ledgers: appended by commands, never edited. */
  | 'ledger'
  /** The platform's own records (outbox, history …). */
  | 'record'

export type EntityDefinition = {
  readonly slug: string
  readonly system: SystemSlug
  readonly kind: EntityKind
  readonly label: Text
  readonly labels: Text
  readonly help?: Text
  /** The field that names a document to people: `number`, `name` … */
  readonly titleField: string
  readonly fields: readonly FieldDefinition[]
  readonly lines?: LinesDefinition
  /** `kind: line`: the entity and field of the owner. */
  readonly parent?: { readonly entity: string; readonly field: string }
  /** Document number series, e.g. "SO" → SO-2026-00001; `gapless` where the law asks; the year is that of `dateField`. */
  readonly numbering?: {
    readonly prefix: string
    readonly gapless?: boolean
    readonly at?: 'create' | 'posting'
    readonly dateField?: string
  }
  /** Slug of the workflow definition that rules its life. */
  readonly workflow?: string
  /** Whether a new document starts a trace of its own when it comes from nothing traced. */
  readonly mintsTrace?: boolean
  /** It takes (a part of) what it came from back: whatever that came from mentions it too. */
  readonly takesBack?: boolean
  readonly listColumns: readonly string[]
  readonly searchFields?: readonly string[]
  readonly defaultSort?: string
  readonly indexes?: readonly { readonly fields: readonly string[]; readonly unique?: boolean }[]
  /** Hidden from navigation (lines, records). */
  readonly unlisted?: boolean
  /** An entity of the firm that it has taken out of use: nobody has a right to it, its records are kept. */
  readonly retired?: boolean
}
