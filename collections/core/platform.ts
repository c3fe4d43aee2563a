import type { EntityDefinition } from '../../config/language/entity.ts'
import { boolean, dateTime, indexed, integer, json, longText, option, quantity, relation, required, select, text } from '../../config/language/fields.ts'

/** The platform's own records: written by commands and the runner only, never by a person. */

type RecordDefinition = Pick<EntityDefinition, 'slug' | 'label' | 'fields' | 'indexes'>

const record = (definition: RecordDefinition): EntityDefinition => ({
  system: 'core', kind: 'record', labels: definition.label, titleField: 'id',
  listColumns: definition.fields.slice(0, 6).map(({ name }) => name), ...definition,
})

const at = dateTime('at', { en: 'At', zh: '时间' }, { required: true, index: true })
const entity = text('entity', { en: 'Entity', zh: '实体' }, required)
const documentId = text('documentId', { en: 'Document', zh: '单据' }, { required: true, index: true })
const documentVersion = integer('documentVersion', { en: 'Version', zh: '版本' }, required)
const traceId = text('traceId', { en: 'Trace', zh: '追溯号' }, indexed)

/** What happened to every document: one row a version, kept for ever. */
export const history = record({ slug: 'history', label: { en: 'History', zh: '历史' }, fields: [
  entity, documentId, documentVersion, at,
  text('actor', { en: 'Who', zh: '操作人' }, required),
  text('actorName', { en: 'Name', zh: '姓名' }),
  text('apiKey', { en: 'API key', zh: 'API 密钥' }),
  text('action', { en: 'Action', zh: '操作' }, required),
  text('event', { en: 'Event', zh: '事件' }),
  text('stateBefore', { en: 'From', zh: '原状态' }),
  text('stateAfter', { en: 'To', zh: '新状态' }),
  text('definitionHash', { en: 'Definition', zh: '定义' }),
  json('guards', { en: 'Guard outcomes', zh: '条件结果' }),
  json('changes', { en: 'Changes', zh: '变更' }),
  longText('reason', { en: 'Reason', zh: '原因' }),
  traceId,
  text('cause', { en: 'Cause', zh: '起因' }),
], indexes: [{ fields: ['entity', 'documentId', 'documentVersion'], unique: true }, { fields: ['entity', 'stateAfter', 'stateBefore', 'at'] }] })

/** The outbox: written in the transaction of the change, read by the runner. */
export const events = record({ slug: 'events', label: { en: 'Events', zh: '事件' }, fields: [
  text('type', { en: 'Type', zh: '类型' }, { required: true, index: true }),
  integer('schemaVersion', { en: 'Schema version', zh: '模式版本' }, required),
  entity, documentId, documentVersion, at, traceId,
  text('actor', { en: 'Who', zh: '操作人' }, required),
  text('cause', { en: 'Cause', zh: '起因' }),
  json('data', { en: 'Data', zh: '数据' }),
] })

/** One piece of later work: an event for one handler, or a workflow's timer. */
export const workItems = record({ slug: 'work-items', label: { en: 'Work items', zh: '待处理事项' }, fields: [
  text('key', { en: 'Key', zh: '键' }, { required: true, unique: true }),
  select('kind', { en: 'Kind', zh: '种类' }, {
    required: true,
    options: [option('event', { en: 'Event', zh: '事件' }), option('timer', { en: 'Timer', zh: '定时' }), option('delivery', { en: 'Delivery', zh: '发送' })],
  }),
  text('handler', { en: 'Handler', zh: '处理程序' }, { required: true, index: true }),
  relation('event', { en: 'Event', zh: '事件' }, { to: 'events' }),
  entity, documentId, documentVersion,
  dateTime('dueAt', { en: 'Due', zh: '到期' }, { required: true, index: true }),
  dateTime('leaseUntil', { en: 'Leased until', zh: '租约至' }),
  text('leaseOwner', { en: 'Lease owner', zh: '租约持有者' }),
  integer('attempts', { en: 'Attempts', zh: '尝试次数' }, required),
  select('status', { en: 'Status', zh: '状态' }, {
    required: true, index: true,
    options: [
      option('pending', { en: 'Waiting', zh: '等待' }, 'waiting'),
      option('done', { en: 'Done', zh: '完成' }, 'good'),
      option('dead', { en: 'Dead letter', zh: '死信' }, 'bad'),
      option('cancelled', { en: 'Cancelled', zh: '已取消' }, 'neutral'),
    ],
  }),
  longText('lastError', { en: 'Last error', zh: '最近错误' }),
  json('data', { en: 'Data', zh: '数据' }),
], indexes: [{ fields: ['status', 'dueAt'] }, { fields: ['entity', 'documentId', 'handler'] }] })

/**
 * Long work that is no command: backups, proofs. One row a piece; whoever holds the lease does it, and after a crash another
 * process takes it up again.
 */
export const backgroundJobs = record({ slug: 'background-jobs', label: { en: 'Background jobs', zh: '后台任务' }, fields: [
  text('key', { en: 'Key', zh: '键' }, { required: true, unique: true }),
  text('kind', { en: 'Kind', zh: '种类' }, { required: true, index: true }),
  text('subject', { en: 'About', zh: '对象' }, indexed),
  select('status', { en: 'Status', zh: '状态' }, {
    required: true, index: true,
    options: [
      option('waiting', { en: 'Waiting', zh: '等待' }, 'waiting'),
      option('running', { en: 'Running', zh: '运行中' }, 'waiting'),
      option('done', { en: 'Done', zh: '完成' }, 'good'),
      option('failed', { en: 'Failed', zh: '失败' }, 'bad'),
    ],
  }),
  dateTime('dueAt', { en: 'Due', zh: '到期' }, { required: true, index: true }),
  dateTime('startedAt', { en: 'Started', zh: '开始' }),
  dateTime('endedAt', { en: 'Ended', zh: '结束' }),
  dateTime('leaseUntil', { en: 'Leased until', zh: '租约至' }),
  text('leaseOwner', { en: 'Lease owner', zh: '租约持有者' }),
  integer('attempts', { en: 'Attempts', zh: '尝试次数' }, required),
  text('actor', { en: 'Who', zh: '操作人' }, required),
  json('input', { en: 'Input', zh: '输入' }),
  json('result', { en: 'Result', zh: '结果' }),
  longText('error', { en: 'Error', zh: '错误' }),
], indexes: [{ fields: ['kind', 'dueAt'] }] })

export const idempotencyKeys = record({ slug: 'idempotency-keys', label: { en: 'Idempotency keys', zh: '幂等键' }, fields: [
  text('key', { en: 'Key', zh: '键' }, { required: true, unique: true }),
  text('requestHash', { en: 'Request', zh: '请求' }, required),
  json('result', { en: 'Result', zh: '结果' }),
  at,
] })

/** Ids of other systems, so that an import of the same row again changes nothing. */
export const externalKeys = record({ slug: 'external-keys', label: { en: 'External keys', zh: '外部键' }, fields: [
  text('source', { en: 'Source', zh: '来源' }, required),
  entity,
  text('externalId', { en: 'External id', zh: '外部编号' }, required),
  documentId,
], indexes: [{ fields: ['source', 'entity', 'externalId'], unique: true }] })

/** Which document came from which: the edges of the trace graph. */
export const documentLinks = record({ slug: 'document-links', label: { en: 'Document links', zh: '单据关联' }, fields: [
  text('fromEntity', { en: 'From entity', zh: '来源实体' }, required),
  text('fromId', { en: 'From', zh: '来源' }, { required: true, index: true }),
  text('toEntity', { en: 'To entity', zh: '目标实体' }, required),
  text('toId', { en: 'To', zh: '目标' }, { required: true, index: true }),
  traceId, at,
], indexes: [{ fields: ['fromId', 'toId'], unique: true }] })

/** Quantity pegs: how much of a supply serves the demand of a trace. */
export const pegs = record({ slug: 'pegs', label: { en: 'Pegs', zh: '供需挂接' }, fields: [
  text('supplyEntity', { en: 'Supply', zh: '供应' }, required),
  text('supplyId', { en: 'Supply document', zh: '供应单据' }, { required: true, index: true }),
  text('supplyLine', { en: 'Supply line', zh: '供应行' }, indexed),
  text('supplyTraceId', { en: 'Supply trace', zh: '供应追溯号' }, indexed),
  text('demandEntity', { en: 'Demand', zh: '需求' }, required),
  text('demandId', { en: 'Demand document', zh: '需求单据' }, { required: true, index: true }),
  text('demandLine', { en: 'Demand line', zh: '需求行' }, indexed),
  text('demandTraceId', { en: 'Demand trace', zh: '需求追溯号' }, { required: true, index: true }),
  relation('part', { en: 'Part', zh: '物料' }, { to: 'parts' }),
  quantity('quantity', { en: 'Quantity', zh: '数量' }, required),
  at,
] })

export const numberSeries = record({ slug: 'number-series', label: { en: 'Number series', zh: '编号序列' }, fields: [
  text('key', { en: 'Key', zh: '键' }, { required: true, unique: true }),
  integer('last', { en: 'Last number', zh: '末号' }, required),
] })

/** Every workflow definition that ever ruled a document, by hash. */
export const definitions = record({ slug: 'definitions', label: { en: 'Definitions', zh: '定义' }, fields: [
  text('hash', { en: 'Hash', zh: '哈希' }, { required: true, unique: true }),
  text('kind', { en: 'Kind', zh: '种类' }, required),
  text('slug', { en: 'Slug', zh: '标识' }, { required: true, index: true }),
  json('body', { en: 'Definition', zh: '内容' }, required),
  json('walked', { en: 'What came of trying it out', zh: '走查结果' }),
  at,
] })

/**
 * Every configuration that was published: the row with the highest number is the current one. Rows are only ever added,
 * so of two who publish on the same base one finds the number taken.
 */
export const revisions = record({ slug: 'revisions', label: { en: 'Revisions', zh: '配置版本' }, fields: [
  integer('number', { en: 'Number', zh: '版本号' }, { required: true, unique: true }),
  json('inputs', { en: 'What was published', zh: '发布内容' }, required),
  json('changes', { en: 'What it changed', zh: '变更内容' }),
  text('actor', { en: 'Who', zh: '操作人' }, required),
  at,
] })

/** What someone prepares to publish: the firm's own fields and the form of one entity (the row's id). Lenient: it may be unfinished or wrong. */
export const configurationDrafts = record({ slug: 'configuration-drafts', label: { en: 'Configuration drafts', zh: '配置草稿' }, fields: [
  json('fields', { en: 'Fields', zh: '字段' }, required),
  json('form', { en: 'Form', zh: '表单' }, required),
  json('entity', { en: 'Entity', zh: '实体' }),
  integer('version', { en: 'Version', zh: '版本' }, required),
  text('actor', { en: 'Who', zh: '操作人' }, required),
  at,
] })

/** What someone prepares for one page of its own; its id is the page's slug. */
export const pageDrafts = record({ slug: 'page-drafts', label: { en: 'Page drafts', zh: '页面草稿' }, fields: [
  json('page', { en: 'Page', zh: '页面' }, required),
  integer('version', { en: 'Version', zh: '版本' }, required),
  text('actor', { en: 'Who', zh: '操作人' }, required),
  at,
] })

/** What someone prepares for the workflow of one entity (the row's id), as a patch of what is shipped. Lenient, as the others are. */
export const workflowDrafts = record({ slug: 'workflow-drafts', label: { en: 'Workflow drafts', zh: '流程草稿' }, fields: [
  json('layer', { en: 'Workflow', zh: '流程' }, required),
  integer('version', { en: 'Version', zh: '版本' }, required),
  text('actor', { en: 'Who', zh: '操作人' }, required),
  at,
] })

/** A plan by which documents under way get the version of their workflow that is published, and how it goes. */
export const workflowMigrations = record({ slug: 'workflow-migrations', label: { en: 'Workflow migrations', zh: '流程迁移' }, fields: [
  text('entity', { en: 'Entity', zh: '实体' }, { required: true, index: true }),
  text('toHash', { en: 'To version', zh: '目标版本' }, required),
  json('map', { en: 'Map of states', zh: '状态对应' }, required),
  select('status', { en: 'Status', zh: '状态' }, {
    required: true,
    options: [
      option('running', { en: 'Running', zh: '进行中' }, 'waiting'),
      option('done', { en: 'Done, to be confirmed', zh: '已完成，待确认' }, 'warning'),
      option('confirmed', { en: 'Confirmed', zh: '已确认' }, 'good'),
      option('reverting', { en: 'Being taken back', zh: '撤回中' }, 'waiting'),
      option('reverted', { en: 'Taken back', zh: '已撤回' }, 'neutral'),
      option('failed', { en: 'Failed', zh: '失败' }, 'bad'),
    ],
  }),
  json('told', { en: 'Progress', zh: '进度' }),
  text('actor', { en: 'Who', zh: '操作人' }, required),
  at,
  dateTime('endedAt', { en: 'Ended', zh: '结束' }),
] })

/** Roles are data: what a role may do, to what. */
export const roles: EntityDefinition = {
  slug: 'roles', system: 'core', kind: 'master', titleField: 'name',
  label: { en: 'Role', zh: '角色' }, labels: { en: 'Roles', zh: '角色' },
  fields: [
    text('slug', { en: 'Key', zh: '标识' }, { required: true, unique: true, maxLength: 64 }),
    text('name', { en: 'Name', zh: '名称' }, required),
    text('nameZh', { en: 'Name in Chinese', zh: '中文名称' }),
    text('basedOn', { en: 'Acts as', zh: '等同于' }, {
      help: {
        en: 'Key of a shipped role: wherever a workflow or a work list names that role, this one counts too.',
        zh: '预置角色的标识：流程和待办中凡指定该角色之处，此角色同样适用。',
      },
    }),
    json('permissions', { en: 'Permissions', zh: '权限' }, required),
    boolean('shipped', { en: 'Shipped with Trellis', zh: '系统预置' }, { readOnly: true }),
  ],
  listColumns: ['slug', 'name', 'nameZh', 'shipped'], searchFields: ['slug', 'name', 'nameZh'],
}

export const platformEntities: readonly EntityDefinition[] = [
  history, events, workItems, backgroundJobs, idempotencyKeys, externalKeys, documentLinks, pegs, numberSeries, definitions, revisions, configurationDrafts, pageDrafts, workflowDrafts, workflowMigrations, roles,
]
