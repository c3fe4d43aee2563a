import type { EntityDefinition } from '../../config/language/entity.ts'
import { dateTime, indexed, integer, json, longText, option, required, select, text } from '../../config/language/fields.ts'

const entity = text('entity', { en: 'Entity', zh: '实体' }, required)
const documentId = text('documentId', { en: 'Document', zh: '单据' }, { required: true, index: true })

/** An approval of a document: what was asked, of what content, and how it ended. Written by commands only (`plugins/core/approvals`). */
export const approvals: EntityDefinition = {
  slug: 'approvals', system: 'core', kind: 'record', titleField: 'id',
  label: { en: 'Approval', zh: '审批' }, labels: { en: 'Approvals', zh: '审批' },
  fields: [
    entity, documentId,
    integer('documentVersion', { en: 'Version', zh: '版本' }, required),
    text('state', { en: 'State', zh: '状态' }, required),
    text('definitionHash', { en: 'Definition', zh: '流程定义' }),
    select('status', { en: 'Status', zh: '审批状态' }, {
      required: true, index: true,
      options: [
        option('waiting', { en: 'Waiting', zh: '审批中' }, 'waiting'),
        option('approved', { en: 'Approved', zh: '已通过' }, 'good'),
        option('rejected', { en: 'Rejected', zh: '已驳回' }, 'bad'),
        option('returned', { en: 'Returned', zh: '已退回' }, 'warning'),
        option('withdrawn', { en: 'Withdrawn', zh: '已撤回' }, 'neutral'),
        option('closed', { en: 'No longer needed', zh: '已失效' }, 'neutral'),
        option('reopened', { en: 'Reopened', zh: '已重新发起' }, 'warning'),
      ],
    }),
    text('step', { en: 'Step', zh: '当前步骤' }),
    text('submitter', { en: 'Asked by', zh: '提交人' }, indexed),
    text('submitterName', { en: 'Asked by (name)', zh: '提交人姓名' }),
    dateTime('at', { en: 'Asked', zh: '提交时间' }, { required: true, index: true }),
    dateTime('due', { en: 'Due', zh: '到期' }),
    dateTime('endedAt', { en: 'Ended', zh: '结束时间' }),
    json('terms', { en: 'Terms', zh: '审批规则' }, required),
    json('chain', { en: 'Steps', zh: '审批步骤' }, required),
    json('snapshot', { en: 'What is approved', zh: '审批内容' }, { ...required, hidden: true }),
    text('hash', { en: 'Hash of the content', zh: '内容哈希' }, required),
    integer('version', { en: 'Version of the approval', zh: '审批版本' }, required),
  ],
  listColumns: ['at', 'entity', 'documentId', 'status', 'step', 'submitterName', 'due'], defaultSort: '-at',
  indexes: [{ fields: ['entity', 'documentId', 'status'] }],
}

/** Who is asked at present: one row a seat. `assignee`: "user:<id>" or "role:<slug>". */
export const approvalTasks: EntityDefinition = {
  slug: 'approval-tasks', system: 'core', kind: 'record', titleField: 'id',
  label: { en: 'Approval task', zh: '审批任务' }, labels: { en: 'Approval tasks', zh: '审批任务' },
  fields: [
    text('approval', { en: 'Approval', zh: '审批' }, { required: true, index: true }),
    entity, documentId,
    text('step', { en: 'Step', zh: '步骤' }, required),
    text('seat', { en: 'Seat', zh: '席位' }, required),
    text('assignee', { en: 'Approver', zh: '审批人' }, required),
    select('status', { en: 'Status', zh: '状态' }, {
      required: true,
      options: [option('waiting', { en: 'Waiting', zh: '待审批' }, 'waiting'), option('done', { en: 'Decided', zh: '已处理' }, 'good'), option('closed', { en: 'No longer needed', zh: '已失效' }, 'neutral')],
    }),
    dateTime('since', { en: 'Since', zh: '开始时间' }, required),
    dateTime('due', { en: 'Due', zh: '到期' }),
  ],
  listColumns: ['since', 'entity', 'documentId', 'step', 'assignee', 'status'], defaultSort: '-since',
  indexes: [{ fields: ['status', 'assignee', 'since'] }, { fields: ['approval', 'seat'], unique: true }],
}

/** What was decided, by whom and by which door; rows are only ever added. */
export const approvalDecisions: EntityDefinition = {
  slug: 'approval-decisions', system: 'core', kind: 'record', titleField: 'id',
  label: { en: 'Approval decision', zh: '审批意见' }, labels: { en: 'Approval decisions', zh: '审批意见' },
  fields: [
    text('approval', { en: 'Approval', zh: '审批' }, { required: true, index: true }),
    entity, documentId,
    text('step', { en: 'Step', zh: '步骤' }),
    text('seat', { en: 'Seat', zh: '席位' }),
    select('decision', { en: 'Decision', zh: '处理' }, {
      required: true,
      options: [
        option('approve', { en: 'Approved', zh: '同意' }, 'good'),
        option('reject', { en: 'Rejected', zh: '驳回' }, 'bad'),
        option('return', { en: 'Sent back', zh: '退回' }, 'warning'),
        option('delegate', { en: 'Passed on', zh: '转交' }, 'neutral'),
        option('addBefore', { en: 'Asked someone before', zh: '前加签' }, 'neutral'),
        option('addAfter', { en: 'Asked someone after', zh: '后加签' }, 'neutral'),
        option('withdraw', { en: 'Withdrawn', zh: '撤回' }, 'neutral'),
        option('remind', { en: 'Reminded', zh: '催办' }, 'neutral'),
        option('escalate', { en: 'Escalated', zh: '升级处理' }, 'warning'),
        option('instead', { en: 'Given to someone else', zh: '改派' }, 'warning'),
        option('reopen', { en: 'Reopened: the content was changed', zh: '内容变更，重新审批' }, 'warning'),
      ],
    }),
    text('by', { en: 'Who', zh: '操作人' }, indexed),
    text('byName', { en: 'Name', zh: '姓名' }),
    text('forUser', { en: 'On behalf of', zh: '代' }),
    text('forName', { en: 'On behalf of (name)', zh: '被代理人' }),
    text('target', { en: 'To', zh: '对象' }),
    longText('comment', { en: 'Comment', zh: '意见' }),
    dateTime('at', { en: 'At', zh: '时间' }, { required: true, index: true }),
    select('door', { en: 'By way of', zh: '途径' }, {
      required: true,
      options: [option('panel', { en: 'Signed in', zh: '系统内' }), option('link', { en: 'Email link', zh: '邮件链接' }), option('platform', { en: 'By itself', zh: '系统自动' })],
    }),
    text('hash', { en: 'Hash of the content', zh: '内容哈希' }),
  ],
  listColumns: ['at', 'entity', 'documentId', 'decision', 'byName', 'forName', 'comment'], defaultSort: '-at',
  indexes: [{ fields: ['entity', 'documentId', 'at'] }],
}

export const approvalEntities: readonly EntityDefinition[] = [approvals, approvalTasks, approvalDecisions]
