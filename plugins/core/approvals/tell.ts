import type { EntityDefinition } from '../../../config/language/entity.ts'
import { fill } from '../../../config/errors.ts'
import type { Language, Text } from '../../../config/language/text.ts'
import type { CommandContext } from '../commands/context.ts'
import type { Row } from '../data/store.ts'
import { notify } from '../notifications/notify.ts'
import { mailOf, surroundingsOf } from '../operations/surroundings.ts'
import type { Approval } from './approval-row.ts'
import { amountOf } from './content-view.ts'
import { waitingStep, type Seat } from './engine/chain.ts'
import { linkDays, newLink } from './new-link.ts'
import { isAway, staffOf, type Colleague, type Staff } from './staff.ts'

export type Telling = { readonly kind: 'asked' | 'reminded'; readonly seats: readonly Seat[] }

const texts = {
  asked: { en: '{submitter} asks for your approval: {document} ({step})', zh: '{submitter} 提请您审批：{document}（{step}）' },
  reminded: { en: 'Reminder: {submitter} waits for your approval of {document} ({step})', zh: '催办：{submitter} 的{document}等待您审批（{step}）' },
  amount: { en: 'Amount: {amount}', zh: '金额：{amount}' },
  decide: { en: 'Look at it and decide (once, within {days} days):', zh: '查看并审批（{days} 天内有效，仅可使用一次）：' },
  panel: { en: 'Or in Trellis:', zh: '或登录 Trellis 处理：' },
  approved: { en: 'Approved: {document}', zh: '已通过审批：{document}' },
  rejected: { en: 'Rejected by {by}: {document}', zh: '{by} 已驳回：{document}' },
  returned: { en: 'Sent back by {by}: {document}', zh: '{by} 已退回：{document}' },
} as const satisfies Record<string, Text>

/** Tells everyone who may decide at these seats, once, each with a link of their own. */
export async function tellApprovers(context: CommandContext, approval: Approval, { kind, seats }: Telling): Promise<void> {
  const entity = context.entity(approval.entity)
  const document = (await context.store.get<string>(approval.entity, approval.documentId)) as Row | undefined
  const step = waitingStep(approval.chain)
  if (!document || !step) return
  const staff = staffOf(context.store)
  const asked = await peopleAt(context, staff, { approval, seats, entity, document })
  if (asked.size === 0) return
  const text = spoken(texts[kind], { submitter: approval.submitterName, document: nameOf(entity, document), step: step.label })
  await notify(context, {
    to: { users: [...asked.keys()] }, text, entity: approval.entity, id: approval.documentId,
    ...(mailOf(context.payload) ? { mails: await mailsFor(context, staff, { approval, entity, text, asked }) } : {}),
  })
}

/** Tells who has asked what became of it. */
export async function tellSubmitter(context: CommandContext, approval: Approval): Promise<void> {
  const { status, submitter } = approval
  if ((status !== 'approved' && status !== 'rejected' && status !== 'returned') || submitter === context.actor.id) return
  const document = (await context.store.get<string>(approval.entity, approval.documentId)) as Row | undefined
  if (!document) return
  const name = nameOf(context.entity(approval.entity), document)
  await notify(context, { to: { users: [submitter] }, text: spoken(texts[status], { document: name, by: { en: context.actor.name, zh: context.actor.name } }), entity: approval.entity, id: approval.documentId })
}

type Asked = ReadonlyMap<string, { readonly person: Colleague; readonly seat: string }>

/** Of a role all who can decide; beside someone who is away their substitute. */
async function peopleAt(context: CommandContext, staff: Staff, { approval, seats, entity, document }: { readonly approval: Approval; readonly seats: readonly Seat[]; readonly entity: EntityDefinition; readonly document: Row }): Promise<Asked> {
  const today = await context.today()
  const asked = new Map<string, { readonly person: Colleague; readonly seat: string }>()
  for (const { id, assignee, instead } of seats) {
    const [kind, name = ''] = assignee.split(':')
    const direct = kind === 'role' ? await staff.holders(name) : [...(await staff.byIds([name])).values()]
    const others = await staff.byIds(direct.map((person) => (isAway(person, today) ? person.substitute : null)))
    for (const person of [...direct, ...others.values()]) {
      const isOwn = person.id === approval.submitter && !approval.terms.ownToo && !instead
      if (!person.blocked && !isOwn && !asked.has(person.id) && (await staff.mayRead(person, entity, document))) asked.set(person.id, { person, seat: id })
    }
  }
  return asked
}

async function mailsFor(context: CommandContext, staff: Staff, { approval, entity, text, asked }: { readonly approval: Approval; readonly entity: EntityDefinition; readonly text: Text; readonly asked: Asked }): Promise<Map<string, { readonly subject: string; readonly text: string }>> {
  const { publicUrl } = surroundingsOf(context.payload)
  const exponent = await context.exponent()
  return new Map(await Promise.all([...asked].map(async ([user, { person, seat }]) => {
    const say = (sentence: Text, parameters = {}) => fill(sentence[person.language], parameters, person.language)
    const amount = amountOf({ actor: await staff.actorOf(person) }, entity, approval.snapshot.document, exponent)
    const link = newLink(context.payload.secret, { approval: approval.id, seat, user, hash: approval.hash }, Date.parse(context.now))
    const body = [
      text[person.language], ...(amount === null ? [] : [say(texts.amount, { amount })]), '',
      say(texts.decide, { days: linkDays }), `${publicUrl}/a/${link}`, '',
      say(texts.panel), `${publicUrl}/admin/collections/${approval.entity}/${encodeURIComponent(approval.documentId)}`, '',
    ]
    return [user, { subject: text[person.language], text: body.join('\n') }] as const
  })))
}

const nameOf = ({ label, titleField }: EntityDefinition, document: Row): Text => {
  const name = [document.number, document[titleField]].find((one) => typeof one === 'string' && one !== '')
  return name === undefined ? label : { en: `${label.en} ${String(name)}`, zh: `${label.zh} ${String(name)}` }
}

const spoken = (sentence: Text, parameters: Parameters<typeof fill>[1]): Text => {
  const of = (language: Language) => fill(sentence[language], parameters, language)
  return { en: of('en'), zh: of('zh') }
}
