import type { Tone } from '../../config/language/entity.ts'
import type { Reference, WorkflowDefinition } from '../../config/language/workflow.ts'
import type { Text } from '../../config/language/text.ts'
import { resolveTarget, stateNodes, type Candidate, type StateNode } from './nodes.ts'

export type StatechartNode = {
  /** Path of the state; the parts of a document's state text name the nodes it stands in. */
  readonly id: string
  readonly parent?: string
  readonly label: Text
  readonly tone: Tone
  readonly kind: StateNode['kind']
  /** How deep a history state remembers. */
  readonly history?: 'shallow' | 'deep'
  /** Entered first among its siblings. */
  readonly initial: boolean
  /** Steps of its approval, in order. */
  readonly approval?: readonly Text[]
}

export type StatechartEdge = {
  /** Key of the arrow, as in `transitions` of a step. */
  readonly id: string
  readonly from: string
  /** The state itself when the event is handled without leaving it (`stays`). */
  readonly to: string
  readonly stays: boolean
  /** Absent for a join, which is taken by itself. */
  readonly event?: string
  readonly label: Text
  readonly tone: Tone
  readonly primary: boolean
  readonly roles?: readonly string[]
  readonly guards: readonly Reference[]
  readonly actions: readonly Reference[]
  /** Delay of a timer, or length of a deadline, of this state that sends the event. */
  readonly delay?: string
}

export type Statechart = { readonly nodes: readonly StatechartNode[]; readonly edges: readonly StatechartEdge[] }

/**
 * What to draw of a definition; where is left to the layout. Also draws unfinished definitions: an arrow to a state that
 * does not exist is left out, an event that is not defined is labelled with its name.
 */
export function statechart(definition: WorkflowDefinition): Statechart {
  const nodes = stateNodes(definition)
  const list = [...nodes.values()]
  return {
    nodes: list.map((node) => ({
      id: node.path,
      ...(node.parent && { parent: node.parent.path }),
      label: node.definition.label,
      tone: node.definition.tone ?? 'neutral',
      kind: node.kind,
      ...(node.kind === 'history' && { history: node.definition.history ?? 'shallow' }),
      initial: isInitial(definition, node),
      ...(node.definition.approval && { approval: node.definition.approval.steps.map((step) => step.label) }),
    })),
    edges: list.flatMap((node) =>
      node.candidates.flatMap((candidate) => {
        const target = candidate.target === undefined ? node : resolveTarget(nodes, node, candidate.target)
        return target ? [edge({ definition, node, candidate, to: target.path })] : []
      }),
    ),
  }
}

function isInitial(definition: WorkflowDefinition, { path, parent }: StateNode): boolean {
  if (!parent) return definition.initial === path
  return parent.kind === 'parallel' || `${parent.path}.${parent.definition.initial}` === path
}

type EdgeContext = { readonly definition: WorkflowDefinition; readonly node: StateNode; readonly candidate: Candidate; readonly to: string }

function edge({ definition, node, candidate, to }: EdgeContext): StatechartEdge {
  const { key, event, guards, actions } = candidate
  const defined = event !== undefined && Object.hasOwn(definition.events, event) ? definition.events[event] : undefined
  const { after = {}, sla } = node.definition
  const [delay = sla?.event === event ? sla?.within : undefined] = Object.entries(after).find(([, sent]) => sent === event) ?? []
  return {
    id: key,
    from: node.path,
    to,
    stays: candidate.target === undefined,
    ...(event !== undefined && { event }),
    label: event === undefined ? joinLabel : (defined?.label ?? { en: event, zh: event }),
    tone: defined?.tone ?? 'neutral',
    primary: defined?.primary ?? false,
    ...(defined?.roles && { roles: defined.roles }),
    guards,
    actions,
    ...(delay !== undefined && { delay }),
  }
}

const joinLabel: Text = { en: 'All inside done', zh: '内部全部完成' }
