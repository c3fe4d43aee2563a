import type { Text } from '../../config/language/text.ts'

/** What differs between two versions of a form. */
export const changeTexts = {
  from: { en: 'before', zh: '原为' },
  nothing: { en: 'nothing', zh: '无' },
  yes: { en: 'yes', zh: '是' },
  no: { en: 'no', zh: '否' },
  optionAdded: { en: 'option “{option}” added', zh: '新增选项“{option}”' },
  optionRemoved: { en: 'option “{option}” removed', zh: '删除选项“{option}”' },
  optionRenamed: { en: 'option “{before}” is now “{option}”', zh: '选项“{before}”改为“{option}”' },
  optionsMoved: { en: 'options in another order', zh: '选项顺序调整' },
  layout: { en: 'Sections: {before} → {after}', zh: '分区：{before} → {after}' },
  compare: { en: 'Compare', zh: '对比' },
  compareFrom: { en: 'From version', zh: '从版本' },
  compareTo: { en: 'to version', zh: '到版本' },
  same: { en: 'Nothing differs between these two.', zh: '两个版本没有差异。' },
  message: { en: 'Message', zh: '提示' },
  prefix: { en: 'Prefix of the numbers', zh: '编号前缀' },
  several: { en: 'Name of several', zh: '复数名称' },
  help: { en: 'Help', zh: '说明' },
  state: { en: 'State “{name}”', zh: '状态“{name}”' },
  event: { en: 'Event “{name}”', zh: '事件“{name}”' },
  drawn: { en: 'as drawn', zh: '已定义' },
  removed: { en: 'taken away', zh: '已移除' },
  workflowOf: { en: 'Workflow: ', zh: '流程：' },
  content: { en: 'Text', zh: '内容' },
} as const satisfies Record<string, Text>
