import type { EntityDefinition, FieldDefinition } from '../../../config/language/entity.ts'
import { isSectionText } from '../../../config/language/fields.ts'
import { hashOf } from '../../../workflows/engine/canonical.ts'
import type { Row } from '../data/store.ts'
import { allFields } from '../entities/system-fields.ts'

/** A document as it stood when its approval was asked for: stored values. */
export type Content = { readonly document: Row; readonly lines: readonly Row[] }

type Watching = { readonly entity: EntityDefinition; readonly lineEntity: EntityDefinition | undefined; readonly watch: readonly string[] | undefined }

/** All fields of the document and of its lines, for those who look at it later. */
export function contentOf({ entity, lineEntity }: Omit<Watching, 'watch'>, { document, lines }: Content): Content {
  return {
    document: { ...picked(allFields(entity), document), id: document.id },
    lines: lineEntity ? lines.map((line) => ({ ...picked(allFields(lineEntity), line), id: line.id })) : [],
  }
}

/** The same as long as nothing that the approval watches differs. */
export function hashOfContent({ entity, lineEntity, watch }: Watching, { document, lines }: Content): string {
  const ofDocument = watched(entity, watch?.filter((name) => name !== 'lines' && !name.startsWith('lines.')))
  const named = watch?.flatMap((name) => (name.startsWith('lines.') ? [name.slice('lines.'.length)] : []))
  const ofLines = lineEntity ? watched(lineEntity, watch === undefined || watch.includes('lines') ? undefined : named).filter(({ name }) => name !== lineEntity.parent?.field) : []
  return hashOf(JSON.parse(JSON.stringify({ document: picked(ofDocument, document), lines: ofLines.length > 0 ? lines.map((line) => picked(ofLines, line)) : [] })))
}

/** Without names: what people enter. */
function watched({ fields }: EntityDefinition, names: readonly string[] | undefined): readonly FieldDefinition[] {
  const holding = fields.filter((field) => !isSectionText(field))
  return names ? holding.filter(({ name }) => names.includes(name)) : holding.filter(({ readOnly, hidden, retired }) => !readOnly && !hidden && !retired)
}

const picked = (fields: readonly FieldDefinition[], row: Row): Record<string, unknown> => Object.fromEntries(fields.map(({ name }) => [name, row[name] ?? null]))
