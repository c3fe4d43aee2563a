import type { EntityDefinition, FieldDefinition } from '../../../../config/language/entity.ts'
import type { Reference } from '../../../../config/language/workflow.ts'
import type { CompiledWorkflow } from '../../../../workflows/engine/compile.ts'
import { describeState } from '../../../../workflows/engine/describe.ts'
import { guardKey } from '../../../../workflows/engine/registry.ts'
import { linesOf } from '../../commands/edit.ts'
import type { Row } from '../../data/store.ts'
import { allFields } from '../../entities/system-fields.ts'
import { loadFacts } from '../facts.ts'
import type { Platform } from '../../platform/platform.ts'
import type { Values } from '../operands.ts'
import { stateOf } from '../pinned.ts'
import type { WalkStep } from './arranger.ts'
import type { Desk } from './desk.ts'
import { wantedValues, type Wanted } from './wanted-values.ts'

export type Walking = { readonly platform: Platform; readonly compiled: CompiledWorkflow; readonly entity: EntityDefinition; readonly desk: Desk }

/** A document by its fields, so that the guards on the way come out as wanted as far as they look at these. @returns its id */
export async function makeDocument(walking: Walking, steps: readonly WalkStep[]): Promise<string> {
  const { desk, entity, compiled } = walking
  const wanted = aheadOf(walking, compiled.initial.configuration.state, steps)
  const withLines = entity.lines && !steps.some(({ guards }) => guards['core.hasLines'] === false)
  const id = await desk.make(entity.slug, {}, withLines ? [{}] : undefined)
  await changeTo(walking, id, wanted)
  return id
}

/** Changes the fields of a document that can be edited where it stands, so that the next guards come out as wanted. */
export async function bringAbout(walking: Walking, id: string, steps: readonly WalkStep[]): Promise<void> {
  const state = await walking.desk.state(walking.entity.slug, id)
  if (state === undefined || !describeState(walking.compiled, state)?.editable) return
  await changeTo(walking, id, aheadOf(walking, state, steps))
}

/** What is to be entered with an event: what it requires, and what its guards look at. In spoken values. */
export async function entryFor({ platform, compiled, entity, desk }: Walking, id: string, step: WalkStep): Promise<{ readonly input?: object; readonly reason?: string }> {
  const definition = compiled.definition.events[step.event]
  const fields = definition?.input ?? []
  const given: Record<string, unknown> = {}
  for (const field of fields) if (field.required) given[field.name] = await desk.sample(field)
  const document = (await desk.store.require<string>(entity.slug, id)) as Row
  const values = await valuesOf({ platform, entity, desk }, document)
  const changes = wantedValues(wantedOf(compiled, step), { side: 'input', fields, values: { ...values, input: given }, sampling: samplingOf(desk) })
  const input = { ...given, ...changes }
  return { ...(Object.keys(input).length > 0 && { input: desk.speak(fields, input) }), ...(definition?.reason && { reason: 'Tried out' }) }
}

async function changeTo({ platform, entity, desk }: Pick<Walking, 'platform' | 'entity' | 'desk'>, id: string, wanted: readonly Wanted[]): Promise<void> {
  const document = (await desk.store.require<string>(entity.slug, id)) as Row
  const fields = allFields(entity)
  const changes = wantedValues(wanted, { side: 'field', fields, values: await valuesOf({ platform, entity, desk }, document), sampling: samplingOf(desk) })
  const missing = await referencesWanted(fields, { wanted, document, desk })
  const all = { ...changes, ...missing }
  if (Object.keys(all).length > 0) await desk.edit(entity.slug, id, desk.speak(fields, all))
  if (!entity.lines) return
  const lineEntity = platform.entities.get(entity.lines.entity)
  const lineFields = lineEntity ? allFields(lineEntity) : []
  const lines = await linesOf({ store: desk.store }, entity, id)
  const ofLines = wanted.flatMap(({ guard, holds }) => (guard.type === 'core.lines' ? [{ guard: { ...guard, type: 'core.compare' }, holds }] : []))
  const rows = lines.map((line) => ({ id: line.id, ...desk.speak(lineFields, wantedValues(ofLines, { side: 'field', fields: lineFields, values: { document: line }, sampling: samplingOf(desk) })) }))
  if (rows.some((row) => Object.keys(row).length > 1)) await desk.edit(entity.slug, id, {}, rows)
}

/** References that must be filled: to a record that is there, or one that is made. */
async function referencesWanted(fields: readonly FieldDefinition[], { wanted, document, desk }: { readonly wanted: readonly Wanted[]; readonly document: Row; readonly desk: Desk }): Promise<Readonly<Record<string, unknown>>> {
  const found: Record<string, unknown> = {}
  for (const { guard, holds } of wanted) {
    const field = guard.type === 'core.fieldRequired' && holds ? fields.find(({ name, type }) => name === guard.params?.field && type === 'relation') : undefined
    if (field && !field.readOnly && !document[field.name]) found[field.name] = await desk.sample(field)
  }
  return found
}

/** The guards up to where the document can be edited again. */
function aheadOf({ compiled }: Walking, state: string, steps: readonly WalkStep[]): Wanted[] {
  const wanted: Wanted[] = []
  let here = state
  for (const [index, step] of steps.entries()) {
    if (index > 0 && describeState(compiled, here)?.editable) break
    wanted.push(...wantedOf(compiled, step))
    here = step.state
  }
  return wanted
}

function wantedOf(compiled: CompiledWorkflow, { guards }: WalkStep): Wanted[] {
  const references = new Map([...compiled.nodes.values()].flatMap((node) => node.candidates.flatMap((candidate) => candidate.guards)).map((guard): [string, Reference] => [guardKey(guard), guard]))
  return Object.entries(guards).flatMap(([key, holds]) => {
    const guard = references.get(key)
    return guard ? [{ guard, holds }] : []
  })
}

async function valuesOf({ platform, entity, desk }: Pick<Walking, 'platform' | 'entity' | 'desk'>, document: Row): Promise<Values> {
  const facts = (await loadFacts(platform, desk.store, { entity: entity.slug, documents: [document], names: ['core.company', 'core.today'], now: desk.now().toISOString() })).get(document.id)
  return { document, company: (facts?.['core.company'] as Row | null) ?? undefined, today: (facts?.['core.today'] as string | null) ?? undefined }
}

const samplingOf = (desk: Desk) => ({ today: desk.today(), exponent: desk.exponent(), count: 1 })

/** Where the document stands now. */
export const standsIn = async ({ desk, entity }: Walking, id: string): Promise<string | undefined> => stateOf((await desk.store.require<string>(entity.slug, id)) as Row)
