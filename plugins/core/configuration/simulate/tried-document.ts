import type { Payload } from 'payload'
import type { EntityDefinition } from '../../../../config/language/entity.ts'
import type { Finding } from '../../../../config/language/refusal.ts'
import type { Actor } from '../../access/actor.ts'
import { can, hiddenFields, requireRight } from '../../access/can.ts'
import { decodeInput } from '../../commands/input.ts'
import { newId } from '../../commands/context.ts'
import type { Row, Store } from '../../data/store.ts'
import { fail, failInput } from '../../errors.ts'
import type { Platform } from '../../platform/platform.ts'
import { stateOf } from '../../workflow/pinned.ts'
import type { SimulateRequest } from './simulate-request.ts'

/** The document that a trial goes by. `lines`: given by hand, in place of those that are kept. */
export type TriedDocument = { readonly document: Row; readonly state: string | undefined; readonly lines: readonly Row[] | undefined }
type Asking = { readonly payload: Payload; readonly platform: Platform; readonly store: Store; readonly actor: Actor; readonly entity: EntityDefinition; readonly exponent: number }

/**
 * A condition that somebody draws may compare any field: what they may not see must not be found out by trying, so a trial
 * is for those who see every field that conditions look at.
 * @throws ProblemError 403, 404; 422 with what is wrong with data that were typed
 */
export async function triedDocument(asking: Asking, { document: id, data = {}, lines, state }: SimulateRequest): Promise<TriedDocument> {
  const { store, actor, entity, platform, exponent } = asking
  requireRight(actor, 'read', entity)
  for (const seen of lookedAt(platform, entity)) {
    if (!can(actor, 'read', seen).allowed || hiddenFields(actor, seen).size > 0) fail('simulationHidden', { entity: seen.labels })
  }
  if (id !== undefined) {
    const document = await store.get<string>(entity.slug, id) as Row | undefined
    if (!document || (can(actor, 'read', entity).own && document.owner !== actor.id)) fail('notFound', { entity: entity.label, id: id.slice(0, 60) })
    return { document, state: stateOf(document), lines: undefined }
  }
  const lineEntity = entity.lines && platform.entities.get(entity.lines.entity)
  const own = decodeInput(typed(entity), data, { exponent, label: entity.label })
  const rows = lineEntity ? (lines ?? []).map((line, index) => decodeInput(typed(lineEntity), line, { exponent, label: lineEntity.label, path: `lines.${index}.` })) : []
  const wrong = [...own.findings, ...rows.flatMap(({ findings }) => findings)]
  if (wrong.length > 0) failInput(wrong)
  const unreadable = [
    ...await unreadableIn(asking, entity, { values: own.values, path: '' }),
    ...(await Promise.all(rows.map(({ values }, index) => unreadableIn(asking, lineEntity ?? entity, { values, path: `lines.${index}.` })))).flat(),
  ]
  if (unreadable.length > 0) failInput(unreadable)
  const document: Row = { id: newId(), version: 1, ...own.values }
  return { document, state, lines: lines ? rows.map(({ values }, index): Row => ({ id: newId(), position: index + 1, ...values })) : undefined }
}

/** What people would not enter themselves, they may suppose. */
const typed = ({ fields }: EntityDefinition) => fields.map((field) => ({ ...field, readOnly: false }))

/** Whose fields conditions may compare: the document, its lines, what those come from, and its company. */
function lookedAt({ entities }: Platform, entity: EntityDefinition): EntityDefinition[] {
  const lines = entity.lines && entities.get(entity.lines.entity)
  const sources = (lines?.fields ?? []).flatMap(({ type, to }) => (type === 'relation' && to !== undefined && entities.get(to)?.kind === 'line' ? [to] : []))
  return [entity.slug, lines?.slug, ...sources, 'companies'].flatMap((slug) => entities.get(slug ?? '') ?? [])
}

/** References to what is not there, or not for the actor. */
async function unreadableIn({ platform, store, actor }: Asking, { fields }: EntityDefinition, { values, path }: { readonly values: Readonly<Record<string, unknown>>; readonly path: string }): Promise<Finding[]> {
  const findings = await Promise.all(fields.filter(({ type, name }) => type === 'relation' && values[name] !== null && values[name] !== undefined).map(async ({ name, to = '', label }): Promise<Finding[]> => {
    const target = platform.entities.get(to)
    const ids = [values[name]].flat().map(String)
    const { allowed, own } = target ? can(actor, 'read', target) : { allowed: false, own: false }
    const found = allowed ? await store.byIds(to, ids) : new Map<string, Row>()
    if (ids.every((one) => { const row = found.get(one) as Row | undefined; return row && (!own || row.owner === actor.id) })) return []
    return [{ code: 'unknownReference', path: path + name, severity: 'error', message: { en: `${label.en}: there is no such record, or you may not see it. Choose one from the list.`, zh: `${label.zh}：记录不存在或您无权查看，请从列表中选择。` } }]
  }))
  return findings.flat()
}
