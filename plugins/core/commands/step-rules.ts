import type { EntityDefinition } from '../../../config/language/entity.ts'
import type { Finding } from '../../../config/language/refusal.ts'
import type { Row } from '../data/store.ts'
import { applyForm, type RuledRow } from '../forms/apply-form.ts'
import type { Step } from '../platform/plugin.ts'
import { changedFields } from './changed-fields.ts'
import type { CommandContext } from './context.ts'
import { differences } from './record.ts'

/** A step after its actions, before its state changes, with what stood before; `isEntered`: a person has sent it. */
export type TakenStep = Pick<Step, 'document' | 'lines' | 'input' | 'lineInput' | 'newLines'> & { readonly previous: Row; readonly previousLines: readonly Row[]; readonly isEntered: boolean }

/**
 * Lets the rules of the forms work on what a step has changed: what they compute is computed anew, of lines also stored.
 * @returns what they refuse of what a person has entered; what was wrong before is not told, nor is anything missing that the step does not ask for
 */
export async function applyStepRules(context: CommandContext, entity: EntityDefinition, step: TakenStep): Promise<readonly Finding[]> {
  const { document, previous, previousLines, isEntered } = step
  const lineEntity = entity.lines && context.entity(entity.lines.entity)
  const { forms } = context.platform
  if (!forms.has(entity.slug) && !(lineEntity && forms.has(lineEntity.slug))) return []
  const changed = changedFields(context, entity, document, previous)
  const entered = enteredOf(changed, isEntered, step.input)
  const head = changed.length > 0 ? await brokenIn(context, { entity, row: document, previous, entered }) : []
  if (!lineEntity) return head
  const old = new Map(previousLines.map((line) => [line.id, line]))
  const added = step.lines.filter(({ id }) => !old.has(id))
  const findings = [...head]
  for (const [index, row] of step.lines.entries()) {
    const before = old.get(row.id)
    const place = before ? step.lineInput.findIndex(({ line }) => line === row.id) : added.indexOf(row)
    const names = changedFields(context, lineEntity, row, before ?? { id: row.id })
    if (before && changed.length + names.length === 0) continue
    const typed = enteredOf(names, isEntered, (before ? step.lineInput : step.newLines)[place])
    const unruled = { ...row }
    const wrong = await brokenIn(context, { entity: lineEntity, row, head: document, previous: before, entered: typed ?? (before && entered && new Set()) }, previous)
    const path = before ? `lines.${place < 0 ? index : place}` : `newLines.${place}`
    findings.push(...wrong.map((one) => ({ ...one, path: `${path}.${one.path}` })))
    const ruled = Object.fromEntries(Object.entries(differences(unruled, row)).map(([name, [, now]]) => [name, now]))
    if (Object.keys(ruled).length > 0) await context.store.update(lineEntity.slug, row.id, ruled)
  }
  return findings
}

/** `stoodIn`: of a line, its document before the step. */
async function brokenIn(context: CommandContext, asked: RuledRow, stoodIn?: Row): Promise<readonly Finding[]> {
  const { previous, entered } = asked
  const wrong = await applyForm(context, asked)
  if (wrong.length === 0) return wrong
  const stood = previous ? await applyForm(context, { ...asked, row: { ...previous }, ...(stoodIn && { head: stoodIn }), entered: new Set() }) : []
  const known = new Set(stood.map(keyOf))
  return wrong.filter((one) => !known.has(keyOf(one)) && (!missing.has(one.code) || entered?.has(one.path)))
}

const keyOf = ({ code, path, message }: Finding) => `${path}:${code}:${message.en}`
const missing: ReadonlySet<string> = new Set(['required', 'tooFewRows'])

/** What a person has changed of a row by way of the step; undefined: only the platform has. */
function enteredOf(changed: readonly string[], isEntered: boolean, values: Readonly<Record<string, unknown>> = {}): ReadonlySet<string> | undefined {
  const names = changed.filter((name) => Object.hasOwn(values, name))
  return isEntered && names.length > 0 ? new Set(names) : undefined
}
