import type { EntityDefinition } from '../../../config/language/entity.ts'
import { closeApprovals } from '../approvals/follow-state.ts'
import type { Row } from '../data/store.ts'
import { usesOf } from '../data/uses.ts'
import { failRefused } from '../errors.ts'
import { pinnedState } from '../workflow/pinned.ts'
import type { CommandContext } from './context.ts'
import { requireVersion } from './edit.ts'
import { appendEvents, appendHistories } from './record.ts'

/** Removes a draft, or a master record that nothing refers to; its history stays. */
export async function discardDocument(
  context: CommandContext, slug: string, id: string, options: { expectedVersion?: number; reason?: string } = {},
): Promise<void> {
  const entity = context.entity(slug)
  const document = (await context.store.require(slug, id)) as Row
  requireVersion(entity, document, options.expectedVersion)
  await requireDiscardable(context, entity, document)
  await context.shutOutReferences()
  await requireUnreferenced(context, entity, document)
  await removeDocuments(context, entity, { documents: [document], ...(options.reason === undefined ? {} : { reason: options.reason }) })
}

/**
 * Removes many that nothing else refers to, which the caller has asked after shutting out new references; their history
 * stays. @throws when one is past its draft
 */
export async function discardDocuments(context: CommandContext, slug: string, documents: readonly Row[], reason: string): Promise<void> {
  const entity = context.entity(slug)
  for (const document of documents) await requireDiscardable(context, entity, document)
  await removeDocuments(context, entity, { documents, reason })
}

async function removeDocuments(context: CommandContext, entity: EntityDefinition, { documents, reason }: { readonly documents: readonly Row[]; readonly reason?: string }): Promise<void> {
  if (documents.length === 0) return
  const behaviour = context.platform.behaviours.get(entity.slug)
  for (const document of documents) await behaviour?.discarding?.(context, document)
  const ids = documents.map(({ id }) => id)
  if (context.platform.workflows.has(entity.slug)) await closeApprovals(context, { entity: entity.slug, ids })
  if (entity.lines) await context.store.remove(entity.lines.entity, { [entity.lines.parentField]: { in: ids } })
  await context.store.remove(entity.slug, { id: { in: ids } })
  const after = documents.map((document) => ({ document, last: { ...document, version: Number(document.version ?? 0) + 1 } }))
  await appendHistories(context, after.map(({ document, last }) => ({
    entity: entity.slug, document: last, action: 'discard', changes: { document: [document, null] }, ...(reason === undefined ? {} : { reason }),
  })))
  await appendEvents(context, after.map(({ last }) => ({ type: `${entity.slug}.discarded`, entity: entity.slug, document: last, data: {} })))
}

/** Refuses what is past its draft, by the definition that the document runs under. */
export async function requireDiscardable(context: CommandContext, entity: EntityDefinition, document: Row): Promise<void> {
  const state = await pinnedState(context.platform, context.store, entity.slug, document)
  if (!state || state.discardable) return
  failRefused([{
    code: 'notDiscardable',
    message: {
      en: `${entity.label.en} ${String(document.number ?? '')} is ${state.label.en.toLowerCase()}; what is past its draft is cancelled or reversed, never removed.`,
      zh: `${entity.label.zh}${String(document.number ?? '')}处于“${state.label.zh}”状态；非草稿单据只能取消或冲销，不能删除。`,
    },
  }])
}

async function requireUnreferenced(context: CommandContext, entity: EntityDefinition, document: Row): Promise<void> {
  for await (const { entity: other, field, count } of usesOf(context.store, context.platform, { to: entity.slug, id: document.id })) {
    const remedy = entity.kind === 'document' ? remedies.document : entity.fields.some(({ name }) => name === 'status') ? remedies.master : remedies.plain
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
  /** A master that cannot be set inactive. */
  plain: { en: 'Change what refers to it first.', zh: '请先修改引用它的记录。' },
}
