import type { FieldRules } from './form.ts'
import type { JsonScalar, Text } from './text.ts'

/**
 * Field types of an entity. How each is stored and spoken:
 * - `money`: integer minor units of the company's currency; spoken as a decimal string ("12.50")
 * - `quantity`, `unitPrice`: integer at 10⁻⁶; spoken as a decimal string ("1.5")
 * - `percent`: integer at 10⁻⁶ of a percent (19 % = 19000000); spoken as "19"
 * - `rate`: integer at 10⁻⁸ (exchange rates, unit factors)
 * - `date`: "YYYY-MM-DD"; `dateTime`: UTC ISO
 * - `time`: "08:30", of no day and no zone; `duration`: whole minutes; `rating`: whole stars, from 1
 * - `sequence`: the next number of a series of the field's own, "INS-00001"
 * - `file`, `image`: "plan.pdf/48211/<id>": name, bytes and id of an upload that the record has taken over (`config/language/file-value.ts`)
 * - `richText`: a tree of paragraphs, headings, lists and quotes (`config/language/rich-text.ts`)
 * - `signature`: "Ann/<when>/<changed since>/<who>/<mark>" (`config/language/signature.ts`)
 * - `geolocation`: "geo:47.3769,8.5417;u=12" (`config/language/position.ts`)
 * - `sectionText`: a text of the form itself between its fields; it holds no value and is no column anywhere
 * - `table`: a list of rows, each an object of its columns that are filled; spoken with every column
 */
export type FieldType =
  | 'text' | 'longText' | 'email' | 'phone' | 'url'
  | 'time' | 'duration' | 'rating' | 'sequence'
  | 'integer' | 'quantity' | 'unitPrice' | 'money' | 'percent' | 'rate'
  | 'boolean' | 'date' | 'dateTime' | 'select' | 'relation' | 'json' | 'table' | 'file' | 'image' | 'richText' | 'signature' | 'geolocation' | 'sectionText'

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
  /** `relation`: what must hold of the record that is chosen; all of it. */
  readonly filter?: readonly RelationFilter[]
  /** `relation`: what is not there yet can be made from the form, by whoever may. */
  readonly quickCreate?: boolean
  /** Nobody enters it: it is what the field `of` of the record says that the reference `through` leads to, taken over whenever the row is saved. */
  readonly lookup?: { readonly through: string; readonly of: string }
  /** `table`: what each of its rows holds. */
  readonly columns?: readonly ColumnDefinition[]
  /** `quantity`, `integer`: what it is counted in, shown beside it ("kg"). */
  readonly unit?: string
  /** `text`: how it is written: A stands for a letter, 0 for a digit, * for either, all else for itself. */
  readonly mask?: string
  /** `text`: filled by a scanner, whose Enter goes on to the next field, or by the camera. */
  readonly scan?: boolean
  /** `sequence`: what its numbers begin with. */
  readonly prefix?: string
  /** A change of it is accepted together with a new signature only, in the field of this name. */
  readonly signedIn?: string
  /** `sectionText`: what it says below its label, plain; an empty line begins a paragraph, web addresses become links. */
  readonly content?: Text
  /** `sectionText`: it warns. */
  readonly warning?: boolean
  readonly minRows?: number
  readonly maxRows?: number
  /** Never leaves the server (secrets, machine snapshots). */
  readonly hidden?: boolean
  /** Left out of forms and lists unless asked for. */
  readonly advanced?: boolean
  /** A field of the firm: the own field of another type whose values it took over when it was published. */
  readonly convertedFrom?: string
  /** A field of the firm: the key that it had until a new version of Trellis shipped a field of that name. Whoever may not see that one does not see it either. */
  readonly formerly?: string
  /** A field of the firm that it has taken out of use: nobody meets it any more, what was entered is kept. */
  readonly retired?: boolean
  /** The fields that a rule makes its value of, also by way of others: whoever may not see one of them does not see this one. */
  readonly derivedFrom?: readonly string[]
  /** Where what a lookup takes over stands, and what it is made of there: whoever may not see one of these there does not see it here. */
  readonly takenFrom?: readonly { readonly entity: Pick<EntityDefinition, 'slug' | 'kind' | 'parent'>; readonly fields: readonly string[] }[]
}

/** `field` of the record referred to has this value, or the same as the field `same` of the row that refers to it (nothing is asked while that is empty). */
export type RelationFilter = { readonly field: string; readonly equals?: string | boolean; readonly same?: string }

/** A column of a table of rows. It may be of any type that is one value of the row itself: no reference, no table. */
export type ColumnDefinition = Omit<FieldDefinition, 'columns'> & {
  /** Of figures: their sum stands below them. */
  readonly total?: boolean
  /** Asked of every row by itself, about its own columns. */
  readonly rules?: ColumnRules
}
export type ColumnRules = Pick<FieldRules, 'required' | 'computed' | 'options' | 'checks'>

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
