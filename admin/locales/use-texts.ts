import type { Text } from '../../config/language/text.ts'
import type { UseKind } from '../../plugins/core/configuration/impact/use.ts'

/** Who uses a field or an entity, before it goes out of use or becomes another. */
export const useTexts = {
  title: { en: 'Take “{field}” out of use?', zh: '停用“{field}”？' },
  text: { en: 'Once published, nobody meets it any more: not in the form, lists, files or the API. What was entered is kept, and it can be used again.', zh: '发布后，表单、列表、文件和 API 中均不再出现。已录入的数据保留，可随时恢复使用。' },
  who: { en: 'Who uses it', zh: '使用情况' },
  empty: { en: 'No record has a value in it.', zh: '暂无记录填写此字段。' },
  filled: { en: 'Records with a value in it: {count}', zh: '已填写此字段的记录：{count} 条' },
  unknown: { en: 'Your roles do not let you see how many records have a value in it.', zh: '您的角色无权查看有多少记录填写了此字段。' },
  noRecords: { en: 'There is no record of it.', zh: '暂无记录。' },
  records: { en: 'Records: {count}', zh: '记录：{count} 条' },
  recordsUnknown: { en: 'Your roles do not let you see how many records there are.', zh: '您的角色无权查看记录数量。' },
  options: { en: 'Chosen so far: {options}', zh: '已选情况：{options}' },
  option: { en: '{option} {count} times', zh: '{option} {count} 次' },
  nobody: { en: 'Nothing else uses it.', zh: '暂无其他使用。' },
  first: { en: 'to be changed first', zh: '须先修改' },
  unseenViews: { en: 'Views of other people that you may not see: {count}', zh: '他人的未公开视图：{count} 个' },
  unseenImports: { en: 'Imports of other people that you may not see: {count}', zh: '他人的导入：{count} 次' },
  unseenKeys: { en: 'API keys of other people that you may not see: {count}', zh: '他人的 API 密钥：{count} 个' },
  clients: { en: 'Programs with a typed client are told with their next call, and need it made anew.', zh: '使用类型化客户端的程序将在下次调用时收到提示，须重新生成。' },
  comma: { en: ', ', zh: '、' },
} as const satisfies Record<string, Text>

export const useKindTexts: Readonly<Record<UseKind, Text>> = {
  rule: { en: 'Rules of', zh: '规则' },
  section: { en: 'Sections', zh: '分区' },
  page: { en: 'Pages', zh: '页面' },
  field: { en: 'Fields', zh: '字段' },
  workflow: { en: 'Workflow', zh: '流程' },
  view: { en: 'Saved views', zh: '已存视图' },
  role: { en: 'Roles', zh: '角色' },
  import: { en: 'Imports', zh: '导入' },
  key: { en: 'API keys', zh: 'API 密钥' },
}
