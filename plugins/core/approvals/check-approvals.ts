import type { ApprovalDefinition, ApproverDefinition } from '../../../config/language/approval.ts'
import type { EntityDefinition } from '../../../config/language/entity.ts'
import type { Text } from '../../../config/language/text.ts'
import type { WorkflowDefinition } from '../../../config/language/workflow.ts'
import { stateNodes } from '../../../workflows/engine/nodes.ts'
import { certain, type ProofFinding } from '../../../workflows/engine/verify/proof.ts'
import { allFields } from '../entities/system-fields.ts'
import { leadsToUser } from './approvers.ts'
import { problemOfCondition } from './condition.ts'

type Entities = ReadonlyMap<string, EntityDefinition>

/** What the approvals of a workflow name and the entity does not have: fields of conditions, ways to people, what is watched. */
export function approvalFindings(entities: Entities, entity: EntityDefinition, definition: WorkflowDefinition): ProofFinding[] {
  return [...stateNodes(definition).values()].flatMap((node) => (node.definition.approval ? ofApproval(entities, entity, { approval: node.definition.approval, place: `${node.place}.approval` }) : []))
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
