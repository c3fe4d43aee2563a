import type { CommandContext } from '../commands/context.ts'
import { editDocument, linesOf } from '../commands/edit.ts'
import type { Row } from '../data/store.ts'

/** What an import found in the fields that it changed; all lines, where it changed lines. */
export type Before = { readonly values: Readonly<Record<string, unknown>>; readonly lines?: readonly Row[] }

/** Brings a document back to what an import found, by an edit of its own: its history shows both. */
export async function restoreDocument(context: CommandContext, entity: string, { id, before, reason }: { readonly id: string; readonly before: Before; readonly reason: string }): Promise<void> {
  const present = before.lines ? new Set((await linesOf(context, context.entity(entity), id)).map((line) => line.id)) : new Set<string>()
  // A line that the import removed comes back as a new one.
  const lines = before.lines?.map(({ createdAt: _, updatedAt: __, id: lineId, ...line }) => (present.has(lineId) ? { ...line, id: lineId } : line))
  await editDocument(context, entity, id, { values: before.values, reason, ...(lines ? { lines } : {}) })
}
