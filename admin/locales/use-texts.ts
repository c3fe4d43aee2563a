import type { Text } from '../../config/language/text.ts'

/** Who uses a field, before it goes out of use. */
export const useTexts = {
  title: { en: 'Take “{field}” out of use?', zh: '停用“{field}”？' },
  text: { en: 'Once published, nobody meets it any more: not in the form, lists, files or the API. What was entered is kept, and it can be used again.', zh: '发布后，表单、列表、文件和 API 中均不再出现。已录入的数据保留，可随时恢复使用。' },
  empty: { en: 'No record has a value in it.', zh: '暂无记录填写此字段。' },
  filled: { en: 'Records with a value in it: {count}', zh: '已填写此字段的记录：{count} 条' },
  unknown: { en: 'Your roles do not let you see how many records have a value in it.', zh: '您的角色无权查看有多少记录填写了此字段。' },
  rules: { en: 'Rules that name it, which must be changed first: {fields}', zh: '引用此字段的规则（须先修改）：{fields}' },
  sections: { en: 'Sections it stands in: {sections}', zh: '所在分区：{sections}' },
  pages: { en: 'Pages that use it, which must be changed first: {pages}', zh: '使用该字段的页面（须先修改）：{pages}' },
  roles: { en: 'Roles that do not see it: {roles}', zh: '不可见此字段的角色：{roles}' },
  comma: { en: ', ', zh: '、' },
} as const satisfies Record<string, Text>
