import type { EntityDefinition } from '../../../config/language/entity.ts'
import type { Finding } from '../../../config/language/refusal.ts'
import type { CommandContext } from '../commands/context.ts'
import { linesOf, storeDocument } from '../commands/edit.ts'
import { appendEvent, appendHistory, differences } from '../commands/record.ts'
import type { Row } from '../data/store.ts'
import { applyForm } from '../forms/apply-form.ts'
import { isComputing } from '../forms/compile-form.ts'
import { pinnedState, stateOf } from '../workflow/pinned.ts'

type Computed = { readonly row: Row; readonly isChanged: boolean; readonly findings: readonly Finding[] }

/**
 * Computes again what the rules of a document's form compute, and of its lines, and nothing else. What cannot be edited any more keeps what it
 * has: only what is empty there is filled in.
 * @returns whether anything differs, and what a rule gives that its field cannot hold (it is then empty)
 */
export async function recomputed(context: CommandContext, entity: EntityDefinition, document: Row): Promise<{ readonly head: Computed; readonly lines: readonly Computed[] }> {
  const state = await pinnedState(context.platform, context.store, entity.slug, document)
  const isKept = state !== undefined && !state.editable
  const compute = async (of: EntityDefinition, previous: Row, head?: Row): Promise<Computed> => {
    const row = { ...previous }
    const entered = new Set<string>()
    const findings = (await applyForm(context, { entity: of, row, head, previous, entered })).filter(({ code }) => code === 'givenWrongly')
    const computed = new Set((context.platform.forms.get(of.slug)?.steps ?? []).filter(isComputing).map(({ field }) => field.name))
    for (const name of Object.keys(row)) if (!computed.has(name) || (isKept && !isEmpty(previous[name]))) row[name] = previous[name]
    return { row, findings, isChanged: Object.keys(differences(previous, row)).length > 0 }
  }
  const lineEntity = entity.lines && context.entity(entity.lines.entity)
  const hasLines = lineEntity && context.platform.forms.has(lineEntity.slug)
  const head = await compute(entity, document)
  const lines: Computed[] = []
  if (hasLines) for (const line of await linesOf(context, entity, document.id)) lines.push(await compute(lineEntity, line, head.row))
  return { head, lines }
}

/** Stores what differs, as an edit of the platform. @returns as `recomputed` */
export async function recompute(context: CommandContext, entity: EntityDefinition, id: string): Promise<{ readonly isChanged: boolean; readonly findings: readonly Finding[]; readonly title: string }> {
  const previous = await context.store.get(entity.slug, id) as Row | undefined
  if (!previous) return { isChanged: false, findings: [], title: id }
  const { head, lines } = await recomputed(context, entity, previous)
  const changed = lines.filter(({ isChanged }) => isChanged)
  const isChanged = head.isChanged || changed.length > 0
  const title = String(previous[entity.titleField] ?? id)
  const findings = [...head.findings, ...lines.flatMap((line, index) => line.findings.map((finding) => ({ ...finding, path: `lines.${index}.${finding.path}` })))]
  if (!isChanged) return { isChanged, findings, title }
  const document = { ...head.row, version: Number(previous.version) + 1 }
  await storeDocument(context, entity.slug, { document, previous })
  const before = new Map(entity.lines ? (await linesOf(context, entity, id)).map((line) => [line.id, line]) : [])
  const ofLines = await Promise.all(changed.map(async ({ row }) => {
    const found = differences(before.get(row.id) ?? row, row)
    await context.store.update(entity.lines?.entity ?? '', row.id, Object.fromEntries(Object.entries(found).map(([name, [, now]]) => [name, now])))
    return Object.entries(found).map(([name, change]) => [`lines.${String(row.position)}.${name}`, change] as const)
  }))
  await appendHistory(context, {
    entity: entity.slug, document, action: 'edit', changes: { ...differences(previous, document), ...Object.fromEntries(ofLines.flat()) }, reason: 'Computed anew · 重新计算',
    ...(stateOf(document) === undefined ? {} : { stateBefore: stateOf(document), stateAfter: stateOf(document) }),
  })
  await appendEvent(context, { type: `${entity.slug}.edited`, entity: entity.slug, document, data: {} })
  return { isChanged, findings, title }
}

const isEmpty = (value: unknown) => value === null || value === undefined || value === ''
