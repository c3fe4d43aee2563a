import type { Text } from '../../config/language/text.ts'
import type { Deviation } from '../../workflows/engine/lives/ways.ts'
import type { Period } from '../../plugins/core/process/process-view.ts'

/** Texts of the page with all that waits for a person. */
export const workTexts = {
  title: { en: 'My work', zh: '我的待办' },
  text: { en: 'Everything that waits for you: approvals, work of your roles, deadlines and your own drafts. The most urgent stands first.', zh: '所有待您处理的事项：审批、岗位待办、有时限的单据以及您的草稿，最紧急的排在最前。' },
  search: { en: 'Search in my work', zh: '搜索待办' },
  all: { en: 'All', zh: '全部' },
  overdue: { en: '{count} overdue', zh: '逾期 {count} 项' },
  cut: { en: 'There is more: of each kind the 200 most urgent are listed.', zh: '待办较多，每类仅列出最紧急的 200 项。' },
  emptyTitle: { en: 'Nothing waits for you', zh: '暂无待办' },
  emptyText: { en: 'What needs your decision or your next step appears here.', zh: '需要您审批或办理的事项会显示在这里。' },
  noneFound: { en: 'Nothing of your work matches.', zh: '没有符合条件的待办。' },
  clear: { en: 'Show all', zh: '显示全部' },
  approve: { en: 'Approve', zh: '同意' },
  approved: { en: 'Approved: {title}', zh: '已同意：{title}' },
  askedBy: { en: 'asked by {name}', zh: '提交人：{name}' },
  urgent: { en: 'Urgent', zh: '紧急' },
  since: { en: 'Waiting since', zh: '开始时间' },
  page: { en: 'Page {page} of {pages}', zh: '第 {page}/{pages} 页' },
  previous: { en: 'Previous page', zh: '上一页' },
  next: { en: 'Next page', zh: '下一页' },
  seeAll: { en: 'See all in one list', zh: '查看全部待办' },
} as const satisfies Record<string, Text>

/** What a board tells of its states. */
export const ageTexts = {
  median: { en: 'Half wait {days} d or longer', zh: '半数停留 {days} 天以上' },
  oldest: { en: 'oldest {days} d', zh: '最久 {days} 天' },
  overdue: { en: '{share} % overdue', zh: '超时 {share}%' },
  inState: { en: 'In this state since', zh: '进入该状态' },
  due: { en: 'Due', zh: '时限' },
  late: { en: 'Overdue', zh: '已超时' },
  select: { en: 'Select {what}', zh: '选择 {what}' },
} as const satisfies Record<string, Text>

/** Texts of the page with what has really happened. */
export const processTexts = {
  open: { en: 'Process', zh: '流程分析' },
  title: { en: 'Process: {what}', zh: '流程分析：{what}' },
  text: { en: 'What has really happened, from the history of every document that you may read, over the workflow that is drawn.', zh: '根据您有权查看的全部单据历史，在流程图上显示实际发生的情况。' },
  period: { en: 'Span', zh: '期间' },
  version: { en: 'Version', zh: '流程版本' },
  allVersions: { en: 'All versions', zh: '全部版本' },
  versionOf: { en: 'Version {version} ({count})', zh: '第 {version} 版（{count}）' },
  noVersion: { en: 'Unknown version ({count})', zh: '未知版本（{count}）' },
  counting: { en: 'Histories are being counted: {looked} of {total} documents.', zh: '正在统计历史：已完成 {looked}/{total} 张单据。' },
  countedAt: { en: 'Counted from {rows} entries of history', zh: '统计自 {rows} 条历史记录' },
  again: { en: 'Count again', zh: '重新统计' },
  documents: { en: 'Documents', zh: '单据' },
  ended: { en: 'Came to an end', zh: '已办结' },
  whole: { en: 'From begin to end, median', zh: '全程时长（中位数）' },
  rework: { en: 'Rework', zh: '返工' },
  reworkText: { en: 'visits that were not the first', zh: '非首次进入的次数' },
  deviations: { en: 'Deviations', zh: '偏差' },
  deviationsText: { en: 'moves that the workflow of now does not have', zh: '当前流程中不存在的流转' },
  map: { en: 'Map', zh: '流程图' },
  mapText: { en: 'Thicker: more often. Dashed: the workflow of now does not have it. Numbers open their documents.', zh: '线越粗次数越多；虚线表示当前流程中不存在。点击数字可查看相应单据。' },
  start: { en: 'Begin', zh: '开始' },
  states: { en: 'States', zh: '状态' },
  state: { en: 'State', zh: '状态' },
  visits: { en: 'Visits', zh: '进入次数' },
  perDocument: { en: 'Visits per document', zh: '每单进入次数' },
  median: { en: 'Median', zh: '中位数' },
  most: { en: '85 % within', zh: '85% 不超过' },
  longest: { en: 'Longest', zh: '最长' },
  former: { en: 'not in the workflow of now', zh: '当前流程中不存在' },
  steps: { en: 'Moves', zh: '流转' },
  from: { en: 'From', zh: '原状态' },
  event: { en: 'Action', zh: '操作' },
  to: { en: 'To', zh: '新状态' },
  count: { en: 'Count', zh: '次数' },
  waited: { en: 'Time before, median', zh: '之前停留（中位数）' },
  note: { en: 'Note', zh: '说明' },
  weeks: { en: 'By week', zh: '每周' },
  week: { en: 'Week of', zh: '周（起始日）' },
  begun: { en: 'Begun', zh: '新增' },
  done: { en: 'Ended', zh: '办结' },
  emptyTitle: { en: 'Nothing has happened in this span', zh: '此期间没有数据' },
  emptyText: { en: 'Choose a longer span. With the first steps of documents their times and ways appear here.', zh: '请选择更长的期间。单据办理后，时长与路径将显示在这里。' },
  behind: { en: '{from} → {to}: {label}', zh: '{from} → {to}：{label}' },
  reworkOf: { en: 'Came back to {state}', zh: '再次进入“{state}”' },
  noneBehind: { en: 'None of these documents is there any more, or yours to see.', zh: '这些单据已不存在，或您无权查看。' },
  more: { en: 'Show more', zh: '显示更多' },
  showDocuments: { en: 'Show the documents: {what}', zh: '查看单据：{what}' },
} as const satisfies Record<string, Text>

export const periodTexts: Readonly<Record<Period, Text>> = {
  month: { en: 'Last 30 days', zh: '近 30 天' }, quarter: { en: 'Last 90 days', zh: '近 90 天' }, year: { en: 'Last 365 days', zh: '近 365 天' }, all: { en: 'All time', zh: '全部' },
}

export const deviationTexts: Readonly<Record<Deviation, Text>> = {
  began: { en: 'Did not begin at the start', zh: '未从起始状态开始' }, state: { en: 'A state of another version', zh: '其他版本的状态' },
  step: { en: 'A step of another version', zh: '其他版本的操作' }, moved: { en: 'Moved without a step', zh: '未经操作的流转' },
}
