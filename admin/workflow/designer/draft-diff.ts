import type { Text } from '../../../config/language/text.ts'
import { canonicalJson } from '../../../workflows/engine/canonical.ts'
import { resolveTarget, stateNodes } from '../../../workflows/engine/nodes.ts'
import { without, type Draft } from './draft.ts'

export type ChangeKind = 'added' | 'removed' | 'changed'
export type DraftChange = {
  readonly kind: ChangeKind
  readonly what: 'state' | 'arrow' | 'event' | 'workflow'
  /** Path of a state, key of an arrow, name of an event. */
  readonly id: string
  readonly label: Text
  /** Properties that differ, by their names in the definition. */
  readonly properties: readonly string[]
}
export type DraftDiff = {
  readonly changes: readonly DraftChange[]
  /** How each stands out in either picture: states by path, arrows by the key that they have there. */
  readonly before: ReadonlyMap<string, ChangeKind>
  readonly after: ReadonlyMap<string, ChangeKind>
}

type Part = { readonly id: string; readonly key: string; readonly what: DraftChange['what']; readonly label: Text; readonly value: Readonly<Record<string, unknown>> }

/** What differs between two definitions. An arrow is the same one where it leads from the same state by the same event to the same state. */
export function diffDrafts(before: Draft, after: Draft): DraftDiff {
  const [old, now] = [partsOf(before), partsOf(after)]
  const marks = { before: new Map<string, ChangeKind>(), after: new Map<string, ChangeKind>() }
  const changes: DraftChange[] = []
  for (const part of old.values()) {
    if (now.has(part.key)) continue
    marks.before.set(part.id, 'removed')
    changes.push({ kind: 'removed', what: part.what, id: part.id, label: part.label, properties: [] })
  }
  for (const part of now.values()) {
    const former = old.get(part.key)
    const properties = former ? differing(former.value, part.value) : []
    if (former && properties.length === 0) continue
    const kind = former ? 'changed' : 'added'
    marks.after.set(part.id, kind)
    if (former) marks.before.set(former.id, kind)
    changes.push({ kind, what: part.what, id: part.id, label: part.label, properties })
  }
  return { changes, ...marks }
}

const differing = (before: Part['value'], after: Part['value']): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => canonicalJson({ value: before[name] ?? null }) !== canonicalJson({ value: after[name] ?? null }))

function partsOf(definition: Draft): ReadonlyMap<string, Part> {
  const parts = new Map<string, Part>()
  const add = (part: Omit<Part, 'key'>, key: string) => { parts.set(key, { ...part, key }) }
  // The version counts what changed; it is no change by itself.
  add({ id: '', what: 'workflow', label: definition.label, value: without(definition, 'states', 'events', 'version') }, 'workflow')
  for (const [name, event] of Object.entries(definition.events)) add({ id: name, what: 'event', label: event.label, value: event }, `event ${name}`)
  const nodes = stateNodes(definition)
  for (const node of nodes.values()) {
    add({ id: node.path, what: 'state', label: node.definition.label, value: without(node.definition, 'states', 'on', 'onDone') }, `state ${node.path}`)
    for (const [index, candidate] of node.candidates.entries()) {
      const target = candidate.target === undefined ? undefined : resolveTarget(nodes, node, candidate.target)
      const to = candidate.target === undefined ? '' : target?.path ?? candidate.target
      const same = node.candidates.slice(0, index).filter((other) => other.event === candidate.event && other.target === candidate.target).length
      const event = candidate.event === undefined ? { en: '✓', zh: '✓' } : definition.events[candidate.event]?.label ?? { en: candidate.event, zh: candidate.event }
      const lead = target?.definition.label ?? node.definition.label
      const place = node.candidates.slice(0, index).filter((other) => other.event === candidate.event).length
      add({
        id: candidate.key, what: 'arrow', label: { en: `${node.definition.label.en} → ${event.en} → ${lead.en}`, zh: `${node.definition.label.zh} → ${event.zh} → ${lead.zh}` },
        value: { guards: candidate.guards, actions: candidate.actions, order: place },
      }, `arrow ${node.path} ${candidate.event ?? ''} ${to} ${same}`)
    }
  }
  return parts
}
