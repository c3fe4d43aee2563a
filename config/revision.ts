import { shippedRevision, type Revision } from './language/revision.ts'

/*
 * A process runs one revision. It is chosen before the configuration is evaluated, and every instance of the configuration
 * in the process (the server's own, and one in each bundle of the panel) must be built from it: hence globalThis.
 */
const key = Symbol.for('trellis.revision')
type Holder = { [key]?: Revision | Promise<Revision> }

/** Chooses the revision of this process, or says that it will be chosen; to be called before `payload.config.ts` is imported. */
export function useRevision(revision: Revision | Promise<Revision>): void {
  (globalThis as Holder)[key] = revision
}

/** What this process runs; where nobody has chosen (builds, generators): what is shipped. */
export function revisionOfProcess(): Revision | Promise<Revision> {
  return (globalThis as Holder)[key] ?? shippedRevision
}
