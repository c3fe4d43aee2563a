import type { RevisionInputs } from '../../../config/language/revision.ts'
import type { Text } from '../../../config/language/text.ts'

/** What shall be published on top of revision `base`. */
export type PublishRequest = { readonly base: number; readonly inputs: RevisionInputs; readonly actor: string }

/** A publication that this process has asked for and that is not over, or came to nothing. One that succeeds ends this process. */
export type Publication = {
  /** The revision it shall become. */
  readonly number: number
  readonly actor: string
  /** UTC ISO. */
  readonly at: string
  readonly problem?: Text
  /** What the process that did not start said, in English, for whoever runs the installation. */
  readonly detail?: string
}

/** Who starts a process with a new configuration: the front, where one holds this process. */
export type Publisher = {
  /** Someone has something to publish: what can be made ready for it is. */
  readonly expect: () => void
  readonly publish: (request: PublishRequest) => void
  readonly publication: () => Publication | undefined
}

/* The process holds several bundles of this file (the server's, the panel's): they must mean the same publisher, hence globalThis. */
const key = Symbol.for('trellis.publisher')
type Holder = { [key]?: Publisher }

export function providePublisher(publisher: Publisher | undefined): void {
  if (publisher) (globalThis as Holder)[key] = publisher
  else delete (globalThis as Holder)[key]
}

/** Absent: this process runs by itself (development), and nobody could take over from it. */
export const publisherOfProcess = (): Publisher | undefined => (globalThis as Holder)[key]
