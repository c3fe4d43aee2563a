import { say } from '../messages.ts'
import type { Arrow, ChartState } from './chart.ts'
import { wayTo } from './explore.ts'
import { certain, type ProofFinding, type Subject } from './proof.ts'
import { holdsIn, valuationsOf } from './valuations.ts'

/** States that no events lead to; of nested ones the outermost. Nothing is said when not all was seen. */
export function findUnreached({ chart, explored: { passed, complete } }: Subject): ProofFinding[] {
  if (!complete) return []
  return chart.states
    .filter((state) => !passed.has(state) && (state.parent === chart.root || (state.parent && passed.has(state.parent))))
    .map(({ node }) => {
      const { en = '', zh = '' } = node?.definition.label ?? {}
      return certain({ code: 'unreachable', path: node?.place ?? '', message: say(`No events lead to “${en}”. Add a transition to it, or remove it.`, `没有任何操作可以到达“${zh}”。请添加通往它的流转，或将其删除。`) })
    })
}

/** Arrows out of reached states that are never taken, with the reason as far as it can be told. */
export function findNeverTaken(subject: Subject): ProofFinding[] {
  const { chart, explored: { entered, taken, complete } } = subject
  if (!complete) return []
  return chart.states.flatMap((state) => {
    const reached = entered.get(state)
    if (!reached) return []
    const arrows = [...[...state.handlers.values()].flat(), ...(state.join ? [state.join] : [])]
    return arrows.filter(({ candidate }) => !taken.has(candidate.key)).map((arrow) => {
      const [code, message] = reasonOf(subject, state, arrow)
      return certain({ code, path: arrow.candidate.key, message, example: wayTo(reached.link) })
    })
  })
}

function reasonOf({ registry }: Subject, state: ChartState, { candidate }: Arrow) {
  const { event, guards, guardKeys, key } = candidate
  if (event === undefined) {
    return ['join-never-done', say('The regions never are all final together, so that this join is never taken. Look for the region that cannot end, or that is left before the others.', '各分支永远不会同时全部结束，因此该汇合永远不会执行。请检查哪个分支无法结束，或先于其他分支被离开。')] as const
  }
  const own = valuationsOf(guards, registry)
  if (own && !own.some((valuation) => holdsIn(valuation, guardKeys))) {
    return ['guards-contradict', say('Its guards exclude each other: they never hold together. Remove one.', '其条件互相矛盾，永远不会同时成立。请删除其中之一。')] as const
  }
  const list = state.handlers.get(event) ?? []
  const before = list.slice(0, list.findIndex((other) => other.candidate.key === key))
  const all = valuationsOf([...before.flatMap((other) => other.candidate.guards), ...guards], registry)
  if (all && !all.some((valuation) => holdsIn(valuation, guardKeys) && !before.some((other) => holdsIn(valuation, other.candidate.guardKeys)))) {
    return ['never-taken', say('Whenever it could be taken, an earlier candidate is. Reorder them, or change the guards.', '凡是可以执行它的情形，前面的候选流转都会先被执行。请调整顺序或修改条件。')] as const
  }
  return ['never-taken', say('It is never taken: states inside, or another region, always answer the event first. Remove it, or let the inner states pass the event on.', '它永远不会执行：内部状态或其他分支总是先处理该事件。请将其删除，或让内部状态不再处理该事件。')] as const
}
