import type { FieldDefinition } from '../../config/language/entity.ts'
import { counter, longText, money, option, readOnly, relation, select, text } from '../../config/language/fields.ts'

export const locationField = relation('location', { en: 'Location', zh: '库位' }, { to: 'locations' })
/** Empty text, never absent, for parts not tracked by lot: the key of a balance must compare equal on both databases. */
export const lotField = text('lot', { en: 'Lot', zh: '批次' }, { default: '', index: true, maxLength: 64 })
export const siteField = relation('site', { en: 'Site', zh: '地点' }, { to: 'sites', required: true })

/** How much of a document is done: the fold of its lines, written by commands. */
export const progress = (name: string, label: FieldDefinition['label']): FieldDefinition => select(name, label, {
  ...readOnly, default: 'none', index: true,
  options: [
    option('none', { en: 'None', zh: '未开始' }, 'neutral'),
    option('partial', { en: 'Partial', zh: '部分' }, 'waiting'),
    option('complete', { en: 'Complete', zh: '完成' }, 'good'),
  ],
})

export const paymentProgress = (label: FieldDefinition['label']): FieldDefinition => select('paymentStatus', label, {
  ...readOnly, default: 'none', index: true,
  options: [
    option('none', { en: 'None', zh: '未付' }, 'neutral'),
    option('prepaid', { en: 'Prepaid', zh: '已预付' }, 'good'),
    option('partial', { en: 'Partial', zh: '部分付款' }, 'waiting'),
    option('complete', { en: 'Complete', zh: '已付清' }, 'good'),
  ],
})

export const stockStatusField = select('stockStatus', { en: 'Stock status', zh: '库存状态' }, {
  required: true, default: 'usable',
  options: [
    option('usable', { en: 'Usable', zh: '可用' }, 'good'),
    option('quarantine', { en: 'Quarantine', zh: '待检' }, 'warning'),
    option('blocked', { en: 'Blocked', zh: '冻结' }, 'bad'),
  ],
})

/** Whose stock it is: `own`, or the number of the partner whose goods we hold. */
export const stockOwnerField = text('stockOwner', { en: 'Owner', zh: '货主' }, { required: true, default: 'own', maxLength: 64 })

export const journalEntryField = relation('journalEntry', { en: 'Journal entry', zh: '会计凭证' }, {
  ...readOnly, to: 'journal-entries', advanced: true,
})

export const openAmountField = money('openAmount', { en: 'Open', zh: '未结金额' }, { ...counter, index: true })
export const reasonField = longText('reason', { en: 'Reason', zh: '原因' })

/** Platform keys that an entity without them (`ledger`, `record`) states itself. */
export const companyField = relation('company', { en: 'Company', zh: '公司' }, { to: 'companies', required: true })
export const traceField = text('traceId', { en: 'Trace', zh: '追溯号' }, { index: true, advanced: true })
