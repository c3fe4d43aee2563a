import { canonicalJson } from '../../../workflows/engine/canonical.ts'

/** A definition as the text of a file: keys sorted, two spaces, so that equal definitions are equal files and a difference is seen line by line. */
export const definitionFile = (definition: object): string => `${JSON.stringify(JSON.parse(canonicalJson(definition)), null, 2)}\n`
