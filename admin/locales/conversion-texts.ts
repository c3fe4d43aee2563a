import type { Text } from '../../config/language/text.ts'

/** A field that replaces another one of another type. */
export const conversionTexts = {
  change: { en: 'Change type', zh: '更改类型' },
  title: { en: 'Change the type of “{field}”', zh: '更改“{field}”的类型' },
  text: {
    en: 'A published field keeps its type. A new field of the other type takes its place and, once published, takes over the values; the old one goes out of use and keeps what was entered.',
    zh: '已发布字段的类型不能直接更改。系统将新建目标类型的字段取代它，发布后转换已有数据；原字段停用，原数据保留。',
  },
  newType: { en: 'New type', zh: '新类型' },
  choose: { en: 'Choose the new type to see what would become of the values.', zh: '请选择新类型，以预览现有数据的转换结果。' },
  empty: { en: 'No record has a value in it: nothing has to be taken over.', zh: '暂无记录填写此字段，无需转换。' },
  several: { en: 'Choice of several', zh: '多选' },
  summary: { en: '{convertible} of {looked} values can be taken over.', zh: '{looked} 个值中有 {convertible} 个可以转换。' },
  first: { en: 'Only the first {looked} values were looked at.', zh: '仅检查了前 {looked} 个值。' },
  samples: { en: 'For example', zh: '示例' },
  problems: { en: 'Cannot be taken over', zh: '无法转换' },
  problemsText: { en: 'These stay as they are in the old field, and empty in the new one. Correct them first, or afterwards by hand.', zh: '以下值保留在原字段中，新字段为空。可先更正，也可事后手动填写。' },
  record: { en: 'Record', zh: '记录' },
  value: { en: 'Value', zh: '值' },
  reason: { en: 'Why', zh: '原因' },
  options: { en: 'The choice gets an option for each of the {count} different values.', zh: '将为 {count} 个不同的值各建一个选项。' },
  tooMany: { en: 'There are too many different values to make options of them: give the options yourself.', zh: '不同的值过多，无法自动生成选项，请自行设置。' },
  prepare: { en: 'Prepare', zh: '准备更改' },
  report: { en: 'Conversion', zh: '转换结果' },
  reportTitle: { en: 'Values taken over from “{field}”', zh: '来自“{field}”的转换结果' },
  waiting: { en: 'The values are being taken over …', zh: '正在转换……' },
  failed: { en: 'The conversion broke off; the reason stands under Operations, jobs.', zh: '转换已中断，原因见“运行状况”中的后台任务。' },
  done: { en: '{converted} values were taken over, {left} could not be.', zh: '已转换 {converted} 个值，{left} 个无法转换。' },
  more: { en: 'The first {count} are shown.', zh: '仅显示前 {count} 条。' },
} as const satisfies Record<string, Text>
