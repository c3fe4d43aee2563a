import type { EntityDefinition } from '../../config/language/entity.ts'
import { date, integer, percent, quantity, relation, required, text } from '../../config/language/fields.ts'
import { descriptionField, partField, quantityField, unitFields } from '../core/document-fields.ts'
import { versionFields } from './shared-fields.ts'

export const bomVersions = {
  slug: 'bom-versions',
  system: 'mrp',
  kind: 'document',
  label: { en: 'Bill of material', zh: '物料清单' },
  labels: { en: 'Bills of material', zh: '物料清单' },
  help: {
    en: 'What a part is made of, in versions. On a day and at a site exactly one released version rules.',
    zh: '物料的组成，按版本管理。同一天、同一地点只有一个已发布版本有效。',
  },
  titleField: 'number',
  fields: [
    ...versionFields('bom-versions'),
    quantity('outputQuantity', { en: 'Makes', zh: '基准数量' }, {
      default: '1', min: 0, help: { en: 'How much of the part, in its stock unit, the lines are for.', zh: '明细行所对应的母件数量（库存单位）。' },
    }),
  ],
  lines: { entity: 'bom-lines', parentField: 'bomVersion', label: { en: 'Components', zh: '子件' } },
  numbering: { prefix: 'BOM' },
  workflow: 'bom-version',
  listColumns: ['number', 'part', 'revision', 'site', 'validFrom', 'validTo', 'owner'],
  searchFields: ['number', 'revision'],
  defaultSort: '-number',
  indexes: [{ fields: ['part', 'revision'], unique: true }],
} satisfies EntityDefinition

export const bomLines = {
  slug: 'bom-lines',
  system: 'mrp',
  kind: 'line',
  label: { en: 'Component', zh: '子件' },
  labels: { en: 'Components', zh: '子件' },
  titleField: 'description',
  parent: { entity: 'bom-versions', field: 'bomVersion' },
  fields: [
    relation('bomVersion', { en: 'Bill of material', zh: '物料清单' }, { to: 'bom-versions', ...required }),
    partField,
    descriptionField,
    quantityField,
    ...unitFields,
    percent('scrapPercent', { en: 'Scrap', zh: '损耗率' }, {
      default: '0', min: 0, max: 99, help: { en: 'Share of what is drawn that is lost: needed ÷ (1 − scrap) is drawn.', zh: '领用量中的损耗比例：领用量 = 净用量 ÷（1 − 损耗率）。' },
    }),
    integer('operation', { en: 'Operation', zh: '工序号' }, { min: 1, max: 9999, help: { en: 'Where in the routing it goes in.', zh: '在工艺路线的哪道工序投入。' } }),
    date('validFrom', { en: 'From', zh: '生效' }),
    date('validTo', { en: 'To', zh: '失效' }),
    text('note', { en: 'Note', zh: '备注' }),
  ],
  listColumns: ['part', 'description', 'quantity', 'unit', 'scrapPercent', 'operation', 'validFrom', 'validTo', 'note'],
  unlisted: true,
} satisfies EntityDefinition
