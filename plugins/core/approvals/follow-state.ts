import type { ApprovalDefinition } from '../../../config/language/approval.ts'
import type { EntityDefinition } from '../../../config/language/entity.ts'
import type { CompiledWorkflow } from '../../../workflows/engine/compile.ts'
import type { Effects } from '../../../workflows/engine/machine.ts'
import type { CommandContext } from '../commands/context.ts'
import { newId } from '../commands/context.ts'
import type { Row } from '../data/store.ts'
import { pinnedWorkflow } from '../workflow/pinned.ts'
import { approvalOf, type Approval } from './approval-row.ts'
import { askerOf, type Initiative } from './asker.ts'
import { contentOf, hashOfContent, type Content } from './content.ts'
import { openChain, reopenChain } from './engine/chain.ts'
import { advance, note, saveApproval, subjectOf } from './run-approval.ts'

type Stepped = { readonly entity: string; readonly document: Row; readonly lines: readonly Row[]; readonly approvals: Effects['approvals']; readonly initiative: Initiative }

/**
 * Ends the approvals of states that were left and begins those of states that were entered, in the transaction of the step.
 * @returns events to send at once, because nobody had to be asked
 */
export async function followState(context: CommandContext, compiled: CompiledWorkflow, { entity, document, lines, approvals, initiative }: Stepped): Promise<string[]> {
  for (const path of approvals?.close ?? []) await closeApprovals(context, { entity, ids: [document.id], state: path })
  const outcomes: string[] = []
  for (const path of approvals?.open ?? []) {
    const definition = compiled.nodes.get(path)?.definition.approval
    if (!definition) continue
    const begun = await begin(context, { definition, state: path, entity, hash: compiled.hash, subject: { document, lines }, initiative })
    if (begun.status === 'approved') outcomes.push(definition.approved)
  }
  return outcomes
}

type Beginning = { readonly definition: ApprovalDefinition; readonly state: string; readonly entity: string; readonly hash: string; readonly subject: Content; readonly initiative: Initiative }

async function begin(context: CommandContext, { definition, state, entity, hash, subject, initiative }: Beginning): Promise<Approval> {
  const { steps, ...terms } = definition
  const owner = context.entity(entity)
  const lineEntity = owner.lines && context.entity(owner.lines.entity)
  const submitter = await askerOf(context, { entity, document: subject.document, initiative })
  const approval: Approval = {
    id: newId(), entity, documentId: subject.document.id, state, status: 'waiting', submitter: submitter.id, submitterName: submitter.name,
    at: context.now, due: null, terms, chain: openChain(steps), snapshot: contentOf({ entity: owner, lineEntity }, subject), hash: hashOfContent({ entity: owner, lineEntity, watch: terms.watch }, subject), version: 1,
  }
  await context.store.insert('approvals', { ...approval, documentVersion: Number(subject.document.version ?? 0), definitionHash: hash, step: null, endedAt: null })
  return saveApproval(context, approval, { chain: await advance(context, { chain: approval.chain, subject, approval }) })
}

/** Ends what waits for documents that went another way, or that are gone. */
export async function closeApprovals(context: CommandContext, { entity, ids, state }: { readonly entity: string; readonly ids: readonly string[]; readonly state?: string }): Promise<void> {
  const open = await context.store.find('approvals', { where: { and: [{ entity: { equals: entity } }, { documentId: { in: [...ids] } }, { status: { equals: 'waiting' } }, ...(state === undefined ? [] : [{ state: { equals: state } }])] } })
  for (const row of open) {
    const approval = approvalOf(row)
    await saveApproval(context, approval, { chain: approval.chain, status: 'closed' })
  }
}

/**
 * After the document was changed: an approval whose content differs from what the approvers see begins anew; one that was given is
 * reopened by its event. `isEntered`: what people enter; of what a step of the workflow writes only the named fields count.
 */
export async function followChange(context: CommandContext, entity: EntityDefinition, { document, isEntered }: { readonly document: Row; readonly isEntered: boolean }): Promise<void> {
  const compiled = await pinnedWorkflow(context.platform, context.store, entity.slug, document)
  if (!compiled || !hasApprovals(compiled)) return
  const rows = await context.store.find('approvals', { where: { and: [{ entity: { equals: entity.slug } }, { documentId: { equals: document.id } }, { status: { in: ['waiting', 'approved'] } }] }, sort: '-at' })
  if (rows.length === 0) return
  const subject = await subjectOf(context, { entity: entity.slug, documentId: document.id })
  const lineEntity = entity.lines && context.entity(entity.lines.entity)
  const seen = new Set<string>()
  for (const approval of rows.map(approvalOf)) {
    // Only the last approval of a state counts.
    if (seen.has(approval.state)) continue
    seen.add(approval.state)
    const { watch } = approval.terms
    if (!isEntered && !watch && approval.status !== 'waiting') continue
    const hash = hashOfContent({ entity, lineEntity, watch }, subject)
    if (hash !== approval.hash) await reopen(context, approval, { snapshot: contentOf({ entity, lineEntity }, subject), hash, subject })
  }
}

async function reopen(context: CommandContext, approval: Approval, { snapshot, hash, subject }: { readonly snapshot: Content; readonly hash: string; readonly subject: Content }): Promise<void> {
  if (approval.status === 'waiting') {
    await note(context, { ...approval, hash }, { decision: 'reopen', door: 'platform' })
    const next = await saveApproval(context, approval, { chain: await advance(context, { chain: reopenChain(approval.chain), subject, approval }), content: { snapshot, hash } })
    if (next.status === 'approved') await context.send(approval.entity, approval.documentId, approval.terms.approved)
    return
  }
  const { reopened } = approval.terms
  if (reopened === undefined) return
  // First: what the event leads to asks for this approval again.
  await context.store.update('approvals', approval.id, { status: 'reopened' })
  const isSent = await context.offer(approval.entity, approval.documentId, reopened, { reason: reopenedReason[context.actor.language] })
  if (isSent) await note(context, { ...approval, hash }, { decision: 'reopen', door: 'platform' })
  else await context.store.update('approvals', approval.id, { status: 'approved' })
}

const reopenedReason = { en: 'What was approved has been changed.', zh: '已审批的内容发生变更。' } as const

export function hasApprovals(compiled: CompiledWorkflow): boolean {
  const known = withApprovals.get(compiled) ?? [...compiled.nodes.values()].some(({ definition }) => definition.approval)
  withApprovals.set(compiled, known)
  return known
}

const withApprovals = new WeakMap<CompiledWorkflow, boolean>()
