import type { RevisionInputs } from './language/revision.ts'

/** Fields of the firm that go on under another key, and the revision that says so. */
export type KeyMove = {
  readonly moved: readonly { readonly entity: string; readonly from: string; readonly to: string }[]
  /** Of that revision, which follows the current one. */
  readonly number: number
  /** Its row, made when it is stored; `at`: UTC ISO. */
  readonly row: () => { readonly id: string; readonly number: number; readonly inputs: RevisionInputs; readonly actor: string; readonly at: string }
}
