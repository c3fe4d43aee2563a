import type { Text } from '../../config/language/text.ts'

/** Texts of a deadline in the workflow designer. */
export const slaDesignTexts = {
  sla: { en: 'Deadline', zh: '时限' },
  add: { en: 'Set a deadline', zh: '设置时限' },
  note: { en: 'Counted from when the state is entered: P2D two days, PT8H eight hours.', zh: '自进入该状态起计算：P2D 表示两天，PT8H 表示八小时。' },
  within: { en: 'Within', zh: '期限' },
  warn: { en: 'Warn so long before', zh: '提前预警' },
  calendar: { en: 'Working calendar', zh: '工作日历' },
  allTime: { en: 'all time counts', zh: '按自然时间' },
  event: { en: 'Sends when it is over', zh: '超时后触发' },
  nothing: { en: 'nothing', zh: '无' },
  tell: { en: 'Tell someone', zh: '添加通知对象' },
  tells: { en: 'Told {number}', zh: '通知对象 {number}' },
} as const satisfies Record<string, Text>
