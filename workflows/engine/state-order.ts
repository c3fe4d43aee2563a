import type { WorkflowDefinition } from '../../config/language/workflow.ts'
import { statechart } from './picture.ts'

/** The outermost states in the order in which a document comes to them by the fewest steps; then those where things went wrong, and last where one may stay for good. */
export function stateOrder(definition: WorkflowDefinition): string[] {
  const names = Object.keys(definition.states)
  const topOf = (path: string) => path.split('.', 1)[0] ?? path
  const next = new Map<string, string[]>(names.map((name) => [name, []]))
  for (const { from, to } of statechart(definition).edges) next.get(topOf(from))?.push(topOf(to))
  const order = new Set(names.includes(definition.initial) ? [definition.initial] : [])
  // A set goes on over what is added to it meanwhile.
  for (const name of order) for (const to of next.get(name) ?? []) order.add(to)
  for (const name of names) order.add(name)
  const rank = (name: string) => {
    const { type, resting, tone } = definition.states[name] ?? {}
    return type === 'final' || resting ? 2 : tone === 'bad' ? 1 : 0
  }
  return [...order].toSorted((a, b) => rank(a) - rank(b))
}
