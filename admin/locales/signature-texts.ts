import type { Text } from '../../config/language/text.ts'

/** Signing, and what is shown of it. */
export const signatureTexts = {
  draw: { en: 'Sign here with finger, pen or mouse', zh: '在此处用手指、笔或鼠标签名' },
  yourName: { en: 'Your name, in place of a drawing', zh: '输入姓名代替手写' },
  typeInstead: { en: 'Type the name instead', zh: '改为输入姓名' },
  drawInstead: { en: 'Draw instead', zh: '改为手写' },
  again: { en: 'Sign again', zh: '重新签名' },
  changed: { en: 'Changed since', zh: '签名后有更改' },
} as const satisfies Record<string, Text>
