import { longText, option, select } from '../../config/language/fields.ts'

/** Whether a master record may still be chosen on new documents; old ones keep showing it. */
export const masterStatus = select('status', { en: 'Status', zh: '状态' }, {
  required: true, default: 'active', index: true,
  options: [
    option('active', { en: 'Active', zh: '启用' }, 'good'),
    option('blocked', { en: 'Blocked', zh: '冻结' }, 'bad'),
    option('inactive', { en: 'Inactive', zh: '停用' }, 'neutral'),
  ],
})

/** The language in which papers for this partner are printed. */
export const documentLanguage = select('language', { en: 'Document language', zh: '单据语言' }, {
  required: true, default: 'en',
  options: [
    option('en', { en: 'English', zh: '英文' }),
    option('zh', { en: 'Chinese', zh: '中文' }),
  ],
})

export const note = longText('note', { en: 'Note', zh: '备注' }, {
  help: { en: 'Printed on the document.', zh: '会打印在单据上。' },
})

export const internalNote = longText('internalNote', { en: 'Internal note', zh: '内部备注' }, {
  help: { en: 'Never printed.', zh: '不会打印。' },
})
