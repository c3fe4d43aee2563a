import type { Text } from '../../config/language/text.ts'

/** A workflow tried out on a scratch copy. */
export const walkTexts = {
  title: { en: 'Tried out', zh: '流程走查' },
  text: {
    en: 'On a scratch copy with a small firm in it, documents are taken over every transition by real commands, as people whose roles may. Your own data are not touched.',
    zh: '在带有示例企业的临时副本中，由具备相应角色的人员通过真实操作走遍每个流转。不会触及您的数据。',
  },
  of: { en: 'Tried out is', zh: '走查对象' },
  draft: { en: 'the draft', zh: '草稿' },
  published: { en: 'version {version}, in use', zh: '当前使用的版本 {version}' },
  publishedPlain: { en: 'in use', zh: '当前使用的版本' },
  start: { en: 'Try it out on a scratch copy', zh: '在临时副本中走查' },
  script: { en: 'Script to try it out by hand', zh: '人工走查脚本' },
  waiting: { en: 'The scratch copy is being made …', zh: '正在准备临时副本……' },
  running: { en: 'Walk {done} of {walks}', zh: '走查路径 {done} / {walks}' },
  failed: { en: 'It was broken off. The system health page says more.', zh: '走查中断，详情请查看系统状态。' },
  none: { en: 'Nobody has tried this version out yet.', zh: '该版本尚未走查。' },
  all: { en: 'All {total} transitions were taken, on {walks} walks.', zh: '共 {walks} 条走查路径，{total} 个流转全部走通。' },
  some: { en: '{taken} of {total} transitions were taken, on {walks} walks.', zh: '共 {walks} 条走查路径，{total} 个流转走通 {taken} 个。' },
  untaken: { en: 'Not taken', zh: '未走通' },
  unfinished: { en: 'The draft cannot run yet. Its problems are shown where it is drawn.', zh: '草稿尚不能运行，问题请见流程设计页。' },
} as const satisfies Record<string, Text>
