import { randomBytes } from 'node:crypto'
import type { Payload } from 'payload'
import type { Entities } from '../../../../config/generated/entities.ts'
import type { EntityDefinition, FieldDefinition } from '../../../../config/language/entity.ts'
import { actorOf, systemActor, type Actor } from '../../access/actor.ts'
import { can } from '../../access/can.ts'
import { runCommand, type CommandResult } from '../../commands/run-command.ts'
import { newId } from '../../commands/context.ts'
import { openStore } from '../../data/open-store.ts'
import type { Row, Store } from '../../data/store.ts'
import { dateIn } from '../../engine/dates.ts'
import { allFields } from '../../entities/system-fields.ts'
import { speakRow } from '../../entities/speak.ts'
import { drainWork } from '../../events/runner.ts'
import { platformOf } from '../../platform/platform.ts'
import { firmView } from '../../views/firm-view.ts'
import { stateOf } from '../pinned.ts'
import type { Entered } from './arranger.ts'
import { sampleValue } from './sample-value.ts'

/** Where walks are gone: commands on a scratch database, in spoken values, with a clock that only they move. */
export type Desk = {
  readonly payload: Payload
  readonly store: Store
  readonly today: () => string
  readonly now: () => Date
  readonly exponent: () => number
  /** From here on it is this moment; nothing happens for it. */
  readonly setClock: (moment: Date) => void
  /** Does whatever is due, and goes on to a later moment where one is given. */
  readonly drain: (until?: Date) => Promise<void>
  /** Someone who holds the role, with an account; or a colleague. */
  readonly person: (role: string, isColleague?: boolean) => Promise<Actor>
  /** A record with these values; what its form asks for beyond is filled in. @returns its id */
  readonly make: (entity: string, data?: Readonly<Record<string, unknown>>, lines?: readonly Readonly<Record<string, unknown>>[]) => Promise<string>
  readonly edit: (entity: string, id: string, data: object, lines?: readonly object[]) => Promise<void>
  readonly discard: (entity: string, id: string) => Promise<void>
  readonly send: (entity: string, id: string, event: string, entered?: Entered & { readonly as?: Actor }) => Promise<CommandResult>
  readonly state: (entity: string, id: string) => Promise<string | undefined>
  readonly get: <E extends keyof Entities>(entity: E, id: string) => Promise<Entities[E]>
  /** Of an entity what belongs to another, oldest first. */
  readonly from: <E extends keyof Entities>(entity: E, field: string, id: string) => Promise<Entities[E][]>
  /** Spoken values of the fields, of stored ones. */
  readonly speak: (fields: readonly FieldDefinition[], values: Readonly<Record<string, unknown>>) => Record<string, unknown>
  /** Something that the field could hold, as stored; of references a record that is there, or one made for it. */
  readonly sample: (field: FieldDefinition) => Promise<unknown>
}

/** How far what must be there is made for what must be there. */
const deepest = 4

/** @throws whatever a command throws */
export async function openDesk(payload: Payload): Promise<Desk> {
  const store = openStore(payload)
  const { entities } = platformOf(payload)
  let clock = new Date()
  let count = 0
  const { exponent, timeZone } = await firmView(store)
  const people = new Map<string, Actor>()
  const at = () => ({ now: clock.toISOString() })
  const entityOf = (slug: string): EntityDefinition => {
    const found = entities.get(slug)
    if (!found) throw new Error(`There is no entity "${slug}".`)
    return found
  }
  const speak = (fields: readonly FieldDefinition[], values: Readonly<Record<string, unknown>>) =>
    speakRow({ slug: '', system: 'core', kind: 'record', label: { en: '', zh: '' }, labels: { en: '', zh: '' }, titleField: '', listColumns: [], fields }, values, exponent)

  const sample = async (field: FieldDefinition, depth = 0): Promise<unknown> => {
    if (field.type !== 'relation') return sampleValue(field, { today: desk.today(), exponent, count: (count += 1) })
    const { to = '' } = field
    const where = { and: (field.filter ?? []).flatMap(({ field: name, equals }) => (equals === undefined ? [] : [{ [name]: { equals } }])) }
    const known = await store.findOne<string>(to, where)
    const id = known?.id ?? (to === 'users' ? (await desk.person('owner')).id : depth < deepest ? await make(to, {}, undefined, depth + 1) : undefined)
    return field.many && id !== undefined ? [id] : id
  }

  /** What is required and nobody brings: as a person would fill in a form. */
  const filled = async (fields: readonly FieldDefinition[], given: Readonly<Record<string, unknown>>, depth: number) => {
    const values: Record<string, unknown> = {}
    for (const field of fields) {
      const isMissing = field.required && !field.readOnly && !field.givenWhenEmpty && field.default === undefined && !(field.name in given)
      if (!isMissing || (field.filledFrom !== undefined && field.filledFrom in given)) continue
      const value = await sample(field, depth)
      if (value !== undefined) values[field.name] = value
    }
    return { ...speak(fields, values), ...given }
  }

  async function make(slug: string, data: Readonly<Record<string, unknown>> = {}, lines?: readonly Readonly<Record<string, unknown>>[], depth = 0): Promise<string> {
    const entity = entityOf(slug)
    const lineFields = entity.lines ? allFields(entityOf(entity.lines.entity)).filter(({ name }) => name !== entity.lines?.parentField) : []
    const rows = lines ? await Promise.all(lines.map((line) => filled(lineFields, line, depth))) : undefined
    const id = newId()
    await runCommand(payload, systemActor, { action: 'create', entity: slug, data: { ...await filled(allFields(entity), data, depth), id }, ...(rows ? { lines: rows } : {}) }, at())
    return id
  }

  const desk: Desk = {
    payload, store, make: (entity, data, lines) => make(entity, data, lines), speak, sample: (field) => sample(field),
    now: () => clock, exponent: () => exponent,
    setClock: (moment) => { clock = moment },
    today: () => dateIn({ zone: timeZone, at: clock.toISOString() }),
    async drain(until) {
      if (until && until > clock) clock = until
      await drainWork(payload, clock)
    },
    async person(role, isColleague = false) {
      const name = isColleague ? `${role} 2` : role
      const known = people.get(name)
      if (known) return known
      const id = newId()
      await payload.create({ collection: 'users', data: { id, name, email: `${id}@example.com`, password: randomBytes(24).toString('base64url'), roles: [role], language: 'en' } })
      const person = await actorOf(payload, { id, name, roles: [role] })
      people.set(name, person)
      return person
    },
    async edit(entity, id, data, lines) {
      await runCommand(payload, systemActor, { action: 'edit', entity, id, data, ...(lines ? { lines } : {}) }, at())
    },
    async discard(entity, id) {
      await runCommand(payload, systemActor, { action: 'discard', entity, id }, at())
    },
    send: (entity, id, event, { as = systemActor, ...entered } = {}) => runCommand(payload, as, { action: 'send', entity, id, event, ...entered }, at()),
    state: async (entity, id) => stateOf((await store.require<string>(entity, id)) as Row),
    get: <E extends keyof Entities>(entity: E, id: string) => store.require(entity, id) as Promise<Entities[E]>,
    from: <E extends keyof Entities>(entity: E, field: string, id: string) => store.find(entity, { where: { [field]: { equals: id } }, sort: 'id' }) as Promise<Entities[E][]>,
  }
  return desk
}

/** Of the roles that may send it the first whose rights let it, whomever the document belongs to; the owner where none does. */
export async function senderOf(desk: Desk, entity: EntityDefinition, { event, roles }: { readonly event: string; readonly roles: readonly string[] | undefined }): Promise<Actor> {
  const people = (roles ?? []).filter((role) => role !== systemActor.roles[0])
  if (roles && people.length === 0) return systemActor
  for (const role of people) {
    const person = await desk.person(role)
    const rights = [can(person, 'send', entity, event), can(person, 'read', entity)]
    if (rights.every(({ allowed, own }) => allowed && !own)) return person
  }
  return desk.person('owner')
}
