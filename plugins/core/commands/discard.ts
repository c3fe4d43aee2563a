import type { EntityDefinition } from '../../../config/language/entity.ts'
import type { Row } from '../data/store.ts'
import { usesOf } from '../data/uses.ts'
import { failRefused } from '../errors.ts'
import { stateOf } from '../workflow/pinned.ts'
import type { CommandContext } from './context.ts'
import { requireVersion } from './edit.ts'
import { appendEvent, appendHistory } from './record.ts'

/** Removes a draft, or a master record that nothing refers to; its history stays. */
export async function discardDocument(
  context: CommandContext, slug: string, id: string, options: { expectedVersion?: number; reason?: string } = {},
): Promise<void> {
  const entity = context.entity(slug)
  const document = (await context.store.require(slug, id)) as Row
  requireVersion(entity, document, options.expectedVersion)
  requireDiscardable(context, entity, document)
  await context.shutOutReferences()
  await requireUnreferenced(context, entity, document)
  await context.platform.behaviours.get(slug)?.discarding?.(context, document)
  if (entity.lines) await context.store.remove(entity.lines.entity, { [entity.lines.parentField]: { equals: id } })
  await context.store.remove(slug, { id: { equals: id } })
  const after = { ...document, version: Number(document.version ?? 0) + 1 }
  await appendHistory(context, {
    entity: slug, document: after, action: 'discard', changes: { document: [document, null] },
    ...(options.reason === undefined ? {} : { reason: options.reason }),
  })
  await appendEvent(context, { type: `${slug}.discarded`, entity: slug, document: after, data: {} })
}

function requireDiscardable(context: CommandContext, entity: EntityDefinition, document: Row): void {
  const state = stateOf(document)
  const definition = state === undefined ? undefined : context.platform.workflows.get(entity.slug)?.definition.states[state.split('.')[0] ?? state]
  if (!definition || definition.discardable) return
  failRefused([{
    code: 'notDiscardable',
    message: {
      en: `${entity.label.en} ${String(document.number ?? '')} is ${definition.label.en.toLowerCase()}; what is past its draft is cancelled or reversed, never removed.`,
      zh: `${entity.label.zh}${String(document.number ?? '')}处于“${definition.label.zh}”状态；非草稿单据只能取消或冲销，不能删除。`,
    },
  }])
}

async function requireUnreferenced(context: CommandContext, entity: EntityDefinition, document: Row): Promise<void> {
  for await (const { entity: other, field, count } of usesOf(context.store, context.platform, { to: entity.slug, id: document.id })) {
    const remedy = entity.kind === 'document' ? remedies.document : remedies.master
    failRefused([{
      code: 'inUse',
      message: {
        en: `${entity.label.en} is used by ${count} ${(count === 1 ? other.label : other.labels).en.toLowerCase()} (${field.label.en}). ${remedy.en}`,
        zh: `${entity.label.zh}已被 ${count} 条${other.labels.zh}引用（${field.label.zh}），${remedy.zh}`,
      },
    }])
  }
}

const remedies = {
  document: { en: 'Discard that first, or cancel it instead.', zh: '请先删除引用它的单据，或改为取消本单。' },
  master: { en: 'Set it inactive instead.', zh: '请改为停用。' },
}
