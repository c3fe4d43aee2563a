import type { Finding } from '../../../config/language/refusal.ts'
import { eventsOf } from '../events/event-catalogue.ts'
import type { Platform } from '../platform/platform.ts'

/** What a webhook is told of: one type of event a line, `<entity>.*`, `*`, or `none` for those that workflows alone tell. */
const typesOf = (eventTypes: string | undefined | null): string[] => (eventTypes ?? '').split(/[\s,]+/).filter((one) => one !== '')

const mostNamed = 5

/** Types that never happen, each with those that are likely meant. */
export function typeFindings({ entities, workflows }: Pick<Platform, 'entities' | 'workflows'>, eventTypes: string | undefined): Finding[] {
  const listed = [...entities.values()].filter(({ kind }) => kind === 'document' || kind === 'master')
  const known = listed.flatMap((entity) => [`${entity.slug}.*`, ...eventsOf(entity, workflows.get(entity.slug)).map(({ type }) => type)])
  const all = new Set(['*', 'none', ...known])
  const wrong = typesOf(eventTypes).find((type) => !all.has(type))
  if (wrong === undefined) return []
  const near = nearest(wrong, known)
  const named = near.length > 0 ? { en: `Near it: ${near.join(', ')}.`, zh: `相近的有：${near.join('、')}。` } : { en: 'Write one a line, like sales-orders.confirmed, invoices.* or *.', zh: '请每行填写一个，例如 sales-orders.confirmed、invoices.* 或 *。' }
  return [{
    code: 'invalidWebhook', path: 'eventTypes', severity: 'error',
    message: { en: `“${wrong.slice(0, 60)}” is no type of event. ${named.en} docs/events.md lists all of them.`, zh: `“${wrong.slice(0, 60)}”不是事件类型。${named.zh}全部事件见 docs/events.md。` },
  }]
}

/** Those that share most pairs of letters with what was written, best first. */
function nearest(wrong: string, known: readonly string[]): readonly string[] {
  const asked = pairsOf(wrong.slice(0, 120))
  const rated = known.map((type) => ({ type, likeness: likeness(asked, pairsOf(type)) })).filter(({ likeness: rate }) => rate > 0.5)
  return rated.sort((a, b) => b.likeness - a.likeness || (a.type < b.type ? -1 : 1)).slice(0, mostNamed).map(({ type }) => type)
}

const pairsOf = (text: string): ReadonlySet<string> => new Set([...text.toLowerCase()].slice(1).map((letter, index) => `${text[index]?.toLowerCase()}${letter}`))

function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const shared = [...one].filter((pair) => other.has(pair)).length
  return (2 * shared) / Math.max(1, one.size + other.size)
}
