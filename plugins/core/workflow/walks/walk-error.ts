import type { Text } from '../../../../config/language/text.ts'

/** A walk cannot go on, though nothing refused: what it expects is not there. */
export class WalkError extends Error {
  override readonly name = 'WalkError'
  constructor(readonly sentence: Text) {
    super(sentence.en)
  }
}
