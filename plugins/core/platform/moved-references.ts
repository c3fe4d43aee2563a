import type { WorkflowLayer } from '../../../config/language/revision.ts'
import type { Json } from '../../../config/language/text.ts'

type Rename = (name: string) => string
export type Renames = { readonly keyOf: Rename; readonly lineKeyOf: Rename; /** Of the fields that an expression names. */ readonly inExpression: Rename }

/** Guards that speak of the lines of a document; all others, and all actions, speak of the document. */
const ofLines: ReadonlySet<string> = new Set(['core.lines', 'core.lineInput', 'core.sourceLines'])

/** The layer of a workflow, finished or not, with the keys that the fields have now that its guards and actions name. */
export const movedReferences = (layer: WorkflowLayer, renames: Renames): WorkflowLayer => moved(layer, renames) as WorkflowLayer

function moved(value: Json, renames: Renames): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map((one) => moved(one, renames))
  if (typeof value !== 'object' || value === null) return value
  const { type, params } = value as { readonly type?: Json; readonly params?: Json }
  if (typeof type === 'string' && typeof params === 'object' && params !== null) return { ...value, params: inParams(params, ofLines.has(type) ? { ...renames, keyOf: renames.lineKeyOf } : renames, '') }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, moved(inner, renames)]))
}

/** Parameters name fields under `field`, `relation`, `fields` and `sum`, however deep; in sums those that are subtracted begin with "-". */
function inParams(value: Json, renames: Renames, place: string): Json {
  const { keyOf, inExpression } = renames
  if (typeof value === 'string' && place === 'expression') return inExpression(value)
  if (typeof value === 'string') return naming.has(place) ? (value.startsWith('-') ? `-${keyOf(value.slice(1))}` : keyOf(value)) : value
  if (Array.isArray(value)) return (value as readonly Json[]).map((one) => inParams(one, renames, place))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, inParams(inner, renames, key)]))
}
const naming: ReadonlySet<string> = new Set(['field', 'relation', 'fields', 'sum'])
