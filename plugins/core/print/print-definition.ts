import type { Text } from '../../../config/language/text.ts'

/**
 * How documents of an entity look on paper: data only. Fields are named, never computed here; their labels and types
 * come from the entity. Whoever may not read one of the named fields cannot print the paper.
 */
export type PrintDefinition = {
  readonly entity: string
  readonly title: Text
  /** Another title where a field of the document has a value (a deposit invoice). */
  readonly titleBy?: { readonly field: string; readonly titles: Readonly<Record<string, Text>> }
  readonly addressee: Addressee
  /** A second address beside the first (ship to). */
  readonly otherAddress?: { readonly label: Text; readonly fields: readonly AddressSource[] }
  /** Printed beside the address, in this order, where they are filled. */
  readonly facts: readonly PrintField[]
  readonly columns: readonly PrintColumn[]
  /** The table of the document whose rows the paper lists; absent: its lines. */
  readonly rows?: string
  /** Net, tax lines and total under the lines; a paper without them shows no price at all. */
  readonly priced: boolean
  /** Amounts of the document under its total, where they are not zero (deposit, open). */
  readonly amounts?: readonly PrintField[]
  /** The payment term, and the deposit it asks for before delivery. */
  readonly payment?: { readonly deposit: boolean }
  /** Our bank account, with the number to quote. */
  readonly bank?: boolean
  /** Long texts under the totals, where they are filled (note, terms). */
  readonly texts: readonly string[]
  readonly closing?: Text
  /** Lines to sign on. */
  readonly signatures?: readonly Text[]
  /** States in which the paper carries the state's name across it, so that nobody takes it for a valid one. */
  readonly stampedIn: readonly string[]
}

export type Addressee = {
  readonly label: Text
  /** The relation that names the partner. */
  readonly field: string
  /** Where its address stands; the first that is filled counts. */
  readonly address: readonly AddressSource[]
}

/** A field of the document, or one of the partner. */
export type AddressSource = { readonly of: 'document' | 'partner'; readonly field: string }

export type PrintField = { readonly field: string; readonly label?: Text }

/**
 * A column of the lines. `description` without a text of its own is the part's name in the language of the paper; a
 * quantity carries its unit, a tax code shows its rate.
 */
export type PrintColumn = PrintField & {
  /** The field that says it in Chinese, where it is filled. */
  readonly inChinese?: string
  /** Left out when no line has a value. */
  readonly optional?: boolean
  /** Said under the description, with its label, where a line has a value. */
  readonly under?: boolean
}
