import type { Payload } from 'payload'
import type { Finding } from '../../../config/language/refusal.ts'
import type { Actor } from '../access/actor.ts'
import { transact } from '../commands/transact.ts'
import type { Row } from '../data/store.ts'
import { openStore } from '../data/open-store.ts'
import { fail, failInput } from '../errors.ts'
import { colleagueOf } from './staff.ts'

export type ColleagueChoice = { readonly id: string; readonly name: string }

const mostColleagues = 500

/** Those who may be asked instead: everyone else who can sign in. */
export async function colleaguesOf(payload: Payload, actor: Actor): Promise<ColleagueChoice[]> {
  if (actor.key || actor.isAnyone) fail('personOnly')
  const users = (await openStore(payload).find('users', { where: { id: { not_equals: actor.id } }, sort: 'name', limit: mostColleagues })) as unknown as Row[]
  return users.map(colleagueOf).filter(({ blocked }) => !blocked).map(({ id, name }) => ({ id, name }))
}

export type Substitution = { readonly substitute: string | null; readonly name: string | null; readonly from: string | null; readonly until: string | null }

/** Who decides in someone's place, and when. */
export async function substitutionOf(payload: Payload, actor: Actor): Promise<Substitution> {
  const store = openStore(payload)
  const own = (await store.byIds('users', [actor.id])).get(actor.id)
  if (!own) fail('notThere')
  const { substitute, substituteFrom, substituteUntil } = colleagueOf(own as unknown as Row)
  const colleague = (await store.byIds('users', [substitute])).get(substitute ?? '')
  return { substitute, name: colleague ? colleagueOf(colleague as unknown as Row).name : null, from: substituteFrom, until: substituteUntil }
}

/** Names a colleague who decides in one's place; with null nobody does any more. */
export async function nameSubstitute(payload: Payload, actor: Actor, given: Readonly<Record<string, unknown>>): Promise<void> {
  if (actor.key || actor.isAnyone) fail('personOnly')
  const { substitute, from = null, until = null } = given
  const findings = [
    ...(substitute === null || typeof substitute === 'string' ? [] : [wrong('substitute', 'substitute is the id of a colleague, or null.', 'substitute 须为同事的 id 或 null。')]),
    ...(isDay(from) ? [] : [wrong('from', 'Write the first day as YYYY-MM-DD, or leave it out.', '开始日期请按 YYYY-MM-DD 填写，或留空。')]),
    ...(isDay(until) ? [] : [wrong('until', 'Write the last day as YYYY-MM-DD, or leave it out.', '结束日期请按 YYYY-MM-DD 填写，或留空。')]),
    ...(typeof from === 'string' && typeof until === 'string' && until < from ? [wrong('until', 'The last day comes before the first. Change one of them.', '结束日期早于开始日期，请修改。')] : []),
  ]
  if (findings.length > 0) failInput(findings)
  await transact(payload, { actor }, async ({ store }) => {
    const colleague = typeof substitute === 'string' ? (await store.byIds('users', [substitute])).get(substitute) : undefined
    if (typeof substitute === 'string' && (!colleague || colleagueOf(colleague as unknown as Row).blocked)) failInput([wrong('substitute', 'There is no such colleague who can sign in. Choose another.', '不存在可登录的该同事，请重新选择。')])
    if (substitute === actor.id) failInput([wrong('substitute', 'Nobody is their own substitute. Choose a colleague.', '代理人不能是本人，请选择同事。')])
    await store.update('users', actor.id, { substitute, substituteFrom: substitute === null ? null : from, substituteUntil: substitute === null ? null : until } as never)
  })
}

export const isDay = (value: unknown): boolean => value === null || value === undefined || (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)))

const wrong = (path: string, en: string, zh: string): Finding => ({ code: 'invalid', path, severity: 'error', message: { en, zh } })
