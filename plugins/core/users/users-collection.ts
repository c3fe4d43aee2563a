import type { CollectionConfig, FieldAccess, PayloadRequest } from 'payload'
import type { PermissionAction } from '../../../config/language/role.ts'
import { actorOfRequest } from '../access/collection-hooks.ts'
import { can } from '../access/can.ts'
import { replaceBlocked, replaceDeleted } from '../approvals/leavers.ts'
import { refuseUnsound } from '../access/shape-query.ts'
import { absentDoors } from './absent-doors.ts'
import { usersEntity } from './users-entity.ts'
import { keyStrategy } from '../keys/key-strategy.ts'
import { isKey, noteLogin, noteLogout, notePassword, noteUnlock, refuseKeys } from '../sign-ins/login-hooks.ts'
import { rememberLogin } from '../sign-ins/refused-login.ts'
import { checkResetPassword, leaveResetToRunner, putDownReset } from './password-reset.ts'
import { checkUser, keepAuthors, refuseBlocked } from './user-rules.ts'

/** People who sign in. The first one becomes the owner; `user-rules.ts` says who may change whom. */
export function usersCollection(): CollectionConfig {
  return {
    slug: 'users',
    labels: { singular: { ...usersEntity.label }, plural: { ...usersEntity.labels } },
    auth: {
      maxLoginAttempts: 8, lockTime: 10 * 60_000, tokenExpiration: 12 * 3600, strategies: [keyStrategy],
      // With an interval Payload writes beside its own open transaction: on SQLite's one writer it would wait for itself.
      forgotPassword: { minRequestInterval: 0 },
    },
    admin: { useAsTitle: 'name', defaultColumns: ['name', 'email', 'roles'] },
    access: {
      read: async ({ req }) => (await isAllowed(req, 'read')) || self(req),
      create: ({ req }) => isAllowed(req, 'create'),
      update: async ({ req }) => (await isAllowed(req, 'edit')) || self(req),
      delete: ({ req }) => isAllowed(req, 'discard'),
      unlock: ({ req }) => isAllowed(req, 'edit'),
      admin: ({ req }) => Boolean(req.user),
    },
    hooks: {
      beforeOperation: [refuseKeys, refuseUnsound, rememberLogin, noteUnlock, leaveResetToRunner, checkResetPassword], afterForgotPassword: [putDownReset], beforeValidate: [checkUser], afterChange: [notePassword, replaceBlocked], afterDelete: [replaceDeleted],
      beforeDelete: [keepAuthors], beforeLogin: [refuseBlocked], afterLogin: [noteLogin], afterLogout: [noteLogout],
    },
    endpoints: absentDoors,
    fields: [
      { name: 'id', type: 'text', required: true, admin: { hidden: true }, defaultValue: () => crypto.randomUUID() },
      { name: 'name', type: 'text', label: { en: 'Name', zh: '姓名' } },
      // Keys of the roles as they are in the data: a firm makes its own.
      { name: 'roles', type: 'text', hasMany: true, label: { en: 'Roles', zh: '角色' }, saveToJWT: false },
      {
        name: 'language', type: 'select', label: { en: 'Language', zh: '语言' },
        options: [{ value: 'en', label: 'English' }, { value: 'zh', label: '中文' }],
      },
      { name: 'manager', type: 'text', label: { en: 'Line manager', zh: '直属上级' }, access: { create: editsUsers, update: editsUsers } },
      // Who decides on approvals for them while they are away, from one day to another.
      { name: 'substitute', type: 'text', index: true, label: { en: 'Substitute', zh: '代理人' } },
      { name: 'substituteFrom', type: 'text', label: { en: 'Substituted from', zh: '代理开始日期' } },
      { name: 'substituteUntil', type: 'text', label: { en: 'Substituted until', zh: '代理结束日期' } },
      { name: 'blocked', type: 'checkbox', label: { en: 'Blocked', zh: '已停用' }, defaultValue: false, access: { create: editsUsers, update: editsUsers } },
      { name: 'lastLoginAt', type: 'date', label: { en: 'Last sign-in', zh: '最近登录' }, access: { create: nobody, update: nobody } },
    ],
    timestamps: true, versions: false, lockDocuments: false, disableDuplicate: true, disableBulkEdit: true,
  }
}

async function isAllowed(req: PayloadRequest, action: PermissionAction): Promise<boolean> {
  return Boolean(req.user) && can(await actorOfRequest(req), action, usersEntity).allowed
}

/** One's own account is for the person, not for its programs. */
const self = (req: PayloadRequest) => (req.user && !isKey(req) ? { id: { equals: req.user.id } } : false)

const editsUsers: FieldAccess = ({ req }) => isAllowed(req, 'edit')
const nobody: FieldAccess = () => false
