import type { Text } from '../../config/language/text.ts'

/** Computing again what was there before a formula was published. */
export const recomputeTexts = {
  title: { en: 'Computed fields', zh: '计算字段' },
  text: {
    en: 'Records that were there before a formula was published keep what they have until someone changes them next. Here all of them can be computed anew, while everyone works on. What cannot be edited any more is only filled in where it is empty.',
    zh: '公式发布前已有的记录，在下次修改前保持原值。可在此将全部记录重新计算，期间不影响使用。已不能编辑的单据仅补填空值。',
  },
  start: { en: 'Compute all anew', zh: '全部重新计算' },
  running: { en: 'Computing anew: {done} of {total}', zh: '正在重新计算：{done} / {total}' },
  waiting: { en: 'Waits for its turn …', zh: '等待执行……' },
  done: { en: '{done} records seen to, {changed} changed, {failed} with a problem.', zh: '已处理 {done} 条记录，更改 {changed} 条，{failed} 条有问题。' },
  failed: { en: 'It was broken off. The system health page says more.', zh: '计算中断，详情请查看系统状态。' },
  more: { en: 'And {count} more.', zh: '另有 {count} 条。' },
} as const satisfies Record<string, Text>
