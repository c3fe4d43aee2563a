import type { EntityDefinition } from '../../config/language/entity.ts'
import { boolean, dateTime, indexed, json, option, relation, required, select, text } from '../../config/language/fields.ts'

/** Keys by which programs act for a person; written by their own doors only (`plugins/core/keys`). */
export const apiKeys: EntityDefinition = {
  slug: 'api-keys', system: 'core', kind: 'record', titleField: 'name',
  label: { en: 'API key', zh: 'API 密钥' }, labels: { en: 'API keys', zh: 'API 密钥' },
  fields: [
    text('name', { en: 'Name', zh: '名称' }, required),
    relation('owner', { en: 'Acts for', zh: '代表用户' }, { to: 'users', ...required }),
    text('prefix', { en: 'Begins with', zh: '开头' }),
    text('hash', { en: 'Hash', zh: '哈希' }, { ...required, unique: true, hidden: true }),
    json('roles', { en: 'Roles', zh: '角色' }, required),
    boolean('readOnly', { en: 'Reads only', zh: '只读' }),
    json('entities', { en: 'Limited to', zh: '限定实体' }),
    dateTime('expiresAt', { en: 'Expires', zh: '到期' }, { ...required, ...indexed }),
    dateTime('lastUsedAt', { en: 'Last used', zh: '最近使用' }),
    text('lastAddress', { en: 'Last used from', zh: '最近使用地址' }),
    dateTime('revokedAt', { en: 'Revoked', zh: '吊销时间' }),
    text('revokedBy', { en: 'Revoked by', zh: '吊销人' }),
  ],
  listColumns: ['name', 'owner', 'prefix', 'expiresAt', 'lastUsedAt', 'revokedAt'], searchFields: ['name', 'prefix'], defaultSort: '-createdAt',
}

/** Who came in, who was refused, and what was done about it; rows are only ever added. */
export const signIns: EntityDefinition = {
  slug: 'sign-ins', system: 'core', kind: 'record', titleField: 'id',
  label: { en: 'Sign-in', zh: '登录记录' }, labels: { en: 'Sign-ins', zh: '登录记录' },
  fields: [
    dateTime('at', { en: 'At', zh: '时间' }, { ...required, ...indexed }),
    select('kind', { en: 'What', zh: '事项' }, {
      ...required, ...indexed,
      options: [
        option('signedIn', { en: 'Signed in', zh: '登录成功' }, 'good'),
        option('wrongPassword', { en: 'Wrong password', zh: '密码错误' }, 'warning'),
        option('unknownAccount', { en: 'Unknown account', zh: '账号不存在' }, 'warning'),
        option('locked', { en: 'Refused: locked', zh: '已锁定，被拒绝' }, 'bad'),
        option('blocked', { en: 'Refused: blocked', zh: '已停用，被拒绝' }, 'bad'),
        option('unlocked', { en: 'Unlocked', zh: '解锁' }, 'neutral'),
        option('signedOut', { en: 'Signed out', zh: '退出登录' }, 'neutral'),
        option('sessionEnded', { en: 'Session ended by someone', zh: '会话被终止' }, 'warning'),
        option('passwordChanged', { en: 'Password changed', zh: '修改密码' }, 'neutral'),
        option('keyCreated', { en: 'API key created', zh: '创建 API 密钥' }, 'neutral'),
        option('keyUsed', { en: 'API key used', zh: '使用 API 密钥' }, 'good'),
        option('keyRefused', { en: 'API key refused', zh: 'API 密钥被拒绝' }, 'bad'),
        option('keyRevoked', { en: 'API key revoked', zh: '吊销 API 密钥' }, 'neutral'),
      ],
    }),
    text('userName', { en: 'Account', zh: '账号' }),
    text('user', { en: 'Account id', zh: '账号 ID' }, { ...indexed, advanced: true }),
    text('by', { en: 'By', zh: '操作人' }),
    text('apiKey', { en: 'API key', zh: 'API 密钥' }),
    text('address', { en: 'From', zh: '来源地址' }, indexed),
    text('agent', { en: 'With', zh: '客户端' }),
    text('session', { en: 'Session', zh: '会话' }, { ...indexed, hidden: true }),
    dateTime('endedAt', { en: 'Session ended', zh: '会话终止时间' }, { advanced: true }),
  ],
  listColumns: ['at', 'kind', 'userName', 'by', 'apiKey', 'address', 'agent'], searchFields: ['userName', 'by', 'apiKey', 'address', 'agent'], defaultSort: '-at',
}

export const securityEntities: readonly EntityDefinition[] = [apiKeys, signIns]
