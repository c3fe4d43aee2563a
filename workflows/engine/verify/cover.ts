import type { Text } from '../../../config/language/text.ts'
import type { Reference } from '../../../config/language/workflow.ts'
import type { CompiledWorkflow } from '../compile.ts'
import { stateLabel } from '../describe.ts'
import { listed, say } from '../messages.ts'
import { transitionCoverage, transitionPaths } from '../paths.ts'
import { replay, type RecordedStep } from '../replay.ts'
import { guardKey, ownerRole, systemRole } from '../registry.ts'

/** One document's life to walk through, from the start. */
export type Walk = { readonly steps: readonly Required<RecordedStep>[]; readonly transitions: readonly string[] }

export type Cover = {
  /** Few walks that together take every arrow that can be taken; the longest first. */
  readonly walks: readonly Walk[]
  readonly covered: readonly string[]
  /** Arrows that no walk takes: none can, or not all was looked at (`complete`). */
  readonly missing: readonly string[]
  readonly complete: boolean
}

/** Walks over every arrow: what to send, and which guards must hold for it. Shortest ways, of which those are left out that others pass. */
export function coverWorkflow(compiled: CompiledWorkflow, options: { readonly limit?: number } = {}): Cover {
  const { paths, truncated } = transitionPaths(compiled, options)
  const seen = new Set<string>()
  const walks: Walk[] = []
  for (const { transition, steps } of paths.toReversed()) {
    if (seen.has(transition)) continue
    const { transitions } = replay(compiled, { steps })
    for (const key of transitions) seen.add(key)
    walks.push({ steps, transitions })
  }
  return { walks, ...transitionCoverage(compiled, seen), complete: !truncated }
}

/** A walk as sentences, one for each step, for a person who tries the workflow out by hand. */
export function scriptOf(compiled: CompiledWorkflow, { steps }: Walk): Text[] {
  const begin = compiled.initial.configuration.state
  return steps.map((step, index) => {
    const [from, to] = [steps[index - 1]?.state ?? begin, step.state].map((state) => labelOf(compiled, state))
    const event = compiled.definition.events[step.event]
    const { en, zh } = event?.label ?? { en: step.event, zh: step.event }
    const who = senderOf(compiled, event?.roles)
    const needed = guardsOf(compiled, step, true)
    const refused = guardsOf(compiled, step, false)
    const [stays, where] = [from?.en === to?.en, to ?? say('', '')]
    return say(
      `${index + 1}. In “${from?.en}” ${who.en} sends “${en}”${needed.en && `, where these hold: ${needed.en}`}${refused.en && `, and these do not: ${refused.en}`}. ${stays ? 'The state stays' : `Then it is “${where.en}”`}.`,
      `${index + 1}. 在“${from?.zh}”状态下，由${who.zh}执行“${zh}”${needed.zh && `，满足条件：${needed.zh}`}${refused.zh && `，不满足条件：${refused.zh}`}。${stays ? '状态不变' : `随后变为“${where.zh}”`}。`,
    )
  })
}

function labelOf(compiled: CompiledWorkflow, state: string): Text {
  const configuration = compiled.configuration(state)
  return configuration ? stateLabel(configuration) : say(state, state)
}

function senderOf({ registry }: CompiledWorkflow, roles: readonly string[] | undefined): Text {
  if (roles === undefined) return say('whoever may edit the document', '可编辑该单据的人')
  const [person = roles.includes(systemRole) ? systemRole : ownerRole] = roles.filter((role) => role !== systemRole)
  return registry.roles.get(person)?.label ?? say(person, person)
}

function guardsOf(compiled: CompiledWorkflow, { guards }: Required<RecordedStep>, holds: boolean): Text {
  const references = [...compiled.nodes.values()].flatMap((node) => node.candidates.flatMap((candidate) => candidate.guards))
  const byKey = new Map(references.map((reference) => [guardKey(reference), reference]))
  return listed(Object.entries(guards).filter(([, held]) => held === holds).flatMap(([key]) => describe(compiled, byKey.get(key))))
}

/** The guard's label, and what tells it from others of its type: what it says when it refuses, or its plain parameters. */
function describe({ registry }: CompiledWorkflow, reference: Reference | undefined): Text[] {
  if (!reference) return []
  const { type, params = {} } = reference
  const { en, zh } = registry.guards.get(type)?.label ?? say(type, type)
  const { refusal } = params as { readonly refusal?: Text }
  if (refusal) return [say(`${en} (or else: ${refusal.en})`, `${zh}（否则：${refusal.zh}）`)]
  const plain = Object.values(params).filter((value) => typeof value !== 'object').join(', ')
  return [plain ? say(`${en} (${plain})`, `${zh}（${plain}）`) : say(en, zh)]
}
