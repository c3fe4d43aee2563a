import type { Text } from '../../../config/language/text.ts'
import { newId, type CommandContext } from '../commands/context.ts'
import { sendEmail } from '../email/send-email.ts'
import { mailOf, surroundingsOf } from '../operations/surroundings.ts'

export type Told = {
  /** Ids of users, and keys of roles: all who hold one, or one that is based on it. */
  readonly to: { readonly users?: readonly string[]; readonly roles?: readonly string[] }
  readonly text: Text
  /** The document that it is about. */
  readonly entity?: string
  readonly id?: string
  /** Of those who get another email than the plain one, by id. */
  readonly mails?: ReadonlyMap<string, { readonly subject: string; readonly text: string }>
}

type Account = { readonly id: string; readonly email: string; readonly roles?: readonly string[] | null; readonly language?: string | null; readonly blocked?: boolean | null }

/** Tells each of these people once, in the panel and, unless they do not want it, by email; whose account is blocked is not told. */
export async function notify(context: CommandContext, { to, text, entity, id, mails }: Told): Promise<void> {
  const people = await peopleOf(context, to)
  if (people.length === 0) return
  await context.store.insertMany('notifications', people.map((person) => ({
    id: newId(), user: person.id, at: context.now, textEn: text.en, textZh: text.zh, entity: entity ?? null, documentId: id ?? null, read: false,
  })))
  // Without a mail server nothing is lost: it stands in the panel.
  if (!mailOf(context.payload)) return
  const choices = await context.store.byIds('notification-choices', people.map((person) => person.id))
  for (const person of people) {
    if (choices.get(person.id)?.byEmail === false) continue
    const subject = text[person.language === 'zh' ? 'zh' : 'en']
    const mail = mails?.get(person.id) ?? { subject, text: `${subject}\n${linkTo(context, entity, id)}` }
    await sendEmail(context, { to: person.email, ...mail, ...(entity && id ? { entity, id } : {}) })
  }
}

function linkTo({ payload }: CommandContext, entity: string | undefined, id: string | undefined): string {
  const { publicUrl } = surroundingsOf(payload)
  return entity && id ? `\n${publicUrl}/admin/collections/${entity}/${encodeURIComponent(id)}\n` : `\n${publicUrl}/admin/notifications\n`
}

async function peopleOf({ store }: CommandContext, { users = [], roles = [] }: Told['to']): Promise<Account[]> {
  const based = roles.length === 0 ? [] : await store.find('roles', { where: { basedOn: { in: [...roles] } } })
  const meant = new Set([...roles, ...based.map(({ slug }) => slug)])
  const accounts = (roles.length > 0 ? await store.find('users') : [...(await store.byIds('users', users)).values()]) as unknown as Account[]
  return accounts.filter((account) => !account.blocked && (users.includes(account.id) || account.roles?.some((role) => meant.has(role))))
}
