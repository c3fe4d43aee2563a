import type { EditDraft } from '../commands/edit.ts'
import { differences } from '../commands/record.ts'

/** Whether an edit leaves the document and all its lines as they stand. */
export const isUnchanged = ({ previous, document, previousLines, lines }: EditDraft): boolean =>
  Object.keys(differences(previous, document)).length === 0 && lines.length === previousLines.length
  && previousLines.every((before, index) => {
    const after = lines[index]
    return after?.id === before.id && Object.keys(differences(before, after)).length === 0
  })
