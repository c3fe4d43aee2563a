import type { Text } from '../../../../config/language/text.ts'

/** What became of one arrow of a workflow when it was tried out. */
export type TriedTransition = { readonly transition: string; readonly taken: boolean; /** Why not. */ readonly why?: Text }

/** A workflow tried out by real commands: which arrows were taken, of all that it has. */
export type WalkReport = {
  readonly entity: string
  /** Of the definition. */
  readonly hash: string
  readonly at: string
  readonly seconds: number
  readonly walks: number
  readonly total: number
  readonly taken: number
  readonly transitions: readonly TriedTransition[]
}

/** `done` walks of `walks`. */
export type WalkProgress = { readonly done: number; readonly walks: number }
