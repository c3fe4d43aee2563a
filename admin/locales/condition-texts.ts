import type { Comparison } from '../../config/expression/simple-conditions.ts'
import type { Text } from '../../config/language/text.ts'

/** Conditions that are chosen from lists. */
export const conditionTexts = {
  open: { en: 'Choose conditions', zh: '选择条件' },
  all: { en: 'all of these hold', zh: '全部满足' },
  any: { en: 'one of these holds', zh: '满足任一' },
  join: { en: 'When', zh: '满足方式' },
  add: { en: 'Add condition', zh: '添加条件' },
  field: { en: 'Field', zh: '字段' },
  comparison: { en: 'Comparison', zh: '比较' },
  value: { en: 'Value', zh: '值' },
  choose: { en: 'Choose …', zh: '请选择……' },
  more: { en: 'This expression is more than a row of conditions: change it above.', zh: '此表达式无法拆成简单条件，请在上方修改。' },
  incomplete: { en: 'Not complete yet, so not a part of the rule.', zh: '尚未填完，暂未计入规则。' },
  roleOf: { en: 'Roles of whoever asks', zh: '操作人的角色' },
  isNew: { en: 'New record', zh: '新建记录' },
  workflowState: { en: 'State (its key)', zh: '状态（标识）' },
  insert: { en: 'Insert …', zh: '插入……' },
  fields: { en: 'Fields', zh: '字段' },
  ofHead: { en: 'head', zh: '表头' },
  signs: { en: 'Signs', zh: '运算符' },
  functions: { en: 'Functions', zh: '函数' },
} as const satisfies Record<string, Text>

export const comparisonTexts: Readonly<Record<Comparison, Text>> = {
  is: { en: 'is', zh: '等于' }, isNot: { en: 'is not', zh: '不等于' }, less: { en: 'is less than', zh: '小于' }, atMost: { en: 'is at most', zh: '不大于' }, more: { en: 'is more than', zh: '大于' }, atLeast: { en: 'is at least', zh: '不小于' },
  filled: { en: 'is filled in', zh: '已填写' }, empty: { en: 'is empty', zh: '为空' }, contains: { en: 'contains', zh: '包含' }, startsWith: { en: 'begins with', zh: '开头为' },
  yes: { en: 'is yes', zh: '为是' }, no: { en: 'is no', zh: '为否' }, past: { en: 'lies in the past', zh: '早于今天' }, future: { en: 'lies in the future', zh: '晚于今天' }, has: { en: 'include', zh: '包括' }, hasNot: { en: 'do not include', zh: '不包括' },
}

/** Of days these are said otherwise. */
export const dayTexts: Readonly<Partial<Record<Comparison, Text>>> = {
  less: { en: 'is before', zh: '早于' }, atMost: { en: 'is not after', zh: '不晚于' }, more: { en: 'is after', zh: '晚于' }, atLeast: { en: 'is not before', zh: '不早于' },
}
/** What can be inserted into an expression, and what it means. */
export const signTexts: readonly { readonly text: string; readonly label: Text }[] = [
  { text: ' == ', label: { en: 'equal', zh: '等于' } }, { text: ' != ', label: { en: 'not equal', zh: '不等于' } }, { text: ' > ', label: { en: 'more than', zh: '大于' } }, { text: ' >= ', label: { en: 'at least', zh: '不小于' } }, { text: ' < ', label: { en: 'less than', zh: '小于' } }, { text: ' <= ', label: { en: 'at most', zh: '不大于' } },
  { text: ' && ', label: { en: 'and', zh: '且' } }, { text: ' || ', label: { en: 'or', zh: '或' } }, { text: '!', label: { en: 'not', zh: '非' } }, { text: ' ? : ', label: { en: 'if, then, else', zh: '条件取值' } },
]
export const functionTexts: readonly { readonly text: string; readonly label: Text }[] = [
  { text: 'empty()', label: { en: 'nothing entered', zh: '未填写' } }, { text: 'round(, 2)', label: { en: 'round to 2 places', zh: '四舍五入到 2 位' } }, { text: 'min(, )', label: { en: 'the smaller of two', zh: '较小值' } }, { text: 'max(, )', label: { en: 'the larger of two', zh: '较大值' } },
  { text: 'abs()', label: { en: 'without its sign', zh: '绝对值' } }, { text: 'size()', label: { en: 'length', zh: '长度' } }, { text: 'number()', label: { en: 'a text as a number', zh: '文本转数字' } }, { text: 'string()', label: { en: 'as a text', zh: '转文本' } }, { text: 'year()', label: { en: 'year of a day', zh: '年份' } }, { text: 'month()', label: { en: 'month of a day', zh: '月份' } },
  { text: 'today', label: { en: 'today', zh: '今天' } },
]
