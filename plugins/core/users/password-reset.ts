import type { CollectionAfterForgotPasswordHook, CollectionBeforeOperationHook } from 'payload'
import { newId } from '../commands/context.ts'
import { openStore } from '../data/open-store.ts'
import type { Store } from '../data/store.ts'
import type { Delivery } from '../deliveries/delivery.ts'
import { handToServer } from '../email/hand-over.ts'
import { failInput } from '../errors.ts'
import { mailOf, surroundingsOf } from '../operations/surroundings.ts'
import { storeOfRequest } from '../sign-ins/note-sign-in.ts'
import { passwordFindings } from './password-rules.ts'

const passwordResetName = 'core.passwordReset'

type Account = { readonly id: string; readonly name?: string | null; readonly email: string; readonly language?: string | null; readonly blocked?: boolean | null; readonly resetPasswordToken?: string | null; readonly resetPasswordExpiration?: string | Date | null }

/** With a mail server Payload writes to nobody itself: the runner does, so that the answer tells by no delay whether there is such an account. */
export const leaveResetToRunner: CollectionBeforeOperationHook = ({ args, operation, req }) =>
  (operation === 'forgotPassword' && mailOf(req.payload) ? { ...(args as object), disableEmail: true } : args) as typeof args

/** What Payload checks nowhere: a password by a link has to be as good as any other. Whether the link is of use is its own to say, and told no less. */
export const checkResetPassword: CollectionBeforeOperationHook = async ({ args, operation, req }) => {
  if (operation !== 'resetPassword') return args
  const { token, password } = ((args as { readonly data?: unknown }).data ?? {}) as { readonly token?: unknown; readonly password?: unknown }
  const account = typeof token === 'string' ? await accountOfLink(openStore(req.payload), token) : undefined
  const findings = account ? await passwordFindings({ password, email: account.email, name: account.name ?? '' }) : []
  if (findings.length > 0) failInput(findings)
  return args
}

/** Only reached where there is such an account; in the same transaction as its token. */
export const putDownReset: CollectionAfterForgotPasswordHook = async ({ args }) => {
  const { data, req } = args as { readonly data: { readonly email?: string }; readonly req: Parameters<typeof storeOfRequest>[0] }
  if (!mailOf(req.payload)) return
  const store = await storeOfRequest(req)
  const account = (await store.findOne('users', { email: { equals: String(data.email).toLowerCase().trim() } })) as unknown as Account | undefined
  if (!account || account.blocked) return
  const id = newId()
  await store.insert('work-items', {
    id, key: `passwordReset:${id}`, kind: 'delivery', handler: passwordResetName, entity: 'users', documentId: account.id, documentVersion: 1, dueAt: new Date().toISOString(), attempts: 0, status: 'pending',
  })
}

/** The link is made when it leaves, of what the account keeps: it lies in no list of emails, where others could take it. */
export const passwordResetDelivery: Delivery = {
  name: passwordResetName,
  async deliver(payload, item) {
    const account = (await openStore(payload).get('users', item.documentId)) as unknown as Account | undefined
    const { resetPasswordToken: token, resetPasswordExpiration: until } = account ?? {}
    // Used, run out, or the account has been blocked or removed meanwhile.
    if (!account || account.blocked || !token || !until || new Date(until).getTime() <= Date.now()) return
    const { publicUrl } = surroundingsOf(payload)
    const language = account.language === 'zh' ? 'zh' : 'en'
    await handToServer(payload, { id: item.id, to: account.email, subject: subject[language], text: textOf(`${publicUrl}/admin/reset/${token}`, publicUrl)[language] })
  },
}

/** Whether a link still sets a password. */
export const isResetLink = async (store: Store, token: string): Promise<boolean> => (await accountOfLink(store, token)) !== undefined

/** Whose link it is: it was sent, not used, and its hour is not over. */
async function accountOfLink(store: Store, token: string): Promise<Account | undefined> {
  const account = (await store.findOne('users', { and: [{ resetPasswordToken: { equals: token } }, { resetPasswordExpiration: { greater_than: new Date().toISOString() } }] })) as unknown as Account | undefined
  return account?.blocked ? undefined : account
}

const subject = { en: 'Set a new password', zh: '重置密码' }
const textOf = (link: string, publicUrl: string) => ({
  en: `Someone, we hope you, has asked for a new password for your account at ${publicUrl}.\n\nSet it here within the hour:\n${link}\n\nIf it was not you, do nothing: your password stays as it is.\n`,
  zh: `有人（希望是您本人）申请重置您在 ${publicUrl} 的账号密码。\n\n请在一小时内打开以下链接设置新密码：\n${link}\n\n如非本人操作，请忽略此邮件，密码保持不变。\n`,
})
