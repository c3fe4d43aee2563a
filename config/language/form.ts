import type { Text } from './text.ts'

/** A sentence of the expression language (`config/expression`), like `quantity > 10 && empty(note)`. */
export type Expression = string

/** What holds of a field while `when` does; `message` says so to people. */
export type Rule = { readonly when: Expression; readonly message?: Text }

/** What a field that is not shown means: its value goes; it stays, and entering another is refused; it stays, and what is entered is left aside. */
export type HiddenMeaning = 'clear' | 'keep' | 'ignore'

/** The rules of one field. They are asked in the browser while someone types and by the server when it is stored. */
export type FieldRules = {
  /** Shown while it holds. */
  readonly visible?: Expression
  readonly whenHidden?: HiddenMeaning
  readonly required?: Rule
  readonly readOnly?: Rule
  /** Its value is this; nobody enters it. */
  readonly computed?: Expression
  /** What it gets in a new document where nothing was entered. */
  readonly default?: Expression
  /** Of a choice: an option may be chosen while it holds; `option` is its key. */
  readonly options?: Rule
  readonly checks?: readonly { readonly holds: Expression; readonly message: Text }[]
}

/** A part of a form with a title of its own; its fields in their order, in at most so many columns as there is room for. */
export type FormSection = {
  readonly key: string
  readonly label: Text
  readonly columns: number
  readonly fields: readonly string[]
  /** Key of the tab or step that it stands in; without one in the first. */
  readonly part?: string
}

/** A tab or step of a form. */
export type FormPart = { readonly key: string; readonly label: Text }

/** How a form is laid out; fields that no section names follow in one of their own, in the last part. */
export type FormLayout = {
  readonly sections: readonly FormSection[]
  /** Absent: all sections below each other. Steps are gone through one by one in what is new, each checked before the next; in what is there already they are tabs. */
  readonly parts?: { readonly shownAs: 'tabs' | 'steps'; readonly list: readonly FormPart[] }
}

/** What a firm decides about the form of an entity. */
export type FormDefinition = {
  readonly rules: Readonly<Record<string, FieldRules>>
  /** Absent: the form as it is shipped, own fields at its end. */
  readonly layout?: FormLayout
}
