import type { Text } from '../../config/language/text.ts'
import type { EntityFieldsView } from '../../plugins/core/configuration/configuration-view.ts'

/** What is wrong with the own field at an index, by the rest of its path: "label.en". */
export const fieldFindings = (view: EntityFieldsView): ReadonlyMap<number, ReadonlyMap<string, Text>> =>
  new Map([...grouped(view, ['fields', view.slug])].map(([index, own]) => [Number(index), own]))

/** What is wrong with the rules of a field, by the rest of their path: "checks.0.holds"; a circle has none. */
export const ruleFindings = (view: EntityFieldsView): ReadonlyMap<string, ReadonlyMap<string, Text>> => grouped(view, ['forms', view.slug, 'rules'])

function grouped({ findings }: EntityFieldsView, under: readonly string[]): ReadonlyMap<string, ReadonlyMap<string, Text>> {
  const groups = new Map<string, Map<string, Text>>()
  for (const { path, message } of findings) {
    const parts = path.split('.')
    if (!under.every((part, index) => parts[index] === part)) continue
    const [name = '', ...rest] = parts.slice(under.length)
    groups.set(name, (groups.get(name) ?? new Map<string, Text>()).set(rest.join('.'), message))
  }
  return groups
}
