import type { Text } from '../../config/language/text.ts'

/** The page that makes the first account of a platform. */
export const firstOwnerTexts = {
  title: { en: 'Create the owner’s account', zh: '创建企业主账号' },
  text: {
    en: 'This is a new platform. The first account is the owner’s: it may do everything, and adds all others.',
    zh: '这是全新的系统。首个账号即企业主账号，拥有全部权限，其他账号由其添加。',
  },
  name: { en: 'Your name', zh: '姓名' },
  email: { en: 'Email', zh: '邮箱' },
  nameMissing: { en: 'Enter your name: it stands in the history of what you do.', zh: '请填写姓名，操作记录中会显示。' },
  emailMissing: { en: 'Enter your email: you sign in with it.', zh: '请填写邮箱，用于登录。' },
  passwordMissing: { en: 'Choose a password.', zh: '请设置密码。' },
  go: { en: 'Create and go on', zh: '创建并继续' },
} as const satisfies Record<string, Text>
