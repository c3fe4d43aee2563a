import type { Where } from 'payload'
import type { Tone } from '../../../config/language/entity.ts'
import type { Text } from '../../../config/language/text.ts'
import type { Store } from '../data/store.ts'

/** A number with its unit. `money`: minor units; `count`, `days`: whole numbers. */
export type Measure = { readonly kind: 'money' | 'count' | 'days'; readonly value: number }

/** One sign of the firm's health on the home page. */
export type Figure = {
  readonly name: string
  readonly label: Text
  /** What it says, and what to do when it is bad. */
  readonly meaning: Text
  /** What one must be able to read in full to see it: `entity` or `entity.field`. */
  readonly reads: readonly string[]
  load(store: Store, question: { readonly today: string }): Promise<FigureResult>
}

export type FigureResult = {
  readonly tone: Tone
  /** The verdict in two or three words. */
  readonly verdict: Text
  readonly measure: Measure
  /** What it was computed from. */
  readonly sources: readonly FigureSource[]
}

/** `query`: of the list that shows the rows behind it, as in `views/list-query.ts`. */
export type FigureSource = Measure & { readonly label: Text; readonly entity?: string; readonly query?: string }

/** A small chart on the home page, with the table behind it. */
export type Chart = {
  readonly name: string
  readonly label: Text
  readonly meaning: Text
  readonly reads: readonly string[]
  readonly kind: Measure['kind']
  readonly series: readonly { readonly label: Text; readonly tone: Tone }[]
  load(store: Store, question: { readonly today: string }): Promise<readonly ChartRow[]>
}

/** `from`: first day of the span; `label`: where the day is not the name ("Overdue"). One value a series. */
export type ChartRow = { readonly from: string; readonly label?: Text; readonly values: readonly number[] }

/** What a new firm does first. Done when the entity has a row (that meets `where`). */
export type FirstStep = {
  readonly name: string
  readonly label: Text
  readonly help: Text
  readonly entity: string
  readonly where?: Where
  /** So many rows instead of one. */
  readonly atLeast?: number
  /** Where to do it, when that is not the entity's own list. */
  readonly at?: string
}
