import type { Text } from '../../config/language/text.ts'

export const keyboardTitle = { en: 'Keyboard', zh: '键盘快捷键' } as const satisfies Text

/** Every key of the panel, by where it works. The names on the keys are the same in both languages. */
export const keyboardGroups = [
  {
    title: { en: 'Everywhere', zh: '所有页面' },
    keys: [
      { keys: ['Ctrl', 'K'], text: { en: 'Search documents, pages and what can be created', zh: '搜索单据、页面和新建项' } },
      { keys: ['Ctrl', 'B'], text: { en: 'Hide or show the navigation', zh: '收起或展开导航' } },
      { keys: ['?'], text: { en: 'This help', zh: '显示本帮助' } },
      { keys: ['Esc'], text: { en: 'Close what is open', zh: '关闭当前弹层' } },
    ],
  },
  {
    title: { en: 'Lists', zh: '列表' },
    keys: [
      { keys: ['J', 'K'], text: { en: 'Next and previous row', zh: '下一行、上一行' } },
      { keys: ['Enter'], text: { en: 'Open the row', zh: '打开所选行' } },
      { keys: ['X'], text: { en: 'Select the row', zh: '选择该行' } },
      { keys: ['/'], text: { en: 'Search in the list', zh: '在列表中搜索' } },
      { keys: ['Alt', '←', '→'], text: { en: 'On a column: move it; with Shift: its width', zh: '在列标题上：移动该列；按住 Shift 则调整列宽' } },
    ],
  },
  {
    title: { en: 'Boards, calendars, forms', zh: '看板、日历、表单' },
    keys: [
      { keys: ['M'], text: { en: 'On a card: choose the column it goes to', zh: '在卡片上：选择目标列' } },
      { keys: ['Alt', '←', '→'], text: { en: 'Move the card to the column beside, or to the day before or after', zh: '将卡片移到相邻列，或前后一天' } },
      { keys: ['Alt', '↑', '↓'], text: { en: 'Move by a week', zh: '前后移动一周' } },
      { keys: ['Alt', 'PageUp', 'PageDown'], text: { en: 'Previous and next record of a form', zh: '表单视图中的上一条、下一条' } },
    ],
  },
  {
    title: { en: 'Documents and panels', zh: '单据与侧栏' },
    keys: [
      { keys: ['Ctrl', 'S'], text: { en: 'Save', zh: '保存' } },
      { keys: ['Ctrl', 'Enter'], text: { en: 'Save, or do what the open panel is for', zh: '保存，或执行当前侧栏的操作' } },
    ],
  },
  {
    title: { en: 'Lines', zh: '明细表格' },
    keys: [
      { keys: ['Tab'], text: { en: 'Next cell', zh: '下一格' } },
      { keys: ['Enter'], text: { en: 'Cell below; a new line after the last one', zh: '下一行；最后一行之后新增一行' } },
      { keys: ['↑', '↓', '←', '→'], text: { en: 'To the cells around', zh: '移动到相邻单元格' } },
      { keys: ['Alt', 'Delete'], text: { en: 'Remove the line', zh: '删除该行' } },
      { keys: ['Ctrl', 'V'], text: { en: 'Paste rows of a spreadsheet', zh: '粘贴表格软件中的多行' } },
    ],
  },
  {
    title: { en: 'Dates', zh: '日期' },
    keys: [
      { keys: ['15'], text: { en: 'The 15th of this month', zh: '本月 15 日' } },
      { keys: ['+7'], text: { en: 'In seven days; "today" and "tomorrow" too', zh: '七天后；也可输入“今天”“明天”' } },
      { keys: ['↑', '↓'], text: { en: 'A day later or earlier, outside of lines', zh: '前后一天（明细表格除外）' } },
      { keys: ['Alt', '↓'], text: { en: 'Open the calendar', zh: '打开日历' } },
    ],
  },
] as const satisfies readonly { readonly title: Text; readonly keys: readonly { readonly keys: readonly string[]; readonly text: Text }[] }[]
