import type { Text } from '../../config/language/text.ts'
import type { ProcessView, StateFigures, WayFigures } from '../../plugins/core/process/process-view.ts'
import type { Tone } from '../../config/language/entity.ts'

export type MapNode = { readonly id: string; readonly label: Text; readonly tone: Tone; readonly known: boolean; readonly isEnd: boolean; readonly figures: StateFigures | undefined }
/** What happened, or may happen, between two states by one action. */
export type MapLine = { readonly label: Text; readonly count: number; readonly median: number | null; readonly isDeviation: boolean; readonly ways: readonly WayFigures[] }
export type MapEdge = { readonly id: string; readonly from: string; readonly to: string; readonly lines: readonly MapLine[]; readonly count: number; readonly isDeviation: boolean }

/** Where lives begin. */
export const startId = '*'

/**
 * The states and what leads from one to the other: what happened with its numbers, what is drawn and did not happen faintly, and what is
 * not drawn as a deviation. Of parallel regions an arrow stands between the parts that change.
 */
export function mapOf({ picture, states, ways }: Pick<ProcessView, 'picture' | 'states' | 'ways'>): { readonly nodes: readonly MapNode[]; readonly edges: readonly MapEdge[] } {
  const leaves = picture.nodes.filter(({ id, kind }) => kind !== 'history' && !picture.nodes.some(({ parent, kind: inner }) => parent === id && inner !== 'history'))
  const drawn = new Set(leaves.map(({ id }) => id))
  const lines = new Map<string, Map<string, MapLine>>()
  const add = ({ from, to, key, line }: { readonly from: string; readonly to: string; readonly key: string; readonly line: MapLine }) => {
    const own = lines.get(`${from}\n${to}`) ?? new Map<string, MapLine>()
    lines.set(`${from}\n${to}`, own)
    const known = own.get(key)
    // The same action under several versions: its times are those of the most frequent one.
    own.set(key, known ? { ...known, count: known.count + line.count, isDeviation: known.isDeviation && line.isDeviation, ways: [...known.ways, ...line.ways] } : line)
  }
  for (const way of ways) {
    const [from, to] = ends(way)
    if (from === to) continue
    add({ from, to, key: way.event ?? way.label.en, line: { label: way.label, count: way.count, median: way.median, isDeviation: way.deviation !== null, ways: [way] } })
  }
  for (const { from, to, stays, event, label } of picture.arrows) {
    if (stays || !drawn.has(from) || !drawn.has(to) || lines.get(`${from}\n${to}`)?.has(event ?? label.en)) continue
    add({ from, to, key: event ?? label.en, line: { label, count: 0, median: null, isDeviation: false, ways: [] } })
  }
  const others = new Map(ways.flatMap(({ from, to }) => [from, to]).flatMap((state) => state?.name.split('|').map((part) => [part, state] as const) ?? []).filter(([part]) => !drawn.has(part)))
  const figures = new Map(states.flatMap((one) => (one.state.name.includes('|') ? [] : [[one.state.name, one] as const])))
  return {
    nodes: [
      ...leaves.map(({ id, label, tone, kind }) => ({ id, label, tone, known: true, isEnd: kind === 'final', figures: figures.get(id) })),
      ...[...others].map(([id, { label, tone }]) => ({ id, label, tone, known: false, isEnd: false, figures: figures.get(id) })),
    ],
    edges: [...lines].map(([key, own]) => {
      const [from = '', to = ''] = key.split('\n')
      const all = [...own.values()]
      return { id: key, from, to, lines: all, count: all.reduce((sum, { count }) => sum + count, 0), isDeviation: all.every(({ isDeviation }) => isDeviation) }
    }),
  }
}

/** The part of each state that the other does not have. */
function ends({ from, to }: WayFigures): readonly [string, string] {
  if (!from) return [startId, to.name.split('|')[0] ?? to.name]
  const [before, after] = [from.name.split('|'), to.name.split('|')]
  return [before.find((part) => !after.includes(part)) ?? before[0] ?? '', after.find((part) => !before.includes(part)) ?? after[0] ?? '']
}
