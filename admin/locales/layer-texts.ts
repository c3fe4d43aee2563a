import type { Text } from '../../config/language/text.ts'

/** What a firm has laid over a shipped form, and what of it does not fit. */
export const layerTexts = {
  title: { en: 'What your firm has changed', zh: '本企业的更改' },
  text: {
    en: 'Your layer over the form that Trellis ships now. It stays when Trellis is upgraded; each part of it can be taken back by itself, in the draft, and undone.',
    zh: '以下为在当前出厂表单之上的更改，系统升级后仍然保留。每一项都可单独恢复，先写入草稿，可撤销。',
  },
  nothing: { en: 'Nothing: the form is as it is shipped.', zh: '暂无更改，表单为出厂状态。' },
  gone: { en: 'not shipped any more', zh: '已不再预置' },
  formerly: { en: 'called {key} until Trellis shipped a field of that name', zh: '原标识为 {key}，因系统新增同名预置字段而更改' },
  rules: { en: 'Rules', zh: '规则' },
  resetRules: { en: 'Reset rules', zh: '恢复规则' },
  resetSection: { en: 'Reset section', zh: '恢复分区' },
  resetLayout: { en: 'Reset layout', zh: '恢复布局' },
  resetAll: { en: 'Reset all', zh: '全部恢复' },
  resetAllTitle: { en: 'Go back to the shipped form?', zh: '恢复为出厂表单？' },
  resetAllText: {
    en: 'The draft loses all rules and the layout, and your fields go out of use; what was entered in them is kept. Nothing changes until you publish, and it can be undone until you leave the page.',
    zh: '草稿中的规则和布局将全部去除，自有字段停用，已录入的数据保留。发布前不会生效，离开页面前可撤销。',
  },
  field: { en: 'Field', zh: '字段' },
  section: { en: 'Section “{title}”: {fields}', zh: '分区“{title}”：{fields}' },
  misfits: { en: 'Left out, since it does not fit this version of Trellis', zh: '以下配置与当前版本不符，暂未启用' },
  misfitsText: { en: 'It is kept as it was published, and nothing that was entered is lost. Mend it, or take it back; everything else works.', zh: '配置仍按发布时保留，已录入的数据不会丢失。请更正或恢复，其余内容正常使用。' },
} as const satisfies Record<string, Text>
