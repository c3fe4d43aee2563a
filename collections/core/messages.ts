import type { EntityDefinition } from '../../config/language/entity.ts'
import { boolean, dateTime, email, indexed, longText, option, relation, required, select, text } from '../../config/language/fields.ts'

/** What a person was told; read by that person only, by its own doors (`plugins/core/notifications`). */
export const notifications: EntityDefinition = {
  slug: 'notifications', system: 'core', kind: 'record', titleField: 'id', unlisted: true,
  label: { en: 'Notification', zh: '通知' }, labels: { en: 'Notifications', zh: '通知' },
  fields: [
    relation('user', { en: 'For', zh: '接收人' }, { to: 'users', ...required }),
    dateTime('at', { en: 'At', zh: '时间' }, required),
    longText('textEn', { en: 'Text', zh: '内容（英文）' }, required),
    longText('textZh', { en: 'Chinese text', zh: '内容（中文）' }, required),
    text('entity', { en: 'Entity', zh: '实体' }),
    text('documentId', { en: 'Document', zh: '单据' }),
    boolean('read', { en: 'Read', zh: '已读' }, { default: false }),
  ],
  listColumns: ['user', 'at', 'textEn', 'entity', 'read'], indexes: [{ fields: ['user', 'at'] }, { fields: ['user', 'read'] }],
}

/** Whether a person wants notifications by email too; the row's id is the person's. */
export const notificationChoices: EntityDefinition = {
  slug: 'notification-choices', system: 'core', kind: 'record', titleField: 'id', unlisted: true,
  label: { en: 'Choice of notifications', zh: '通知设置' }, labels: { en: 'Choices of notifications', zh: '通知设置' },
  fields: [relation('owner', { en: 'Who', zh: '用户' }, { to: 'users', ...required }), boolean('byEmail', { en: 'By email too', zh: '同时发送邮件' })],
  listColumns: ['owner', 'byEmail'],
}

/** Emails as the outbox has them. What they say may sign someone in: it never leaves the server but to its reader. */
export const emails: EntityDefinition = {
  slug: 'emails', system: 'core', kind: 'record', titleField: 'subject',
  label: { en: 'Email', zh: '邮件' }, labels: { en: 'Emails', zh: '邮件' },
  fields: [
    dateTime('at', { en: 'At', zh: '时间' }, { ...required, ...indexed }),
    email('to', { en: 'To', zh: '收件人' }, { ...required, ...indexed }),
    text('subject', { en: 'Subject', zh: '主题' }, required),
    longText('text', { en: 'Text', zh: '正文' }, { ...required, hidden: true }),
    longText('html', { en: 'HTML', zh: 'HTML 正文' }, { hidden: true }),
    select('status', { en: 'Status', zh: '状态' }, {
      ...required, ...indexed,
      options: [
        option('waiting', { en: 'Waiting', zh: '待发送' }, 'waiting'),
        option('sent', { en: 'Sent', zh: '已发送' }, 'good'),
        option('notSent', { en: 'Not sent: no mail server', zh: '未发送：未配置邮件服务器' }, 'warning'),
      ],
    }),
    dateTime('sentAt', { en: 'Sent', zh: '发送时间' }),
    text('entity', { en: 'About', zh: '相关实体' }, { advanced: true }),
    text('documentId', { en: 'Document', zh: '相关单据' }, { ...indexed, advanced: true }),
  ],
  listColumns: ['at', 'to', 'subject', 'status', 'sentAt'], searchFields: ['to', 'subject'], defaultSort: '-at',
}

export const messageEntities: readonly EntityDefinition[] = [notifications, notificationChoices, emails]
