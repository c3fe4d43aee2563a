import type { Text } from '../../config/language/text.ts'

/** The editor of texts with headings and lists. */
export const richTexts = {
  tools: { en: 'Formatting', zh: '格式' },
  heading: { en: 'Heading {level}', zh: '标题 {level}' },
  bold: { en: 'Bold', zh: '加粗' },
  italic: { en: 'Italic', zh: '斜体' },
  bullets: { en: 'List', zh: '项目符号' },
  numbers: { en: 'Numbered list', zh: '编号列表' },
  quote: { en: 'Quote', zh: '引用' },
  link: { en: 'Link', zh: '链接' },
  address: { en: 'Address of the link', zh: '链接地址' },
  setLink: { en: 'Set link', zh: '添加链接' },
  unlink: { en: 'Remove link', zh: '移除链接' },
  unsafe: { en: 'A link begins with https://, http://, mailto: or tel:', zh: '链接须以 https://、http://、mailto: 或 tel: 开头' },
} as const satisfies Record<string, Text>
