import type { FieldDefinition } from '../../../../config/language/entity.ts'
import type { Text } from '../../../../config/language/text.ts'
import type { Platform } from '../../platform/platform.ts'

/** What the designer knows of the entity whose workflow is drawn. */
export type DesignedEntity = {
  readonly slug: string
  readonly label: Text
  readonly labels: Text
  /** Empty for one that was only begun. */
  readonly fields: readonly FieldDefinition[]
  readonly lineFields: readonly FieldDefinition[]
  /** What a field of an event may refer to. */
  readonly targets: readonly { readonly slug: string; readonly label: Text }[]
}

export function designedEntity({ entities }: Platform, { slug, label }: { readonly slug: string; readonly label: Text }): DesignedEntity {
  const known = entities.get(slug)
  const shown = (fields: readonly FieldDefinition[] = []) => fields.filter(({ hidden, type }) => !hidden && type !== 'sectionText')
  return {
    slug, label, labels: known?.labels ?? label, fields: shown(known?.fields), lineFields: shown(known?.lines && entities.get(known.lines.entity)?.fields),
    targets: [...entities.values()].filter(({ kind, retired }) => (kind === 'master' || kind === 'document') && !retired).map((entity) => ({ slug: entity.slug, label: entity.label })),
  }
}
