import type { Text } from '../../config/language/text.ts'

/** Texts of the layout of a form and its preview. */
export const layoutTexts = {
  layout: { en: 'Layout', zh: '布局' },
  asShipped: { en: 'The form stands as it is shipped; own fields come last.', zh: '当前为出厂布局，自有字段排在最后。' },
  begin: { en: 'Lay it out', zh: '自定义布局' },
  reset: { en: 'As shipped', zh: '恢复出厂布局' },
  addSection: { en: 'Add section', zh: '添加分区' },
  section: { en: 'Section', zh: '分区' },
  main: { en: 'Details', zh: '基本信息' },
  columns: { en: 'Columns', zh: '列数' },
  unplaced: { en: 'Not placed: these follow in a section of their own', zh: '未放置：将显示在末尾的分区中' },
  hint: { en: 'Drag fields, or lift one with the space bar, move it with the arrows and put it down with the space bar.', zh: '拖动字段；或按空格键选中，用方向键移动，再按空格键放下。' },
  empty: { en: 'Drag fields here', zh: '将字段拖到此处' },
  remove: { en: 'Remove section', zh: '删除分区' },
  preview: { en: 'Preview', zh: '预览' },
  phone: { en: 'Phone', zh: '手机' },
  tablet: { en: 'Tablet', zh: '平板' },
  desk: { en: 'Desk', zh: '桌面' },
  asRole: { en: 'As', zh: '角色' },
  state: { en: 'What is typed here is kept nowhere; the rules hold.', zh: '此处录入的内容不会保存，规则即时生效。' },
} as const satisfies Record<string, Text>
