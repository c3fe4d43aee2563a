import { say } from '../messages.ts'
import { stateLabel } from '../describe.ts'
import { isInside, withAround } from './chart.ts'
import { wayTo, type Explored, type Reached } from './explore.ts'
import { certain, possible, type ProofFinding, type Subject } from './proof.ts'

/**
 * Configurations from which no end can be reached, whatever holds. An end is where a document may stay for good: the workflow
 * is over, or every region rests (`resting`). Without any end in the definition only being stuck is told, as a possibility.
 */
export function findTraps({ chart, explored }: Subject): ProofFinding[] {
  const leaving = new Set(explored.edges.from)
  const stuck = explored.reached.filter((one) => one.index < explored.expanded && !leaving.has(one.index) && !isEnd(one))
  if (!chart.states.some((state) => state.node?.definition.resting || (state.kind === 'final' && state.parent === chart.root))) {
    return [noEnd(), ...[...onePerPlace(stuck)].map(([path, one]) => possible({ code: 'stuck', path, message: stuckText(one), example: wayTo(one.link) }))]
  }
  const toEnd = endsReachable(explored)
  const trapped = explored.reached.filter((one) => !toEnd[one.index])
  const [start] = explored.reached
  if (trapped.length === 0 || !start) return []
  const all = trapped.includes(start)
  const stuckFirst = [...stuck, ...trapped.filter(({ link }) => link && toEnd[link.before.index])]
  return [
    ...(all ? [certain({ code: 'no-way-to-end', path: 'initial', message: say('From the start no end can be reached, whatever happens. Lead a path to a final state.', '从初始状态出发，无论如何都无法到达终点。请设置通往终止状态的路径。') })] : []),
    ...[...onePerPlace(stuckFirst)].map(([path, one]) => {
      const isStuck = stuck.includes(one)
      const code = !isStuck ? 'trap' : one.leaves.length > 1 ? 'deadlock' : 'stuck'
      return certain({ code, path, message: isStuck ? stuckText(one) : trapText(one), example: wayTo(one.link) })
    }),
  ]
}

/** Whether an end can be reached from each configuration; from those that were not followed it may be. */
function endsReachable({ reached, expanded, edges }: Explored): boolean[] {
  const back: number[][] = reached.map(() => [])
  edges.to.forEach((to, index) => back[to]?.push(edges.from[index] ?? 0))
  const ends = reached.flatMap((one) => (isEnd(one) || one.index >= expanded ? [one.index] : []))
  const seen = reached.map(() => false)
  for (const index of ends) seen[index] = true
  for (const index of ends) {
    for (const before of back[index] ?? []) {
      if (seen[before]) continue
      seen[before] = true
      ends.push(before)
    }
  }
  return seen
}

export function isEnd({ leaves }: Reached): boolean {
  return leaves.every((leaf) => (leaf.kind === 'final' && leaf.parent?.parent === undefined) || withAround(leaf).some(({ node }) => node?.definition.resting))
}

/** On the state itself, or on the one around all regions. */
function onePerPlace(list: readonly Reached[]): Map<string, Reached> {
  const places = new Map<string, Reached>()
  for (const one of list) {
    const [first] = one.leaves
    const around = first && withAround(first).find((state) => one.leaves.every((leaf) => leaf === state || isInside(leaf, state)))
    const path = around?.node?.place ?? 'states'
    if (!places.has(path)) places.set(path, one)
  }
  return places
}

function stuckText(one: Reached) {
  const label = labelOf(one)
  return say(`Nothing leads on from “${label.en}”, and it is no end. Add a transition, or make it a final state.`, `到达“${label.zh}”后无法继续，而它并不是终点。请添加流转，或将其设为终止状态。`)
}

function trapText(one: Reached) {
  const label = labelOf(one)
  return say(`From “${label.en}” no end can be reached any more. Add a way out, or mark where a document may rest for good.`, `到达“${label.zh}”后再也无法到达任何终点。请添加出路，或标明单据可以长期停留的状态。`)
}

function noEnd(): ProofFinding {
  return possible({ code: 'no-end', path: 'states', message: say('No state is final or resting, so that it is not known what an end would be: only being stuck is looked for. Mark where a document may stay for good.', '没有任何终止状态或可停留状态，无法判断何为终点，因此只检查是否会卡住。请标明单据可以长期停留的状态。') })
}

export function labelOf({ leaves }: Reached) {
  return stateLabel({ innermost: leaves.flatMap(({ node }) => node ?? []) })
}
