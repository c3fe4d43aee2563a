import type { Payload, PayloadRequest, Where } from 'payload'
import type { Entities } from '../../../config/generated/entities.ts'

export type Row = { id: string } & Record<string, unknown>
/** A stored document: decimals as scaled integers, dates as texts, relations as ids. */
export type RowOf<E extends string> = E extends keyof Entities ? Entities[E] : Row
/** New values; `{ $inc: n }` adds to a number in the database, atomically. */
export type Changes<E extends string> = { [K in keyof RowOf<E>]?: RowOf<E>[K] | { $inc: number } | null }

export type FindQuery = { where?: Where; sort?: string | string[]; limit?: number; page?: number }
/** A row of the named fields. */
export type Picked<E extends string, K extends keyof RowOf<E>> = Pick<RowOf<E>, K> & { id: string }
export type SumQuery = {
  where?: Where
  groupBy?: readonly string[]
  fields: readonly string[]
  /** A moment among `groupBy` whose groups are its days ("2026-11-21"), by what the clock was then ahead of UTC. */
  days?: { readonly field: string; readonly shifts: readonly ClockShift[] }
  /** Only the groups with the largest of these sums, or of `count`. */
  top?: { readonly by: string; readonly limit: number }
}
/** How far a zone's clock is ahead of UTC before the moment `until` (UTC ISO; null: from the former one on). */
export type ClockShift = { readonly until: string | null; readonly minutes: number }

/**
 * The one port to the data, for commands and everything behind the API. It sees stored values and knows no access
 * rights: whoever calls it has checked them. Inside a command all calls share the command's transaction.
 */
export type Store = {
  readonly inTransaction: boolean
  get<E extends string>(entity: E, id: string): Promise<RowOf<E> | undefined>
  /** Throws 404 when there is none. */
  require<E extends string>(entity: E, id: string): Promise<RowOf<E>>
  findOne<E extends string>(entity: E, where: Where): Promise<RowOf<E> | undefined>
  find<E extends string>(entity: E, query?: FindQuery): Promise<RowOf<E>[]>
  /** Documents by id, in one query. */
  byIds<E extends string>(entity: E, ids: Iterable<string | null | undefined>): Promise<Map<string, RowOf<E>>>
  count(entity: string, where?: Where): Promise<number>
  insert<E extends string>(entity: E, row: Omit<RowOf<E>, 'createdAt' | 'updatedAt' | 'version'> & { version?: number }): Promise<void>
  /** Many flat rows at once. */
  insertMany(entity: string, rows: readonly Row[]): Promise<void>
  /** Changes the row if it (still) meets `where`, in one atomic statement. @returns whether it did */
  update<E extends string>(entity: E, id: string, changes: Changes<E>, where?: Where): Promise<boolean>
  remove(entity: string, where: Where): Promise<void>
  /** Sums of integer fields, grouped; one row a group: the group's fields, the sums and `count`. */
  sum(entity: string, query: SumQuery): Promise<Record<string, unknown>[]>
  /** All rows in the order of their ids, in pages, with bounded memory. */
  stream<E extends string>(entity: E, where?: Where): AsyncGenerator<RowOf<E>>
  /** `find` and `stream` of the named fields (and the id) alone: for work on very many rows. */
  findOnly<E extends string, K extends keyof RowOf<E> & string>(entity: E, only: readonly K[], query?: FindQuery): Promise<Picked<E, K>[]>
  streamOnly<E extends string, K extends keyof RowOf<E> & string>(entity: E, only: readonly K[], where?: Where): AsyncGenerator<Picked<E, K>>
  /** Takes the next number of a series, or the next `count`: the last of them; `gapless` numbers belong to the transaction and return with it. */
  nextNumber(series: string, options?: { gapless?: boolean; count?: number }): Promise<number>
  /** The series goes on behind this number, if it has not come so far. */
  raiseNumber(series: string, last: number): Promise<void>
}

/** What a database must add to Payload's own interface. */
export type Driver = Pick<Store, 'insertMany' | 'sum' | 'nextNumber' | 'raiseNumber'>

export type StoreRequest = Pick<PayloadRequest, 'transactionID' | 'payload'>

/** True for the databases' ways to say "someone else was faster, run the transaction again". */
export type IsConflict = (error: unknown) => boolean

export type DriverOf = (payload: Payload, request: StoreRequest) => Driver
