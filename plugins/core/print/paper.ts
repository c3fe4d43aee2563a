import type { Language } from '../../../config/language/text.ts'

/** A document in words, ready to be laid out: every text final, in one language. */
export type Paper = {
  readonly language: Language
  readonly title: string
  /** The number, or the word for "draft" while it has none. */
  readonly number: string
  /** Across the page, on papers that are not valid (yet). */
  readonly stamp: string | null
  readonly letterhead: { readonly name: string; readonly otherName: string | null; readonly lines: readonly string[] }
  readonly addresses: readonly { readonly label: string; readonly lines: readonly string[] }[]
  readonly facts: readonly Labelled[]
  readonly columns: readonly PaperColumn[]
  readonly rows: readonly (readonly string[])[]
  readonly totals: readonly (Labelled & { readonly strong: boolean })[]
  /** The total as Chinese business papers in renminbi write it out. */
  readonly amountInWords: Labelled | null
  readonly sections: readonly Labelled[]
  readonly closing: string | null
  readonly signatures: readonly string[]
  readonly footer: readonly string[]
  /** With {page} and {pages}. */
  readonly pageLabel: string
}

export type Labelled = { readonly label: string; readonly value: string }
export type PaperColumn = { readonly label: string; readonly align: 'left' | 'right'; readonly width: number | 'auto' | '*' }
