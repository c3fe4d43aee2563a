import { initialTransition, setup, transition } from 'xstate'
import type { Reference, SlaDefinition, WorkflowDefinition } from '../../config/language/workflow.ts'
import { defaultOf, historiesInUse, resolveTarget, type Candidate, type StateNode, type StateNodes } from './nodes.ts'
import type { Memory } from './memory.ts'

/** Outcome of each guard by `guardKey`; a guard that is not named does not hold. */
export type Verdicts = Readonly<Record<string, boolean>>

export type Timer = {
  /** Unique within a document: the state and the delay. */
  readonly key: string
  /** Name of a registered delay or an ISO 8601 duration; see `dueAt`. */
  readonly delay: string
  /** Event the runner sends, as `system`, when it is due. */
  readonly event: string
}

/** How long a state that was entered may last. */
export type Deadline = {
  /** The state's path; unique within a document. */
  readonly key: string
  readonly sla: SlaDefinition
}

/** What one event did, counted over all steps it caused. */
export type Effects = {
  readonly actions: readonly Reference[]
  /** Keys of the arrows taken, in order. */
  readonly transitions: readonly string[]
  /** Carry out `cancel` before `start`: a state entered again has its key in both. */
  readonly timers: { readonly start: readonly Timer[]; readonly cancel: readonly string[] }
  /** Likewise. */
  readonly deadlines: { readonly start: readonly Deadline[]; readonly cancel: readonly string[] }
  /** Paths of states with an approval: entered and left. Carry out `close` before `open`. Absent: none. */
  readonly approvals?: { readonly open: readonly string[]; readonly close: readonly string[] }
}

export type Machine = ReturnType<typeof buildMachine>
export type MachineSnapshot = ReturnType<Machine['resolveState']>

/**
 * The statechart for XState. No name of the definition becomes an action or guard name of XState: there is one
 * action, which carries the rest as parameters, and one guard, which looks up the verdicts reached before the step. Guards are therefore evaluated by us (all of them, with reasons), and XState decides what follows.
 */
export function buildMachine(definition: WorkflowDefinition, nodes: StateNodes) {
  const states: Record<string, StateConfig> = {}
  const context = { nodes, histories: historiesInUse(nodes) }
  for (const name of Object.keys(definition.states)) states[name] = stateConfig(context, name)
  // The check refuses joins without end; should one slip through, an exception is better than a process that hangs.
  return platform.createMachine({ id: rootId, initial: definition.initial, states, options: { maxIterations: 1000 } })
}

export function enterInitial(machine: Machine): readonly [MachineSnapshot, Effects] {
  const [snapshot, actions] = initialTransition(machine)
  return [snapshot, collectEffects(actions)]
}

export function sendEvent(machine: Machine, snapshot: MachineSnapshot, event: WorkflowEvent): readonly [MachineSnapshot, Effects] {
  const [next, actions] = transition(machine, snapshot, event)
  return [next, collectEffects(actions)]
}

/** The snapshot of a state, with what its history states remember. */
export function resolveSnapshot(machine: Machine, value: Parameters<Machine['resolveState']>[0]['value'], memory: Memory = {}): MachineSnapshot {
  const historyValue = Object.fromEntries(Object.entries(memory).map(([history, state]) => [`${rootId}.${history}`, state.split('|').map((path) => machine.getStateNodeById(`${rootId}.${path}`))]))
  return machine.resolveState({ value, historyValue })
}

/** What the history states of a snapshot remember; undefined where there is nothing. */
export function memoryOf({ historyValue }: MachineSnapshot): Memory | undefined {
  const known = Object.entries(historyValue).map(([id, states]) => [id.slice(rootId.length + 1), states.map(({ path }) => path.join('.')).sort().join('|')] as const)
  return known.length > 0 ? Object.fromEntries(known.sort(([a], [b]) => (a < b ? -1 : 1))) : undefined
}

/** What a step reports; the parameters of the one action there is. */
type Note =
  | { readonly kind: 'taken'; readonly key: string }
  | { readonly kind: 'action'; readonly action: Reference }
  | { readonly kind: 'startTimer'; readonly timer: Timer }
  | { readonly kind: 'cancelTimer'; readonly key: string }
  | { readonly kind: 'openApproval'; readonly path: string }
  | { readonly kind: 'closeApproval'; readonly path: string }
  | { readonly kind: 'startDeadline'; readonly deadline: Deadline }
  | { readonly kind: 'cancelDeadline'; readonly key: string }

type WorkflowEvent = { readonly type: string; readonly verdicts: Verdicts }

const platform = setup({
  types: { events: {} as WorkflowEvent },
  guards: {
    held: ({ event }, { keys }: { readonly keys: readonly string[] }) => keys.every((key) => event.verdicts[key] === true),
  },
  actions: {
    /** Never run: `transition` returns it with its parameters. */
    note: (_, _note: Note) => {},
  },
})

type MachineConfig = Parameters<typeof platform.createMachine>[0]
type StateConfig = NonNullable<MachineConfig['states']>[string]

const rootId = 'workflow'

type Context = { readonly nodes: StateNodes; readonly histories: ReadonlySet<StateNode> }

function stateConfig(context: Context, path: string): StateConfig {
  const { nodes, histories } = context
  const node = nodes.get(path)
  if (!node) throw new Error(`No state "${path}"`)
  const { definition, kind, children } = node
  const timers = timersOf(node)
  const { sla } = definition
  if (kind === 'history') {
    const first = defaultOf(nodes, node)
    return { type: 'history', history: definition.history ?? 'shallow', ...(first && { target: `#${rootId}.${first.path}` }) }
  }
  const states: Record<string, StateConfig> = {}
  const remembering = node.histories.filter((history) => [...histories].some((used) => used.path === history))
  for (const child of [...children, ...remembering]) states[child.slice(path.length + 1)] = stateConfig(context, child)
  const on: Record<string, ReturnType<typeof arrow>[]> = {}
  for (const candidate of node.candidates) {
    if (candidate.event !== undefined) (on[candidate.event] ??= []).push(arrow(nodes, node, candidate))
  }
  const join = node.candidates.find((candidate) => candidate.event === undefined)
  return {
    ...(kind === 'final' || kind === 'parallel' ? { type: kind } : {}),
    ...(definition.initial !== undefined && { initial: definition.initial }),
    ...(children.length > 0 && { states }),
    ...(join && { onDone: arrow(nodes, node, join) }),
    on,
    entry: [...timers.map((timer) => note({ kind: 'startTimer', timer })), ...(sla ? [note({ kind: 'startDeadline', deadline: { key: path, sla } })] : []), ...(definition.approval ? [note({ kind: 'openApproval', path })] : [])],
    exit: [...timers.map(({ key }) => note({ kind: 'cancelTimer', key })), ...(sla ? [note({ kind: 'cancelDeadline', key: path })] : []), ...(definition.approval ? [note({ kind: 'closeApproval', path })] : [])],
  }
}

function arrow(nodes: StateNodes, source: StateNode, candidate: Candidate) {
  const target = candidate.target === undefined ? undefined : resolveTarget(nodes, source, candidate.target)
  return {
    ...(target && { target: `#${rootId}.${target.path}` }),
    // A target that names its own state leaves and enters it again, as its author says; XState alone would stay inside.
    ...(target === source && { reenter: true }),
    ...(candidate.guardKeys.length > 0 && { guard: { type: 'held' as const, params: { keys: candidate.guardKeys } } }),
    actions: [note({ kind: 'taken', key: candidate.key }), ...candidate.actions.map((action) => note({ kind: 'action', action }))],
  }
}

function note(params: Note) {
  return { type: 'note' as const, params }
}

export function timersOf(node: StateNode): Timer[] {
  return Object.entries(node.definition.after ?? {}).map(([delay, event]) => ({ key: `${node.path}:${delay}`, delay, event }))
}

type Executable = ReturnType<typeof initialTransition<Machine>>[1][number]

function collectEffects(executables: readonly Executable[]): Effects {
  const actions: Reference[] = []
  const transitions: string[] = []
  const timers = startedAndCancelled<Timer>()
  const deadlines = startedAndCancelled<Deadline>()
  const approvals = startedAndCancelled<{ readonly key: string }>()
  for (const executable of executables) {
    if (executable.type !== 'note') continue
    const { params } = executable
    switch (params.kind) {
      case 'taken': transitions.push(params.key); break
      case 'action': actions.push(params.action); break
      case 'startTimer': timers.start(params.timer); break
      case 'cancelTimer': timers.cancel(params.key); break
      case 'startDeadline': deadlines.start(params.deadline); break
      case 'cancelDeadline': deadlines.cancel(params.key); break
      case 'openApproval': approvals.start({ key: params.path }); break
      case 'closeApproval': approvals.cancel(params.path)
    }
  }
  const approved = approvals.result()
  return {
    actions, transitions, timers: timers.result(), deadlines: deadlines.result(),
    ...(approved.start.length + approved.cancel.length > 0 && { approvals: { open: approved.start.map(({ key }) => key), close: approved.cancel } }),
  }
}

/** What was started and cancelled by the same event never existed outside. */
function startedAndCancelled<Item extends { readonly key: string }>() {
  const started = new Map<string, Item>()
  const cancelled = new Set<string>()
  return {
    start: (item: Item) => { started.set(item.key, item) },
    cancel: (key: string) => { if (!started.delete(key)) cancelled.add(key) },
    result: () => ({ start: [...started.values()], cancel: [...cancelled] }),
  }
}
