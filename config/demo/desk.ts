import type { Payload } from 'payload'
import { DateTime } from 'luxon'
import type { Actor } from '../../plugins/core/access/actor.ts'
import { runCommand, type Command } from '../../plugins/core/commands/run-command.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import type { Store } from '../../plugins/core/data/store.ts'
import type { DemoRole } from '../../plugins/core/demo/logins.ts'
import { addDays } from '../../plugins/core/engine/dates.ts'

export type Values = Readonly<Record<string, unknown>>
type SendOptions = { readonly input?: Values; readonly lines?: readonly Values[]; readonly reason?: string }

/** Someone of the demo firm at work. Values are spoken ones, as a person enters them. */
export type Person = {
  /** @returns its id */
  create(entity: string, data: Values, lines?: readonly Values[]): Promise<string>
  edit(entity: string, id: string, data: Values, lines?: readonly Values[]): Promise<void>
  send(entity: string, id: string, event: string, options?: SendOptions): Promise<void>
  operate(entity: string, operation: string): Promise<void>
}

/** Where the firm's people work: every document is made by one of them, by a command, at a moment. */
export type Desk = {
  readonly store: Store
  readonly people: Readonly<Record<DemoRole, Person>>
  /** "YYYY-MM-DD" so many days from today: −3 is three days ago. */
  day(days: number): string
  /** The latest document of an entity whose field holds `id`. */
  latest(entity: string, field: string, id: string): Promise<string>
  /** Goes on to the morning of a day from today, or to a little later on the same day; never beyond this moment. */
  goTo(days: number): void
  /** The moment at which things are done now. */
  now(): Date
}

const minute = 60_000

export function openDesk(
  payload: Payload, { actors, today, timeZone }: { readonly actors: Readonly<Record<DemoRole, Actor>>; readonly today: string; readonly timeZone: string },
): Desk {
  const store = openStore(payload)
  const day = (days: number) => addDays(today, days)
  let clock = 0
  const setClock = (time: number) => { clock = Math.min(time, Date.now()) }
  const person = (role: DemoRole): Person => {
    const run = async (command: Command) => {
      setClock(clock + 2 * minute)
      return await runCommand(payload, actors[role], command, { now: new Date(clock).toISOString() })
    }
    return {
      create: async (entity, data, lines) => String((await run({ action: 'create', entity, data, ...(lines ? { lines } : {}) })).id),
      async edit(entity, id, data, lines) {
        await run({ action: 'edit', entity, id, data, ...(lines ? { lines } : {}) })
      },
      async send(entity, id, event, options = {}) {
        await run({ action: 'send', entity, id, event, ...options })
      },
      async operate(entity, operation) {
        await run({ action: 'operate', entity, operation })
      },
    }
  }
  return {
    store, day,
    people: {
      owner: person('owner'), salesRep: person('salesRep'), salesManager: person('salesManager'), buyer: person('buyer'),
      storekeeper: person('storekeeper'), inspector: person('inspector'), qualityManager: person('qualityManager'), accountant: person('accountant'), viewer: person('viewer'),
    },
    async latest(entity, field, id) {
      const [found] = await store.find<string>(entity, { where: { [field]: { equals: id } }, sort: ['-createdAt', '-id'], limit: 1 })
      if (!found) throw new Error(`The demo firm expects one of ${entity} whose ${field} is ${id}.`)
      return found.id
    },
    goTo(days) {
      const morning = DateTime.fromISO(day(days), { zone: timeZone }).set({ hour: 9 }).toMillis()
      setClock(Math.max(morning, clock + 5 * minute))
    },
    now: () => new Date(clock),
  }
}
