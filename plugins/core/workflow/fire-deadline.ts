import { DateTime } from 'luxon'
import type { WorkItems } from '../../../config/generated/entities.ts'
import type { SlaRecipient } from '../../../config/language/workflow.ts'
import type { Text } from '../../../config/language/text.ts'
import { describeState } from '../../../workflows/engine/describe.ts'
import type { CommandContext } from '../commands/context.ts'
import type { Row } from '../data/store.ts'
import { notify } from '../notifications/notify.ts'
import { addDeadlineStep, type DeadlineData, type RunningDeadline } from './deadlines.ts'
import { pinnedWorkflow, workflowOf } from './pinned.ts'

/** Warns, tells that it is over, or sends the event; nothing where the state was left, or entered anew, meanwhile. */
export async function fireDeadline(context: CommandContext, item: WorkItems): Promise<void> {
  const { key, step, since } = item.data as DeadlineData
  const document = (await context.store.get(item.entity, item.documentId)) as Row | undefined
  const deadline = document && workflowOf(document)?.deadlines?.[key]
  if (!deadline || deadline.since !== since) return
  const { sla, due } = deadline
  if (step === 'event') return context.send(item.entity, item.documentId, String(sla.event))
  await tell(context, { entity: item.entity, document, key, deadline, isOver: step === 'due' })
  if (step !== 'due') return
  await context.emit(`${item.entity}.overdue`, document, item.entity, { state: key, since, due })
  if (sla.event !== undefined) await addDeadlineStep(context, { entity: item.entity, document, data: { key, step: 'event', since }, dueAt: context.now })
}

type Told = { readonly entity: string; readonly document: Row; readonly key: string; readonly deadline: RunningDeadline; readonly isOver: boolean }

async function tell(context: CommandContext, { entity: slug, document, key, deadline: { sla, due }, isOver }: Told): Promise<void> {
  if (!sla.escalate) return
  const entity = context.entity(slug)
  const compiled = await pinnedWorkflow(context.platform, context.store, slug, document)
  const state = compiled?.nodes.get(key)?.definition.label ?? (compiled && describeState(compiled, key)?.label) ?? { en: key, zh: key }
  const title = String(document.number ?? document[entity.titleField] ?? document.id)
  const { timeZone } = await context.company(document.company as string | null)
  const at = DateTime.fromISO(due, { zone: timeZone }).toFormat('yyyy-MM-dd HH:mm')
  const text: Text = isOver
    ? { en: `${entity.label.en} ${title} is overdue: it was to leave "${state.en}" by ${at}.`, zh: `${entity.label.zh} ${title} 已超时：应于 ${at} 前完成“${state.zh}”。` }
    : { en: `${entity.label.en} ${title} is due soon: it is to leave "${state.en}" by ${at}.`, zh: `${entity.label.zh} ${title} 即将到期：须于 ${at} 前完成“${state.zh}”。` }
  await notify(context, { to: recipientsOf(sla.escalate, document), text, entity: slug, id: document.id })
}

/** Roles, and the people whom the document names. */
function recipientsOf(recipients: readonly SlaRecipient[], document: Row): { readonly roles: string[]; readonly users: string[] } {
  const roles = recipients.flatMap((one) => ('role' in one ? [one.role] : []))
  return { roles, users: recipients.flatMap((one) => ('field' in one ? [document[one.field]].flat().filter((id): id is string => typeof id === 'string') : [])) }
}
