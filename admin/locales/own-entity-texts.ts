import type { Text } from '../../config/language/text.ts'

/** Texts of entities that a firm makes. */
export const ownEntityTexts = {
  newEntity: { en: 'New form', zh: '新建表单' },
  edit: { en: 'Name and numbers', zh: '名称与编号' },
  oneEn: { en: 'One, in English', zh: '英文名称（单数）' },
  oneZh: { en: 'One, in Chinese', zh: '中文名称' },
  manyEn: { en: 'Several, in English', zh: '英文名称（复数）' },
  manyZh: { en: 'List, in Chinese', zh: '列表中文名称' },
  prefix: { en: 'Numbers begin with', zh: '编号前缀' },
  prefixHelp: { en: '1 to 6 capital letters: EQ gives EQ-00001.', zh: '1 至 6 个大写字母：EQ 生成 EQ-00001。' },
  retired: { en: 'Out of use: nobody meets it, its records are kept', zh: '停用：不再显示，记录保留' },
  ofTheFirm: { en: 'Of the firm', zh: '企业自建' },
} as const satisfies Record<string, Text>
