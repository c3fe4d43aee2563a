import type { Run } from './area.ts'
import { signIn, type Session } from './http.ts'
import { beside, told } from './measures.ts'
import { onEmptyDatabase, type DatabaseKind } from './places.ts'
import { byTurns, rateOf } from './rounds.ts'
import { owner, startServer } from './servers.ts'
import { foundShop, type Shop } from './shop.ts'

const clients = 8

/**
 * Commands of people through the front, beside Payload's own update of the same documents through the same front, with as many
 * people at once: an event that posts nothing against PATCH of what it changes.
 */
export async function measureCommands(run: Run, kind: DatabaseKind): Promise<void> {
  await onEmptyDatabase(kind, async (databaseUrl) => {
    const platform = await startServer({ program: 'front.mjs', databaseUrl })
    const bare = await startServer({ program: 'bench/bare-front.mjs', databaseUrl })
    // One after the other: Payload's own sign-in writes the sessions that it has read.
    const theirs = await signIn(bare.url, owner)
    const ours = await signIn(platform.url, owner)
    try {
      await measure(run, { kind, ours, theirs, shop: await foundShop(ours, { activities: 16 }) })
    } finally {
      ours.close()
      theirs.close()
      await Promise.all([platform.stop(), bare.stop()])
    }
  })
}

async function measure({ quick, add }: Run, { kind, ours, theirs, shop }: { readonly kind: DatabaseKind; readonly ours: Session; readonly theirs: Session; readonly shop: Shop }): Promise<void> {
  const milliseconds = quick ? 400 : 3_000
  const rounds = quick ? 2 : 7
  /** Whether the activity of each client is done. */
  const isDone = Array.from({ length: 16 }, () => false)
  const event = async (client: number) => {
    const name = isDone[client] ? 'reopen' : 'complete'
    await ours.ask('POST', `/api/activities/${shop.activities[client]}/events/${name}`, name === 'complete' ? { input: { outcome: 'They will order in spring.' } } : {})
    isDone[client] = !isDone[client]
  }
  let turn = 0
  const update = async (client: number) => {
    const done = turn++ % 2 === 0
    await theirs.ask('PATCH', `/api/activities/${shop.activities[client]}?depth=0`, {
      outcome: done ? 'They will order in spring.' : 'They will order in autumn.', doneDate: done ? '2026-11-22' : '2026-11-21', description: done ? 'Called' : 'Visited',
    })
  }
  const create = async () => void await ours.ask('POST', '/api/activities', { subject: 'Call them', activityType: 'call', customer: shop.customer })
  const post = async () => {
    const drafts = await shop.draftCounts(clients * (quick ? 4 : 12))
    const began = performance.now()
    await Promise.all(Array.from({ length: clients }, async (_, client) => {
      for (let index = client; index < drafts.length; index += clients) await ours.ask('POST', `/api/stock-counts/${drafts[index]}/events/post`, {})
    }))
    return (drafts.length / (performance.now() - began)) * 1000
  }
  const many = { clients, milliseconds }
  const figures = await byTurns(rounds, {
    update: () => rateOf(many, update), event: () => rateOf(many, event), post,
    one: () => rateOf({ clients: 1, milliseconds }, create), sixteen: () => rateOf({ clients: 16, milliseconds }, create),
  })
  add(
    beside({ area: 'core', name: `event that posts nothing beside a plain Payload update, ${clients} clients, ${kind}`, unit: 'commands/s', value: figures.event, baseline: figures.update, atLeast: 0.5 }),
    beside({ area: 'core', name: `event that posts stock and money beside the same update, ${clients} clients, ${kind}`, unit: 'commands/s', value: figures.post, baseline: figures.update }),
    told({ area: 'core', name: `durable commands, 1 client, ${kind}`, unit: 'commands/s', value: figures.one }),
    told({ area: 'core', name: `durable commands, 16 clients, ${kind}`, unit: 'commands/s', value: figures.sixteen }),
  )
}
