import type { ApprovalDefinition, ApproverDefinition } from '../../../config/language/approval.ts'
import type { EntityDefinition } from '../../../config/language/entity.ts'
import type { Text } from '../../../config/language/text.ts'
import type { WorkflowDefinition } from '../../../config/language/workflow.ts'
import { stateNodes } from '../../../workflows/engine/nodes.ts'
import { certain, possible, type ProofFinding } from '../../../workflows/engine/verify/proof.ts'
import type { Store } from '../data/store.ts'
import { allFields } from '../entities/system-fields.ts'
import { leadsToUser } from './approvers.ts'
import { problemOfCondition } from './condition.ts'
import { staffOf } from './staff.ts'

type Entities = ReadonlyMap<string, EntityDefinition>

/** What the approvals of a workflow name and the entity does not have: fields of conditions, ways to people, what is watched. */
export function approvalFindings(entities: Entities, entity: EntityDefinition, definition: WorkflowDefinition): ProofFinding[] {
  return [...stateNodes(definition).values()].flatMap((node) => (node.definition.approval ? ofApproval(entities, entity, { approval: node.definition.approval, place: `${node.place}.approval` }) : []))
}

/** Users whom the approvals of a workflow name and who are none, or may not sign in. One query. */
export async function approverFindings(store: Store, definition: WorkflowDefinition): Promise<ProofFinding[]> {
  const named = [...stateNodes(definition).values()].flatMap((node) => (node.definition.approval?.steps ?? []).flatMap((step, index) => step.approvers.flatMap((approver, at) =>
    ('users' in approver ? approver.users.map((user, which) => ({ user, path: `${node.place}.approval.steps[${index}].approvers[${at}].users[${which}]` })) : []))))
  if (named.length === 0) return []
  const people = await staffOf(store).byIds(named.map(({ user }) => user))
  return named.flatMap(({ user, path }) => {
    const colleague = people.get(user)
    if (!colleague) return [certain({ code: 'approval-user', path, message: { en: `There is no user “${user}”. Name the id of an account.`, zh: `不存在用户“${user}”，请填写有效账号的 id。` } })]
    if (!colleague.blocked) return []
    return [possible({ code: 'approval-user-blocked', path, message: { en: `${colleague.name} is blocked: the step then falls to others. Name someone who may sign in.`, zh: `${colleague.name}的账号已停用，该步骤将转由他人处理。请指定可登录的用户。` } })]
  })
}

function ofApproval(entities: Entities, entity: EntityDefinition, { approval, place }: { readonly approval: ApprovalDefinition; readonly place: string }): ProofFinding[] {
  const lineEntity = entity.lines && entities.get(entity.lines.entity)
  return [
    ...approval.steps.flatMap((step, index) => {
      const problem = step.when && problemOfCondition(entity, step.when)
      return [
        ...(problem ? [certain({ code: 'approval-condition', path: `${place}.steps[${index}].when`, message: problem })] : []),
        ...step.approvers.flatMap((approver, at) => wayOf(entities, { entity, lineEntity, approver, path: `${place}.steps[${index}].approvers[${at}]` })),
      ]
    }),
    ...(approval.watch ?? []).flatMap((name, index) => (isWatchable({ entity, lineEntity }, name) ? [] : [certain({ code: 'approval-watch', path: `${place}.watch[${index}]`, message: unknownField(entity, name) })])),
  ]
}

type Way = { readonly entity: EntityDefinition; readonly lineEntity: EntityDefinition | undefined; readonly approver: ApproverDefinition; readonly path: string }

function wayOf(entities: Entities, { entity, lineEntity, approver, path }: Way): ProofFinding[] {
  const from = 'lineOwner' in approver ? { of: lineEntity, way: approver.lineOwner } : 'field' in approver ? { of: entity, way: approver.field } : 'managerOf' in approver && approver.managerOf !== 'submitter' ? { of: entity, way: approver.managerOf } : undefined
  if (!from || (from.of && leadsToUser(entities, from.of, from.way))) return []
  return [certain({
    code: 'approval-way', path,
    message: from.of
      ? { en: `“${from.way}” leads to no user. Name a field that refers to a user, or references up to one, like supplier.owner.`, zh: `“${from.way}”无法对应到用户。请填写引用用户的字段，或逐级引用，例如 supplier.owner。` }
      : { en: `${entity.labels.en} have no lines, so no line has an owner. Choose other approvers.`, zh: `${entity.labels.zh}没有明细行，无法按行确定负责人，请选择其他审批人。` },
  })]
}

const isWatchable = ({ entity, lineEntity }: Pick<Way, 'entity' | 'lineEntity'>, name: string): boolean => {
  if (name === 'lines') return lineEntity !== undefined
  const [of, field] = name.startsWith('lines.') ? [lineEntity, name.slice('lines.'.length)] : [entity, name]
  return of !== undefined && allFields(of).some((one) => one.name === field)
}

const unknownField = ({ labels }: EntityDefinition, name: string): Text => ({ en: `${labels.en} have no field “${name}”. Name one of theirs.`, zh: `${labels.zh}没有字段“${name}”，请指定已有字段。` })
