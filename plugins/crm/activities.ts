import { deliveryFollowUpText } from '../../collections/core/standard-texts.ts'
import type { Activities } from '../../config/generated/entities.ts'
import { json, required } from '../../config/language/fields.ts'
import type { Operand } from '../../config/language/references.ts'
import type { Text } from '../../config/language/text.ts'
import type { CommandContext } from '../core/commands/context.ts'
import type { Row } from '../core/data/store.ts'
import { addDays } from '../core/engine/dates.ts'
import { writeStandard } from '../core/entities/standard-text.ts'
import type { ActionHandler, EventHandler } from '../core/platform/plugin.ts'
import { valueOf } from '../core/workflow/operands.ts'
import { stateOf } from '../core/workflow/pinned.ts'

type ActivityParams = { readonly activityType: Operand; readonly subject: Operand | Text; readonly dueDate: Operand }

export const createActivity: ActionHandler = {
  type: 'crm.createActivity', label: { en: 'Plan an activity', zh: '安排跟进' },
  params: [
    json('activityType', { en: 'Type', zh: '跟进方式' }, required), json('subject', { en: 'Subject', zh: '主题' }, required),
    json('dueDate', { en: 'Due', zh: '计划日期' }, required),
  ],
  async run(context, { entity, params, document, input, reason }) {
    const { activityType, subject, dueDate } = params as unknown as ActivityParams
    const values = { document, input, reason, today: await context.today(), company: await context.company(document.company as string | null) }
    await planActivity(context, { entity, document }, {
      activityType: valueOf(activityType, values), dueDate: valueOf(dueDate, values),
      subject: isText(subject) ? subject : String(valueOf(subject, values)),
    })
  },
}

/** An opportunity's next activity is the earliest that is still open. */
const refreshNextActivity: EventHandler = {
  name: 'crm.refreshNextActivity',
  on: ['created', 'edited', 'completed', 'cancelled', 'reopened', 'discarded'].map((past) => `activities.${past}`),
  async run(context, { documentId }) {
    const activity = await context.store.get('activities', documentId)
    const opportunity = activity?.opportunity ? await context.store.get('opportunities', activity.opportunity) : undefined
    if (!opportunity || ['won', 'lost'].includes(stateOf(opportunity) ?? '')) return
    const open = await context.store.find('activities', {
      where: { and: [{ opportunity: { equals: opportunity.id } }, { 'workflow.state': { equals: 'open' } }] },
    })
    const nextActivityDate = open.flatMap(({ dueDate }) => dueDate ?? []).sort()[0] ?? null
    if (nextActivityDate === (opportunity.nextActivityDate ?? null)) return
    await context.edit('opportunities', opportunity.id, { values: { nextActivityDate } })
  },
}

/** Goods that arrived are a reason to call: whoever sold them asks how they are. */
const followUpDelivery: EventHandler = {
  name: 'crm.followUpDelivery',
  on: ['deliveries.confirmed'],
  async run(context, { documentId }) {
    const delivery = await context.store.get('deliveries', documentId)
    const order = delivery?.salesOrder ? await context.store.get('sales-orders', delivery.salesOrder) : undefined
    if (!delivery || !order?.owner) return
    const quote = order.quote ? await context.store.get('quotes', order.quote) : undefined
    await planActivity(context, { entity: 'deliveries', document: { ...delivery, owner: order.owner, contact: order.contact, opportunity: quote?.opportunity } }, {
      activityType: 'call', dueDate: addDays(await context.today(), 3),
      subject: deliveryFollowUpText, parameters: { number: delivery.number ?? '' },
    })
  },
}

export const activityHandlers: readonly EventHandler[] = [refreshNextActivity, followUpDelivery]

type Plan = { readonly activityType: unknown; readonly dueDate: unknown; readonly subject: string | Text; readonly parameters?: Readonly<Record<string, string>> }

/** An activity about a document, for its owner; a standard text is stored in the owner's language and read in the reader's. */
async function planActivity(
  context: CommandContext, { entity, document }: { readonly entity: string; readonly document: Row }, { subject, parameters, ...plan }: Plan,
): Promise<void> {
  const own = { leads: 'lead', opportunities: 'opportunity', quotes: 'quote' }[entity]
  const { company, owner, customer, contact, lead, opportunity } = document as Partial<Activities>
  const language = await languageOf(context, owner)
  await context.create('activities', {
    values: { ...plan, company, owner, customer, contact, lead, opportunity, ...(own ? { [own]: document.id } : {}), subject: typeof subject === 'string' ? subject : writeStandard(subject, language, parameters) },
    sources: [{ entity, id: document.id }],
  })
}

async function languageOf(context: CommandContext, owner: unknown): Promise<'en' | 'zh'> {
  const user = typeof owner === 'string' ? await context.store.get('users', owner) : undefined
  const language = user?.language ?? (await context.company()).language
  return language === 'zh' ? 'zh' : 'en'
}

const isText = (subject: Operand | Text): subject is Text => typeof subject === 'object' && subject !== null && 'zh' in subject
