import type { Text } from '../../config/language/text.ts'

/** Texts of the rules of a field. */
export const ruleTexts = {
  rules: { en: 'Rules', zh: '规则' },
  rulesOf: { en: 'Rules of “{field}”', zh: '“{field}”的规则' },
  rulesText: { en: 'Asked while someone types, and by the server for every door: panel, import, REST and GraphQL.', zh: '录入时即时生效，服务器对界面、导入、REST 和 GraphQL 一律执行。' },
  count: { en: '{count} rules', zh: '{count} 条规则' },
  one: { en: '1 rule', zh: '1 条规则' },
  visible: { en: 'Shown when', zh: '显示条件' },
  whenHidden: { en: 'When it is not shown, its value', zh: '隐藏时，其值' },
  keep: { en: 'stays; entering another is refused', zh: '保留；不允许填写' },
  clear: { en: 'is cleared', zh: '清空' },
  ignore: { en: 'stays; what is entered is left aside', zh: '保留；忽略填写的内容' },
  required: { en: 'Required when (true: always)', zh: '必填条件（true 表示始终）' },
  requiredYes: { en: 'Must be yes when (true: always)', zh: '须选“是”的条件（true 表示始终）' },
  readOnly: { en: 'Read-only when', zh: '只读条件' },
  computed: { en: 'Computed as', zh: '计算公式' },
  default: { en: 'Given when empty, in a new record', zh: '新建时留空则取值' },
  options: { en: 'An option may be chosen when', zh: '选项可选条件' },
  checks: { en: 'Checks', zh: '校验' },
  holds: { en: 'Must hold', zh: '必须满足' },
  addCheck: { en: 'Add check', zh: '添加校验' },
  message: { en: 'Message', zh: '提示' },
  messageOptional: { en: 'Message (optional)', zh: '提示（可选）' },
} as const satisfies Record<string, Text>
