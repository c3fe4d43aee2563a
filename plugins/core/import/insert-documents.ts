import { newId, type CommandContext } from '../commands/context.ts'
import { defaultsOf } from '../commands/defaults.ts'
import type { Row } from '../data/store.ts'

export type ImportedDocument = {
  readonly values: Row
  /** Where its life stands; it has no steps before it. */
  readonly state?: string
  /** UTC ISO: since when it stands there. */
  readonly since?: string
  readonly lines?: readonly Row[]
}

/**
 * Stores many documents of an entity with their lines and one history row each (`import`: version 1, in the state they
 * come with), in the transaction of the command. They leave no events: nobody shall act on what happened years ago.
 * Values are stored ones and complete; numbers, traces and references are the caller's.
 */
export async function insertDocuments(
  context: CommandContext, { entity: slug, documents, exponent }: { readonly entity: string; readonly documents: readonly ImportedDocument[]; readonly exponent: number },
): Promise<void> {
  if (documents.length === 0) return
  const entity = context.entity(slug)
  const lineEntity = entity.lines && context.entity(entity.lines.entity)
  const compiled = context.platform.workflows.get(slug)
  const defaults = defaultsOf(entity.fields, exponent)
  const lineDefaults = lineEntity ? defaultsOf(lineEntity.fields, exponent) : {}
  const rows = documents.map(({ values, state, since }): Row => ({
    ...defaults, ...values, version: 1,
    ...(compiled && state ? { workflow: { state, definitionHash: compiled.hash, since: since ?? context.now } } : {}),
  }))
  await context.store.insertMany(slug, sameKeys(rows))
  if (entity.lines && lineEntity) {
    const { parentField } = entity.lines
    const lines = documents.flatMap(({ values, lines: own = [] }) =>
      own.map((line, index): Row => ({ ...lineDefaults, ...line, position: index + 1, [parentField]: values.id })))
    await context.store.insertMany(lineEntity.slug, sameKeys(lines))
  }
  await context.store.insertMany('history', documents.map(({ values, state }): Row => ({
    id: newId(), entity: slug, documentId: values.id, documentVersion: 1, at: context.now,
    actor: context.actor.id, actorName: context.actor.name, action: 'import', event: null, stateBefore: null,
    stateAfter: compiled && state ? state : null, definitionHash: compiled && state ? compiled.hash : null,
    guards: null, changes: null, reason: null, traceId: typeof values.traceId === 'string' ? values.traceId : null, cause: null,
  })))
}

/** One INSERT of many rows needs the same columns in each. */
function sameKeys(rows: readonly Row[]): Row[] {
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const empty = Object.fromEntries(keys.map((key) => [key, null]))
  return rows.map((row) => ({ ...empty, ...row }))
}
