import type { Finding } from '../../../../config/language/refusal.ts'
import type { Json } from '../../../../config/language/text.ts'
import { checkJson, joinPath } from '../../../../workflows/engine/check-json.ts'
import { failInput } from '../../errors.ts'
import { mostCharacters, tooMuch } from '../draft-shape.ts'

/** A workflow as someone has begun to draw it: anything may be missing or wrong. */
export type WorkflowDraft = { readonly [property: string]: Json }

export const mostStates = 500
export const mostEvents = 300

/**
 * What can be kept of a workflow, finished or not: plain JSON of a size that can be drawn and proved.
 * @throws ProblemError 422 for what no draft can be
 */
export function workflowDraftOf(given: unknown): WorkflowDraft {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) failInput([notAnObject])
  const wrong = checkJson(given)
  if (wrong.length > 0) failInput(wrong.slice(0, 50).map((one) => ({ ...one, path: place(one.path) })))
  const draft = given as WorkflowDraft
  const empty = nullAt(draft, '')
  if (empty !== undefined) failInput([nullFinding(place(empty))])
  if (JSON.stringify(draft).length > mostCharacters) failInput([tooMuch('definition')])
  const [states, events] = [countStates(draft), Object.keys(objectOf(draft.events)).length]
  if (states > mostStates) failInput([tooManyStates(states)])
  if (events > mostEvents) failInput([tooManyEvents(events)])
  return draft
}

function countStates(node: Json | undefined): number {
  return Object.values(objectOf(objectOf(node).states)).reduce<number>((sum, state) => sum + 1 + countStates(state), 0)
}

/** The first property that is null: a patch could not tell it from one that is taken away. */
function nullAt(value: Json, path: string): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  for (const [key, inner] of Object.entries(value)) {
    const at = joinPath(path, key)
    const found = inner === null ? at : nullAt(inner, at)
    if (found !== undefined) return found
  }
  return undefined
}

const objectOf = (value: Json | undefined): { readonly [key: string]: Json } => (typeof value === 'object' && value !== null && !Array.isArray(value) ? value as { readonly [key: string]: Json } : {})
const place = (path: string) => (path ? `definition.${path}` : 'definition').slice(0, 200)

const notAnObject: Finding = {
  code: 'misshapen', path: 'definition', severity: 'error',
  message: { en: 'A workflow is an object with its events and states. docs/workflows.md shows one.', zh: '流程须为包含事件和状态的对象，示例见 docs/workflows.md。' },
}
const nullFinding = (path: string): Finding => ({
  code: 'misshapen', path, severity: 'error', message: { en: `${path} is null. Leave out what is not there.`, zh: `${path} 为 null，没有内容时请省略该属性。` },
})
const tooManyStates = (count: number): Finding => ({
  code: 'tooManyStates', path: 'definition.states', severity: 'error',
  message: { en: `${count} states are more than the ${mostStates} that one workflow may have. Make several workflows of it.`, zh: `状态数 ${count} 超过单个流程的上限 ${mostStates}，请拆分为多个流程。` },
})
const tooManyEvents = (count: number): Finding => ({
  code: 'tooManyEvents', path: 'definition.events', severity: 'error',
  message: { en: `${count} events are more than the ${mostEvents} that one workflow may have. Make several workflows of it.`, zh: `事件数 ${count} 超过单个流程的上限 ${mostEvents}，请拆分为多个流程。` },
})
