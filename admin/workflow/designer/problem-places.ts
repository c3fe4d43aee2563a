import { arrowsOf } from './designer-layout.ts'
import { pathOf, stateAt, type Arrow, type Draft } from './draft.ts'

/** What someone has chosen in the drawing. */
export type Chosen =
  | { readonly kind: 'workflow' }
  | { readonly kind: 'state'; readonly path: string }
  | { readonly kind: 'arrow'; readonly arrow: Arrow }
  | { readonly kind: 'event'; readonly event: string }

export const theWorkflow: Chosen = { kind: 'workflow' }
export const sameArrow = (a: Arrow, b: Arrow): boolean => a.state === b.state && a.event === b.event && a.index === b.index

/** The part of the drawing on which a finding stands: the innermost that its path names (`states.draft.on.submit[1].guards[0]`). */
export function placeOfFinding(definition: Draft, path: string): Chosen {
  const event = /^events\.([^.[]+)/.exec(path)?.[1]
  if (event !== undefined) return Object.hasOwn(definition.events, event) ? { kind: 'event', event } : theWorkflow
  const arrow = arrowsOf(definition).filter(({ key }) => path === key || path.startsWith(`${key}.`)).toSorted((a, b) => b.key.length - a.key.length)[0]
    // An arrow that leads nowhere is not drawn: its state is shown.
  if (arrow) return { kind: 'arrow', arrow: { state: arrow.state, event: arrow.event, index: arrow.index } }
  const names = path.split('.')
  let found: string | null = null
  for (let at = 0; names[at] === 'states' && names[at + 1] !== undefined; at += 2) {
    const next: string = pathOf(found, names[at + 1] ?? '')
    if (!stateAt(definition, next)) break
    found = next
  }
  return found === null ? theWorkflow : { kind: 'state', path: found }
}

/** What is still there after a step back or forth; else the workflow. */
export function stillChosen(definition: Draft, chosen: Chosen): Chosen {
  switch (chosen.kind) {
    case 'workflow': return chosen
    case 'state': return stateAt(definition, chosen.path) ? chosen : theWorkflow
    case 'event': return Object.hasOwn(definition.events, chosen.event) ? chosen : theWorkflow
    case 'arrow': {
      const { state, event, index } = chosen.arrow
      const found = stateAt(definition, state)
      const there = event === null ? found?.onDone : [found?.on?.[event]].flat()[index]
      return there ? chosen : found ? { kind: 'state', path: state } : theWorkflow
    }
  }
}

export type Direction = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown'
type Spot = { readonly path: string; readonly left: number; readonly top: number; readonly width: number; readonly height: number }

/** The nearest state in a direction. */
export function neighbour(states: readonly Spot[], from: string, direction: Direction): string | undefined {
  const start = states.find(({ path }) => path === from)
  if (!start) return undefined
  const middle = ({ left, top, width, height }: Spot) => ({ x: left + width / 2, y: top + height / 2 })
  const here = middle(start)
  const [along, across] = direction === 'ArrowLeft' || direction === 'ArrowRight' ? (['x', 'y'] as const) : (['y', 'x'] as const)
  const sign = direction === 'ArrowRight' || direction === 'ArrowDown' ? 1 : -1
  return states.filter((one) => one !== start).map((one) => {
    const there = middle(one)
    return { path: one.path, ahead: sign * (there[along] - here[along]), aside: Math.abs(there[across] - here[across]) }
  }).filter(({ ahead }) => ahead > 1).toSorted((a, b) => a.ahead + 2 * a.aside - b.ahead - 2 * b.aside)[0]?.path
}

/** How what is drawn stands out by what was found: by paths of states and keys of arrows, the worst of each. */
export function marksOfFindings(definition: Draft, findings: readonly { readonly path: string; readonly certainty: 'certain' | 'possible' }[]): ReadonlyMap<string, 'certain' | 'possible'> {
  const marks = new Map<string, 'certain' | 'possible'>()
  const arrows = arrowsOf(definition)
  for (const { path, certainty } of findings) {
    const place = placeOfFinding(definition, path)
    const keys = place.kind === 'state' ? [place.path]
      : place.kind === 'arrow' ? arrows.filter((arrow) => sameArrow(arrow, place.arrow)).map(({ key }) => key)
        : place.kind === 'event' ? arrows.filter(({ event }) => event === place.event).map(({ key }) => key) : []
    for (const key of keys) if (marks.get(key) !== 'certain') marks.set(key, certainty)
  }
  return marks
}
