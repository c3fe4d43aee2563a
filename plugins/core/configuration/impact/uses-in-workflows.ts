import type { Text } from '../../../../config/language/text.ts'
import type { Reference, StateDefinition, TransitionDefinition, WorkflowDefinition } from '../../../../config/language/workflow.ts'
import type { Platform } from '../../platform/platform.ts'
import type { Asked, Use } from './use.ts'

/** Guards that speak of the lines of a document; all others speak of the document. */
const ofLines: ReadonlySet<string> = new Set(['core.lines', 'core.lineInput', 'core.sourceLines'])

/** Steps of the workflow that ask for the field or write it, and steps that ask for a record of the entity. */
export function usesInWorkflows({ workflows }: Pick<Platform, 'workflows'>, { entity, name }: Asked): readonly Use[] {
  if (name === undefined) return [...workflows.values()].flatMap(({ definition }) => eventsThatAskFor(definition, entity.slug))
  const definition = workflows.get(entity.parent?.entity ?? entity.slug)?.definition
  if (!definition) return []
  const isLine = entity.parent !== undefined
  const names = (references: readonly Reference[] | undefined) => (references ?? []).some(({ type, params }) => ofLines.has(type) === isLine && namedIn(params).has(name))
  const found = new Map<string, { guards: boolean; actions: boolean }>()
  for (const { event, transition } of transitionsOf(definition.states)) {
    const known = found.get(event) ?? { guards: false, actions: false }
    found.set(event, { guards: known.guards || names(transition.guards), actions: known.actions || names(transition.actions) })
  }
  return [...found].filter(([, { guards, actions }]) => guards || actions).map(([event, { guards, actions }]): Use => ({
    kind: 'workflow', label: titled(definition, event), note: guards && actions ? notes.both : guards ? notes.guards : notes.actions, href: `/admin/collections/${definition.entity}`, first: true,
  }))
}

function eventsThatAskFor(definition: WorkflowDefinition, slug: string): Use[] {
  return Object.entries(definition.events).filter(([, { input = [], lineInput = [], newLines = [] }]) => [...input, ...lineInput, ...newLines].some(({ to }) => to === slug))
    .map(([event]) => ({ kind: 'workflow', label: titled(definition, event), note: notes.asksForRecord, href: `/admin/collections/${definition.entity}` }))
}

function transitionsOf(states: Readonly<Record<string, StateDefinition>>): { readonly event: string; readonly transition: TransitionDefinition }[] {
  return Object.values(states).flatMap(({ on = {}, onDone, states: inner = {} }) => [
    ...Object.entries(on).flatMap(([event, candidates]) => [candidates].flat().map((transition) => ({ event, transition: transition as TransitionDefinition }))),
    ...(onDone ? [{ event: '', transition: onDone }] : []),
    ...transitionsOf(inner),
  ])
}

/** What parameters name under `field`, `fields`, `sum` and `relation`, however deep. */
function namedIn(params: unknown): ReadonlySet<string> {
  if (typeof params !== 'object' || params === null) return new Set()
  return new Set(Object.entries(params).flatMap(([key, value]: [string, unknown]) => {
    const named = key === 'field' || key === 'relation' ? [value] : key === 'fields' || key === 'sum' ? [value].flat() : []
    return [...named.filter((one) => typeof one === 'string').map((one) => one.replace(/^-/, '')), ...namedIn(value)]
  }))
}

const titled = ({ label, events }: WorkflowDefinition, event: string): Text => {
  const step = events[event]?.label
  return step ? { en: `${label.en}: ${step.en}`, zh: `${label.zh}：${step.zh}` } : label
}

const notes = {
  guards: { en: 'asks for it before the step', zh: '作为步骤条件' },
  actions: { en: 'writes it with the step', zh: '由步骤写入' },
  both: { en: 'asks for it before the step, and writes it', zh: '作为步骤条件并写入' },
  asksForRecord: { en: 'asks for one of them', zh: '步骤中选择' },
} as const satisfies Record<string, Text>
