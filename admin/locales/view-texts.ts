import type { ViewAggregate, ViewBucket, ViewDefinition, ViewKind } from '../../config/language/view.ts'
import type { Text } from '../../config/language/text.ts'

export const viewTexts = {
  views: { en: 'Views', zh: '视图' },
  add: { en: 'New view', zh: '新建视图' },
  unsaved: { en: '{kind}, not saved', zh: '{kind}（未保存）' },
  save: { en: 'Save', zh: '保存' },
  saveHelp: { en: 'Keep the view as it is now', zh: '按当前设置保存视图' },
  saveAs: { en: 'Save as…', zh: '另存为…' },
  reset: { en: 'Undo changes', zh: '撤销更改' },
  saved: { en: 'View saved', zh: '视图已保存' },
  more: { en: 'More about this view', zh: '视图操作' },
  rename: { en: 'Rename…', zh: '重命名…' },
  share: { en: 'Share…', zh: '共享…' },
  first: { en: 'Open first', zh: '设为常用' },
  firstHelp: { en: 'This list opens with it from now on, for you.', zh: '以后打开此列表时，您将首先看到该视图。' },
  isFirst: { en: 'You begin with it', zh: '已是您的常用视图' },
  firstSet: { en: 'This list opens with “{name}” for you from now on.', zh: '以后您打开此列表时将首先显示“{name}”。' },
  copyLink: { en: 'Copy link', zh: '复制链接' },
  linkCopied: { en: 'Link copied', zh: '链接已复制' },
  exportFile: { en: 'Export as file', zh: '导出为文件' },
  importFile: { en: 'From a file…', zh: '从文件导入…' },
  imported: { en: 'View imported', zh: '视图已导入' },
  badFile: { en: 'This is no file of a view: it is not JSON. Choose one that was exported here.', zh: '该文件不是 JSON，无法作为视图导入，请选择由本系统导出的文件。' },
  remove: { en: 'Delete…', zh: '删除…' },
  removeTitle: { en: 'Delete the view “{name}”?', zh: '删除视图“{name}”？' },
  removeText: { en: 'Nobody finds it any more; the documents stay as they are. Export it first if you may want it back.', zh: '所有人都将无法再使用该视图，单据不受影响。若以后可能需要，请先导出。' },
  removeAction: { en: 'Delete', zh: '删除' },
  removed: { en: 'View deleted', zh: '视图已删除' },
  name: { en: 'Name', zh: '名称' },
  nameZh: { en: 'Name in Chinese', zh: '中文名称' },
  nameHelp: { en: 'Like “Open orders by week”', zh: '例如“按周统计未完成订单”' },
  sharedWith: { en: 'Shared with', zh: '共享范围' },
  private: { en: 'Nobody: only I see it', zh: '仅自己可见' },
  roles: { en: 'People of these roles', zh: '指定角色' },
  everyone: { en: 'Everyone who reads this list', zh: '所有可查看此列表的人' },
  standard: { en: 'It opens first for them', zh: '作为他们的默认视图' },
  rightsHelp: { en: 'A view gives nobody a right: each sees the documents and fields that their roles allow.', zh: '视图不会扩大权限：每个人只能看到其角色允许的单据和字段。' },
  shareRefused: { en: 'Sharing takes the right to configure. Send the link: it opens the same view for who may read the list.', zh: '共享视图需要配置权限。您也可以发送链接，有权查看此列表的人均可打开相同的视图。' },
  sharedBy: { en: 'Shared by {name}', zh: '由{name}共享' },
  gone: { en: 'The view names what is not there any more: {what}. The rest is shown; saving leaves it out.', zh: '该视图引用了已不存在的内容：{what}。其余部分照常显示，保存后将去除。' },
  hidden: { en: 'The view also uses {count} that your roles do not let you see, so you see it without them.', zh: '该视图还使用了 {count} 个您的角色无权查看的字段，这些部分不予显示。' },
  oneField: { en: 'one field', zh: '1' },
  manyFields: { en: '{count} fields', zh: '{count}' },
  missing: { en: 'That view is not there any more, or not shared with you. This is the list as it is shipped.', zh: '该视图已不存在或未与您共享，当前显示默认列表。' },
  fields: { en: 'Fields', zh: '字段' },
  choose: { en: 'Choose…', zh: '请选择…' },
  noneOf: { en: 'None', zh: '无' },
  unfit: { en: '{field}: does not fit here, choose another', zh: '{field}：不适用，请重新选择' },
  usual: { en: 'Usual', zh: '默认' },
  emptyGroup: { en: 'Not set', zh: '未设置' },
  needsField: { en: 'Choose what the view goes by', zh: '请选择视图依据的字段' },
  needsFieldText: { en: 'Choose the field above.', zh: '请在上方选择字段。' },
} as const satisfies Record<string, Text>

export const kindTexts: Readonly<Record<ViewKind, Text>> = {
  table: { en: 'Table', zh: '表格' }, kanban: { en: 'Board', zh: '看板' }, calendar: { en: 'Calendar', zh: '日历' },
  gallery: { en: 'Gallery', zh: '卡片' }, chart: { en: 'Chart', zh: '图表' }, form: { en: 'Form', zh: '表单' },
}

export const settingTexts = {
  groupBy: { en: 'By', zh: '分组' }, measure: { en: 'Sum of', zh: '合计' }, figure: { en: 'Figure', zh: '数值' }, bucket: { en: 'Per', zh: '周期' }, aggregate: { en: 'Shows', zh: '统计' }, shape: { en: 'As', zh: '图形' },
  from: { en: 'Day', zh: '日期' }, to: { en: 'Until', zh: '截止' }, scale: { en: 'Span', zh: '范围' }, title: { en: 'Title', zh: '标题' }, picture: { en: 'Picture', zh: '图片' },
} as const satisfies Partial<Record<keyof ViewDefinition | 'figure', Text>>

export const bucketTexts: Readonly<Record<ViewBucket, Text>> = {
  day: { en: 'Day', zh: '日' }, week: { en: 'Week', zh: '周' }, month: { en: 'Month', zh: '月' }, quarter: { en: 'Quarter', zh: '季度' }, year: { en: 'Year', zh: '年' },
}
export const aggregateTexts: Readonly<Record<ViewAggregate, Text>> = { count: { en: 'Count', zh: '数量' }, sum: { en: 'Sum', zh: '合计' }, avg: { en: 'Average', zh: '平均' } }
export const shapeTexts = { bar: { en: 'Bars', zh: '柱状图' }, line: { en: 'Line', zh: '折线图' }, pie: { en: 'Pie', zh: '饼图' } } as const satisfies Record<string, Text>
export const scaleTexts = { month: { en: 'Month', zh: '月' }, week: { en: 'Week', zh: '周' } } as const satisfies Record<string, Text>

export const boardTexts = {
  cards: { en: '{count} in {column}', zh: '{column}：{count}' },
  more: { en: '{count} more', zh: '还有 {count} 项' },
  noCards: { en: 'Nothing here', zh: '暂无' },
  move: { en: 'Move {what}', zh: '移动 {what}' },
  moved: { en: '{what} is now in {column}', zh: '{what} 已移至“{column}”' },
  noStep: { en: 'No step leads from {from} to {to}.', zh: '没有从“{from}”到“{to}”的操作。' },
  noRight: { en: 'Your roles have no step that leads from {from} to {to}.', zh: '您的角色没有从“{from}”到“{to}”的操作权限。' },
  hint: { en: 'Drag a card, or press M on it to choose where it goes · Alt ← → moves it to the column beside', zh: '可拖动卡片；或在卡片上按 M 选择目标列，按 Alt ← → 移到相邻列' },
} as const satisfies Record<string, Text>

export const calendarTexts = {
  earlier: { en: 'Earlier', zh: '之前' }, later: { en: 'Later', zh: '之后' },
  more: { en: '{count} more', zh: '还有 {count} 项' },
  cut: { en: 'Showing the first {shown} of {total}. Filter for fewer, or look at a week.', zh: '共 {total} 项，仅显示前 {shown} 项。请增加筛选或按周查看。' },
  moved: { en: '{what} is now on {day}', zh: '{what} 已改为 {day}' },
  hint: { en: 'Drag to another day · Alt ← → by a day, Alt ↑ ↓ by a week', zh: '可拖到其他日期 · Alt ← → 移一天，Alt ↑ ↓ 移一周' },
  weekOf: { en: 'Week of {day}', zh: '{day} 所在周' },
  none: { en: 'Nothing in this span.', zh: '此期间没有内容。' },
} as const satisfies Record<string, Text>

export const chartTexts = {
  group: { en: 'Group', zh: '分组' }, documents: { en: 'Count', zh: '数量' }, total: { en: 'Total', zh: '总计' }, others: { en: 'All others', zh: '其他' },
  sumOf: { en: '{what}, sum', zh: '{what}（求和）' }, avgOf: { en: '{what}, average', zh: '{what}（平均）' },
  exportCsv: { en: 'Table as CSV', zh: '导出表格 CSV' },
  coarser: { en: 'So many spans do not fit: shown per {bucket}.', zh: '周期过多，已改为按{bucket}显示。' },
  week: { en: 'Week of {day}', zh: '{day} 当周' }, quarter: { en: 'Q{quarter} {year}', zh: '{year}年第{quarter}季度' }, year: { en: '{year}', zh: '{year}年' },
} as const satisfies Record<string, Text>

export const formTexts = {
  place: { en: '{at} of {total}', zh: '第 {at} / {total} 条' },
  previous: { en: 'Previous record (Alt PageUp)', zh: '上一条（Alt PageUp）' },
  next: { en: 'Next record (Alt PageDown)', zh: '下一条（Alt PageDown）' },
} as const satisfies Record<string, Text>
