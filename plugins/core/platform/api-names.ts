import { formatNames } from 'payload'
import type { Finding } from '../../../config/language/refusal.ts'
import { wordsOfApi, wordsOfGraphql } from '../../../config/language/reserved-names.ts'
import type { RevisionInputs } from '../../../config/language/revision.ts'
import type { Text } from '../../../config/language/text.ts'
import { publishedFieldsOf } from './own-fields.ts'

const words: ReadonlySet<string> = new Set(wordsOfApi.map((word) => word.toLowerCase()))
const values: ReadonlySet<string> = new Set(wordsOfGraphql)

/**
 * New names that REST or GraphQL could not tell from their own: a type of that name, a condition, an enumeration value. What was published
 * before stays as it is.
 */
export function apiNameFindings(wanted: RevisionInputs, published: RevisionInputs): readonly Finding[] {
  return [...typeNameFindings(wanted, published), ...Object.entries(wanted.fields).flatMap(([slug, fields]) => {
    const before = new Map(publishedFieldsOf(published, slug).map((field) => [field.name, field]))
    return fields.flatMap(({ name, label, options }, index) => {
      const path = `fields.${slug}.${index}`
      const known = before.get(name)?.options?.map(({ value }) => value) ?? []
      const reserved = options?.find(({ value }) => values.has(value) && !known.includes(value))
      return [
        ...(words.has(name.toLowerCase()) && !before.has(name) ? [finding(`${path}.name`, { en: `The key "${name}" means something else in REST and GraphQL. Choose another key for ${label.en}.`, zh: `标识“${name}”在 REST 和 GraphQL 中另有含义，请为“${label.zh}”更换标识。` })] : []),
        ...(reserved ? [finding(`${path}.options`, { en: `The option key "${reserved.value}" of ${label.en} cannot be a value in GraphQL. Choose another key.`, zh: `“${label.zh}”的选项标识“${reserved.value}”不能作为 GraphQL 的取值，请更换。` })] : []),
      ]
    })
  })]
}

/** Each entity gives GraphQL a type for one, for several, and for what is entered: of two entities these may not be the same. */
function typeNameFindings({ entities = {} }: RevisionInputs, { entities: before = {} }: RevisionInputs): Finding[] {
  const names = new Map<string, string>()
  return Object.keys(entities).flatMap((slug) => {
    const { singular, plural } = formatNames(slug)
    const own = [singular, plural, `${singular}Input`]
    const other = own.map((name) => names.get(name)).find((found) => found !== undefined)
    for (const name of own) names.set(name, slug)
    if (!other || (Object.hasOwn(before, slug) && Object.hasOwn(before, other))) return []
    return [finding(`entities.${slug}`, { en: `"${slug}" and "${other}" would share a name in GraphQL. Choose another key.`, zh: `“${slug}”与“${other}”在 GraphQL 中重名，请更换标识。` })]
  })
}

const finding = (path: string, message: Text): Finding => ({ code: 'nameReserved', path, severity: 'error', message })
