import type { Text } from '../../config/language/text.ts'

/** A new password by the link of an email. */
export const resetTexts = {
  title: { en: 'Set a new password', zh: '设置新密码' },
  text: { en: 'With it you are signed in at once. Wherever else you are signed in, you sign in anew.', zh: '设置后将直接登录，其他设备上须重新登录。' },
  missing: { en: 'Write the new password.', zh: '请填写新密码。' },
  go: { en: 'Set it and sign in', zh: '设置并登录' },
  deadTitle: { en: 'This link is of no use any more', zh: '此链接已失效' },
  deadText: { en: 'It has been used, or an hour has passed, or a newer one was sent. Write your email, and a new link comes to you.', zh: '链接已使用、已超过一小时，或已发送更新的链接。请填写邮箱，我们将发送新链接。' },
  askOwner: { en: 'It has been used, or an hour has passed. No emails are sent from here: ask the owner for a new password.', zh: '链接已使用或已超过一小时。本系统未配置邮件，请联系负责人重置密码。' },
  newLink: { en: 'Send a new link', zh: '发送新链接' },
  sent: { en: 'If there is an account with this email, a new link is on its way.', zh: '如该邮箱已有账号，新链接将很快送达。' },
  back: { en: 'To the sign-in', zh: '返回登录' },
} as const satisfies Record<string, Text>
