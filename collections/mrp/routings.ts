import type { EntityDefinition } from '../../config/language/entity.ts'
import { integer, key, quantity, relation, required, text, unitPrice } from '../../config/language/fields.ts'
import { masterStatus } from '../core/shared-fields.ts'
import { versionFields } from './shared-fields.ts'

export const workCentres = {
  slug: 'work-centres',
  system: 'mrp',
  kind: 'master',
  label: { en: 'Work centre', zh: '工作中心' },
  labels: { en: 'Work centres', zh: '工作中心' },
  help: { en: 'A machine or a group of people or machines of one kind, with what an hour of it costs.', zh: '同类设备或人员的组合，及其每小时费率。' },
  titleField: 'code',
  fields: [
    text('code', { en: 'Code', zh: '工作中心代码' }, key),
    text('name', { en: 'Name', zh: '名称' }, required),
    text('nameZh', { en: 'Chinese name', zh: '中文名称' }),
    relation('site', { en: 'Site', zh: '地点' }, { to: 'sites' }),
    unitPrice('labourRate', { en: 'Labour an hour', zh: '人工费率（每小时）' }, { default: '0', min: 0 }),
    unitPrice('overheadRate', { en: 'Overhead an hour', zh: '制造费用率（每小时）' }, { default: '0', min: 0 }),
    quantity('hoursPerDay', { en: 'Hours a day', zh: '每日工时' }, { min: 0, help: { en: 'Of all its machines or people together.', zh: '全部设备或人员合计。' } }),
    masterStatus,
  ],
  listColumns: ['code', 'name', 'site', 'labourRate', 'overheadRate', 'hoursPerDay', 'status'],
  searchFields: ['code', 'name', 'nameZh'],
  defaultSort: 'code',
} satisfies EntityDefinition

export const routings = {
  slug: 'routings',
  system: 'mrp',
  kind: 'document',
  label: { en: 'Routing', zh: '工艺路线' },
  labels: { en: 'Routings', zh: '工艺路线' },
  help: { en: 'How a part is made, step by step, in versions like its bill of material.', zh: '物料的加工步骤，与物料清单一样按版本管理。' },
  titleField: 'number',
  fields: [
    ...versionFields('routings'),
    quantity('batchQuantity', { en: 'Usual batch', zh: '经济批量' }, {
      default: '1', min: 0, help: { en: 'Setup times are spread over it when a cost is worked out.', zh: '核算成本时准备时间按此数量分摊。' },
    }),
  ],
  lines: { entity: 'routing-operations', parentField: 'routing', label: { en: 'Operations', zh: '工序' } },
  numbering: { prefix: 'RTG' },
  workflow: 'routing',
  listColumns: ['number', 'part', 'revision', 'site', 'validFrom', 'validTo', 'batchQuantity'],
  searchFields: ['number', 'revision'],
  defaultSort: '-number',
  indexes: [{ fields: ['part', 'revision'], unique: true }],
} satisfies EntityDefinition

export const routingOperations = {
  slug: 'routing-operations',
  system: 'mrp',
  kind: 'line',
  label: { en: 'Operation', zh: '工序' },
  labels: { en: 'Operations', zh: '工序' },
  titleField: 'description',
  parent: { entity: 'routings', field: 'routing' },
  fields: [
    relation('routing', { en: 'Routing', zh: '工艺路线' }, { to: 'routings', ...required }),
    integer('operation', { en: 'Operation', zh: '工序号' }, { min: 1, max: 9999, help: { en: 'Empty: in tens.', zh: '留空则按 10 递增。' } }),
    relation('workCentre', { en: 'Work centre', zh: '工作中心' }, { to: 'work-centres', ...required }),
    text('description', { en: 'What is done', zh: '工序内容' }),
    quantity('setupMinutes', { en: 'Setup', zh: '准备时间' }, { default: '0', min: 0, unit: 'min', help: { en: 'Minutes a batch.', zh: '每批分钟数。' } }),
    quantity('runMinutes', { en: 'Run', zh: '单件工时' }, { default: '0', min: 0, unit: 'min', help: { en: 'Minutes for one of the part.', zh: '每件分钟数。' } }),
  ],
  listColumns: ['operation', 'workCentre', 'description', 'setupMinutes', 'runMinutes'],
  unlisted: true,
} satisfies EntityDefinition
