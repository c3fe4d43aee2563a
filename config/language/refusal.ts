import type { Text } from './text.ts'

/** Why something may not happen: a sentence naming the rule and the remedy, in both languages. */
export type Refusal = { readonly code: string; readonly message: Text; readonly path?: string }

/** A finding about a user's input or a definition; a value, never an exception. */
export type Finding = {
  readonly code: string
  readonly path: string
  readonly severity: 'error' | 'warning'
  readonly message: Text
}
