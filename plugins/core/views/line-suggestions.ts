import type { EntityDefinition } from '../../../config/language/entity.ts'
import type { Reference, TransitionDefinition, WorkflowDefinition, StateDefinition } from '../../../config/language/workflow.ts'
import type { Row } from '../data/store.ts'
import { speakRow } from '../entities/speak.ts'
import { isDecimal } from '../commands/defaults.ts'

/**
 * What the line grid of an event starts with.
 * - `open`: the event takes a part of each line; its own limit (the guard "at most what is open") fills the field.
 * - `change`: the event changes lines; their present values fill the fields, and only changed rows are sent.
 */
export type LineSuggestions = { readonly mode: 'open' | 'change'; readonly values: Readonly<Record<string, Readonly<Record<string, string | null>>>> }

type Question = {
  readonly definition: WorkflowDefinition
  readonly event: string
  readonly entity: EntityDefinition
  readonly lines: readonly Row[]
  readonly exponent: number
}

export function lineSuggestions({ definition, event, entity, lines, exponent }: Question): LineSuggestions | null {
  const inputs = definition.events[event]?.lineInput ?? []
  if (inputs.length === 0) return null
  const limit = limitOf(definition, event)
  const spoken = new Map(lines.map((line) => [line.id, speakRow(entity, line, exponent)]))
  if (limit) {
    const openOf = (line: Row) => {
      const open = limit.operands.reduce((sum, name) => sum + (name.startsWith('-') ? -number(line[name.slice(1)]) : number(line[name])), 0)
      return String(speakRow(entity, { id: '', [limit.like]: Math.max(0, open) } as Row, exponent)[limit.like] ?? '')
    }
    return { mode: 'open', values: Object.fromEntries(lines.map((line) => [line.id, { [limit.input]: openOf(line) }])) }
  }
  const own = inputs.filter(({ name }) => entity.fields.some((field) => field.name === name))
  return {
    mode: 'change',
    values: Object.fromEntries(lines.map((line) => [line.id, Object.fromEntries(own.map(({ name }) => {
      const value = spoken.get(line.id)?.[name]
      return [name, value === null || value === undefined ? null : String(value)]
    }))])),
  }

  /** The guard "input at most a sum of fields of the line": the input it limits and that sum. */
  function limitOf(workflow: WorkflowDefinition, name: string) {
    for (const guard of transitionsOf(workflow.states, name).flatMap(({ guards }) => guards ?? [])) {
      if (guard.type !== 'core.lineInput' || guard.params?.operator !== '<=') continue
      const [input] = namesOf(guard, 'left')
      const operands = namesOf(guard, 'right')
      const like = operands[0]?.replace('-', '')
      const field = entity.fields.find((candidate) => candidate.name === like)
      if (input && like && field && isDecimal(field)) return { input, operands, like }
    }
    return undefined
  }
}

const number = (value: unknown) => (typeof value === 'number' ? value : 0)

function namesOf(guard: Reference, side: 'left' | 'right'): string[] {
  const operand = guard.params?.[side]
  if (typeof operand !== 'object' || operand === null || Array.isArray(operand)) return []
  const { field, sum } = operand as { field?: string; sum?: string[] }
  return sum ?? (field === undefined ? [] : [field])
}

function transitionsOf(states: Readonly<Record<string, StateDefinition>>, event: string): TransitionDefinition[] {
  return Object.values(states).flatMap(({ on, states: inner }) => [
    ...[on?.[event] ?? []].flat() as TransitionDefinition[],
    ...(inner ? transitionsOf(inner, event) : []),
  ])
}
