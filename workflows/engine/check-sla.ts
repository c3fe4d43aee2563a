import { Duration } from 'luxon'
import type { Finding } from '../../config/language/refusal.ts'
import type { SlaRecipient } from '../../config/language/workflow.ts'
import { unknownName } from './check-names.ts'
import { checkTimedEvent, type Context } from './check-timers.ts'
import { isSpan } from './delays.ts'
import { finding, listed, say } from './messages.ts'
import { systemRole } from './registry.ts'

/** A deadline has a length, is counted on a calendar there is, tells people there are, and sends an event that a timer could send. */
export function checkSla(context: Context): Finding[] {
  const { node, registry } = context
  const { sla } = node.definition
  if (!sla) return []
  const path = `${node.place}.sla`
  const { within, calendar, warn, escalate = [], event } = sla
  const calendars = registry.calendars && [...registry.calendars]
  const lengths = [...(isSpan(within) ? [] : [noLength(`${path}.within`, within)]), ...(warn === undefined || isSpan(warn) ? [] : [noLength(`${path}.warn`, warn)])]
  return [
    ...lengths,
    ...(calendar === undefined || !calendars || calendars.includes(calendar) ? [] : [unknownName(`${path}.calendar`, { kind: 'calendar', name: calendar, known: calendars })]),
    ...(warn !== undefined && lengths.length === 0 && Duration.fromISO(warn).toMillis() >= Duration.fromISO(within).toMillis() ? [warnsAtOnce(`${path}.warn`)] : []),
    ...(warn !== undefined && escalate.length === 0 ? [warnsNobody(`${path}.warn`)] : []),
    ...escalate.flatMap((recipient, index) => checkRecipient(context, recipient, `${path}.escalate[${index}]`)),
    ...(event === undefined ? [] : checkTimedEvent(context, `${path}.event`, event)),
    ...(event === undefined && escalate.length === 0 ? [nowhere(path)] : []),
  ]
}

function checkRecipient({ definition, registry }: Context, recipient: SlaRecipient, path: string): Finding[] {
  if ('role' in recipient) {
    const people = [...registry.roles.values()].filter(({ slug }) => slug !== systemRole)
    return people.some(({ slug }) => slug === recipient.role) ? [] : [unknownRole(`${path}.role`, recipient.role, people.map(({ slug }) => slug))]
  }
  const entity = registry.entities?.get(definition.entity)
  if (!entity) return []
  const users = entity.fields.filter(({ type, to }) => type === 'relation' && to === 'users').map(({ name }) => name)
  return users.includes(recipient.field) ? [] : [noPerson(`${path}.field`, recipient.field, users)]
}

const quoted = (names: readonly string[]) => listed(names.map((name) => say(name, name)))

function noLength(path: string, text: string): Finding {
  return finding({ code: 'sla-length', path, message: say(`“${text}” is no length of a deadline. Write days, hours and minutes as ISO 8601, for example P2D, PT4H or P1DT30M.`, `“${text}”不是有效时限。请按 ISO 8601 填写天、小时、分钟，例如 P2D、PT4H、P1DT30M。`) })
}

function warnsAtOnce(path: string): Finding {
  return finding({ code: 'sla-warn', path, message: say('The warning comes as early as the deadline begins. Let it come later: a length shorter than the deadline.', '提醒时间不能早于或等于时限起点，请填写比时限更短的时长。') })
}

function warnsNobody(path: string): Finding {
  return finding({ code: 'sla-warn-nobody', path, message: say('Nobody is told of the warning. Name who is told in “escalate”, or remove it.', '提醒没有通知对象。请在 escalate 中指定，或删除提醒。') })
}

function nowhere(path: string): Finding {
  return finding({ code: 'sla-nowhere', severity: 'warning', path, message: say('When this deadline is over, nobody is told and nothing happens. Name who is told, or an event.', '超过此时限时既不通知任何人，也不触发任何操作。请指定通知对象或事件。') })
}

function unknownRole(path: string, role: string, known: readonly string[]): Finding {
  const { en, zh } = quoted(known)
  return finding({ code: 'unknown-role', path, message: say(`There is no role “${role}” that people have. Known: ${en || 'none'}.`, `不存在可分配给用户的角色“${role}”。可用：${zh || '无'}。`) })
}

function noPerson(path: string, field: string, known: readonly string[]): Finding {
  const { en, zh } = quoted(known)
  return finding({ code: 'unknown-field', path, message: say(`“${field}” is not a field that names a user. Known: ${en || 'none'}.`, `“${field}”不是指向用户的字段。可用：${zh || '无'}。`) })
}
