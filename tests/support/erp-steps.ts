import type { Entities } from '../../config/generated/entities.ts'
import type { Language } from '../../config/language/text.ts'
import { systemActor, type Actor } from '../../plugins/core/access/actor.ts'
import { runCommand, type CommandResult } from '../../plugins/core/commands/run-command.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import { ProblemError } from '../../plugins/core/errors.ts'
import { drainWork } from '../../plugins/core/events/runner.ts'
import { rehearseEvent, type EventPreview } from '../../plugins/core/views/event-preview.ts'
import { stateOf } from '../../plugins/core/workflow/pinned.ts'
import { personWith, type ErpWorld } from './erp-world.ts'

export type SendOptions = {
  readonly as?: Actor; readonly input?: object; readonly lines?: readonly object[]; readonly newLines?: readonly object[]; readonly reason?: string
}

/** Steps of people, in spoken values, through the door that people use. */
export function stepsIn(world: ErpWorld) {
  const { payload } = world
  const store = openStore(payload)
  const owner = personWith('owner')

  const steps = {
    store,
    send: (entity: string, id: string, event: string, { as = owner, ...message }: SendOptions = {}): Promise<CommandResult> =>
      runCommand(payload, as, { action: 'send', entity, id, event, ...message }),
    /** What an event would do, without doing it. */
    preview: (entity: string, id: string, event: string, { as = owner, language = 'en', ...message }: SendOptions & { readonly language?: Language } = {}): Promise<EventPreview> =>
      rehearseEvent(payload, { actor: as, language }, { action: 'send', entity, id, event, ...message }),
    async create(entity: string, data: object, lines?: readonly object[]): Promise<string> {
      const { id } = await runCommand(payload, systemActor, { action: 'create', entity, data, ...(lines ? { lines } : {}) })
      return String(id)
    },
    get: <E extends keyof Entities>(entity: E, id: string): Promise<Entities[E]> => store.require(entity, id) as Promise<Entities[E]>,
    async state(entity: string, id: string): Promise<string | undefined> {
      return stateOf((await store.require(entity, id)) as Readonly<Record<string, unknown>>)
    },
    linesOf: (order: string) => store.find('sales-order-lines', { where: { salesOrder: { equals: order } }, sort: 'position' }),
    /** Documents of an entity that came from another, oldest first. */
    from: <E extends keyof Entities>(entity: E, field: string, id: string): Promise<Entities[E][]> =>
      store.find(entity, { where: { [field]: { equals: id } }, sort: 'id' }) as Promise<Entities[E][]>,
    drain: () => drainWork(payload),
    /** An order as entered: part, quantity and what else is given. */
    order: (customer: string, lines: readonly object[], data: object = {}) =>
      steps.create('sales-orders', { customer, requestedDate: world.today, ...data }, lines),
    async confirmed(customer: string, lines: readonly object[], data: object = {}): Promise<string> {
      const id = await steps.order(customer, lines, data)
      await steps.send('sales-orders', id, 'submit')
      await steps.send('sales-orders', id, 'approve')
      return id
    },
    /** Delivers what is reserved (or the given quantities) and posts it. @returns the delivery */
    async deliver(order: string, lines?: readonly object[]): Promise<string> {
      const before = new Set((await steps.from('deliveries', 'salesOrder', order)).map(({ id }) => id))
      await steps.send('sales-orders', order, 'deliver', lines ? { lines } : {})
      const created = (await steps.from('deliveries', 'salesOrder', order)).find(({ id }) => !before.has(id))
      await steps.send('deliveries', String(created?.id), 'post')
      return String(created?.id)
    },
    /** Pays an amount of an invoice: "100.00". */
    async pay(invoice: string, amount: string): Promise<string> {
      const { customer } = await steps.get('invoices', invoice)
      const id = await steps.create('payments', { direction: 'incoming', customer, amount, paymentDate: world.today }, [{ invoice, amount }])
      await steps.send('payments', id, 'post')
      return id
    },
  }
  return steps
}

/** The sentences with which a command is refused. */
export async function refusalOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
  } catch (error) {
    if (error instanceof ProblemError && error.problem.status < 500) return error.message
    throw error
  }
  return 'not refused'
}

export const spoken = (value: number | null | undefined): number => (value ?? 0) / 1_000_000

