import type { Text } from '../../config/language/text.ts'

export const notificationTexts = {
  title: { en: 'Notifications', zh: '通知' },
  bell: { en: 'Notifications', zh: '通知' },
  bellWith: { en: 'Notifications: {count} unread', zh: '通知：{count} 条未读' },
  text: { en: 'What the platform has told you: deadlines, approvals, and what workflows say.', zh: '系统发给您的消息：时限、审批以及流程通知。' },
  emptyTitle: { en: 'Nothing yet', zh: '暂无通知' },
  emptyText: { en: 'When a document that concerns you is due, or a workflow has something to tell, it stands here.', zh: '与您相关的单据到期，或流程有消息时，会显示在这里。' },
  readAll: { en: 'Mark all as read', zh: '全部标为已读' },
  unread: { en: 'unread', zh: '未读' },
  byEmail: { en: 'Send me these by email too', zh: '同时通过邮件发送给我' },
  noMail: { en: 'No mail server is set up, so nothing is sent by email.', zh: '尚未配置邮件服务器，不会发送邮件。' },
  older: { en: 'Older', zh: '更早' },
  newer: { en: 'Newer', zh: '更新' },
} as const satisfies Record<string, Text>
