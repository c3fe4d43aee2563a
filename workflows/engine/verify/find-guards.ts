import { say } from '../messages.ts'
import { withAround, type Arrow, type ChartState } from './chart.ts'
import { labelOf, isEnd } from './find-ends.ts'
import { wayTo, type ExampleStep, type Link } from './explore.ts'
import { possible, type ProofFinding, type Subject } from './proof.ts'
import { step, textOf } from './step.ts'
import { holdsIn, valuationsOf } from './valuations.ts'

/** Several candidates of one event: may two hold, so that their order decides; may none hold? */
export function findGuards(subject: Subject): ProofFinding[] {
  return subject.chart.states.flatMap((state) => (subject.explored.entered.has(state) ? [...state.handlers.values()].flatMap((list) => (list.length > 1 ? choice(subject, state, list) : [])) : []))
}

function choice({ registry, explored, chart }: Subject, state: ChartState, list: readonly Arrow[]): ProofFinding[] {
  const valuations = valuationsOf(list.flatMap(({ candidate }) => candidate.guards), registry)
  const before = explored.entered.get(state)
  if (!valuations || !before) return []
  const held = valuations.map((valuation) => list.map(({ candidate }) => holdsIn(valuation, candidate.guardKeys)))
  const wayWith = (first: number, second: number): ExampleStep[] | undefined => {
    const index = held.findIndex((row) => row[first] && row[second] && row.indexOf(true) === first)
    const arrow = list[first]
    const verdicts = valuations[index]
    // Only where nothing else answers the event: the example is one step that the engine takes alike.
    if (!arrow || !verdicts || before.leaves.length > 1) return wayTo(before.link)
    const link: Link = { before, choice: { event: arrow.candidate.event ?? '', arrows: [arrow], verdicts }, state: textOf(step(chart, before, [arrow]).leaves) }
    return before.leaves[0] === state ? wayTo(link) : wayTo(before.link)
  }
  const overlaps = list.flatMap((later, second) => {
    const first = list.findIndex((earlier, index) => index < second && differ(earlier, later)
      && held.some((row) => row[index] && row[second]) && held.some((row) => row[index] && !row[second]) && held.some((row) => !row[index] && row[second]))
    if (first < 0) return []
    const example = wayWith(first, second)
    return [possible({ code: 'guards-overlap', path: later.candidate.key, ...(example && { example }), message: say('Its guards and those of an earlier candidate may hold together; then the earlier one is taken. Make them exclude each other, or see that the order is meant.', '其条件与前面某个候选流转的条件可能同时成立，此时执行前面的流转。请让条件互斥，或确认该顺序符合本意。') })]
  })
  const hole = held.some((row) => !row.includes(true))
  const [first] = list
  if (!hole || !first) return overlaps
  return [...overlaps, possible({ code: 'guards-hole', path: first.candidate.key, example: wayTo(before.link), message: say('None of these candidates may hold; then the event is refused. Add a last one without guards, if something should happen all the same.', '这些候选流转的条件可能全都不成立，此时该事件会被拒绝。如仍需有所动作，请在最后添加一个无条件的候选流转。') })]
}

function differ({ target: one, candidate: first }: Arrow, { target: other, candidate: second }: Arrow): boolean {
  return one !== other || JSON.stringify(first.actions) !== JSON.stringify(second.actions)
}

/**
 * States that are no end and that only guarded steps lead out of, all of which may be refused at once. Where the document may
 * be edited people can do something about it, so that it is not worth a word.
 */
export function findWaits({ registry, explored }: Subject): ProofFinding[] {
  const found = new Map<string, ProofFinding>()
  for (const one of explored.reached) {
    const [leaf] = one.leaves
    // Regions wait for each other all the time: only a whole document that waits is worth a word.
    if (!leaf?.node || one.leaves.length > 1 || isEnd(one) || found.has(leaf.path)) continue
    const around = withAround(leaf)
    if (around.find(({ node }) => node?.definition.editable !== undefined)?.node?.definition.editable) continue
    const out = around.flatMap(({ handlers }) => [...handlers.values()].flat()).filter(({ target }) => target !== undefined && target !== leaf)
    if (out.length === 0 || out.some(({ candidate }) => candidate.guards.length === 0)) continue
    const valuations = valuationsOf(out.flatMap(({ candidate }) => candidate.guards), registry)
    if (valuations?.every((valuation) => out.some(({ candidate }) => holdsIn(valuation, candidate.guardKeys)))) continue
    const label = labelOf(one)
    found.set(leaf.path, possible({ code: 'may-wait', path: leaf.node.place, example: wayTo(one.link), message: say(`Every way on from “${label.en}” has guards. While none holds, a document stays here. See that people can do something about it.`, `离开“${label.zh}”的每条流转都有条件。若条件都不成立，单据将停留于此。请确认用户有办法使其满足。`) }))
  }
  return [...found.values()]
}
