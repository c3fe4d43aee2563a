import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { anyBreak, broken, written, type Ask } from '../support/fuzz/asks.ts'
import { expectWhole, faultsOf } from '../support/fuzz/promises.ts'
import { askFor, nameOf, routesOf, type Route } from '../support/fuzz/rest-asks.ts'
import { fuzz, runsOf } from '../support/fuzz/run.ts'
import { actorNames, openFuzzWorld, type ActorName, type FuzzWorld } from '../support/fuzz/world.ts'

let world: FuzzWorld
beforeAll(async () => { world = await openFuzzWorld() })
afterAll(() => world?.close())

type Attempt = { readonly who: ActorName; readonly route: string; readonly ask: Ask }

/** Documents and their lists more often than what every collection has alike. */
function anyAttempt(): fc.Arbitrary<Attempt> {
  const routes = routesOf(world.booted.payload, world.words)
  const among = (fits: (route: Route) => boolean) => fc.constantFrom(...routes.filter(fits))
  const isDocument = ({ entity }: Route) => entity?.kind === 'document' || entity?.kind === 'master'
  const route = fc.oneof(
    { weight: 4, arbitrary: among((each) => isDocument(each) && each.path.includes('/events')) },
    { weight: 3, arbitrary: among((each) => isDocument(each) && (each.path === '/' || each.path === '/:id') && each.method !== 'GET' && each.method !== 'DELETE') },
    { weight: 3, arbitrary: among((each) => isDocument(each) && each.method === 'GET') },
    { weight: 2, arbitrary: among(({ collection, entity }) => collection === undefined || entity === undefined) },
    { weight: 2, arbitrary: among(() => true) },
  )
  const oneBreak = anyBreak(world.foreignIds)
  // Mostly one thing is wrong, so that everything else lets the request in deep.
  const breaks = fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 6, arbitrary: fc.tuple(oneBreak) }, { weight: 2, arbitrary: fc.tuple(oneBreak, oneBreak) })
  const who = fc.oneof({ weight: 6, arbitrary: fc.constant<ActorName>('owner') }, { weight: 4, arbitrary: fc.constantFrom(...actorNames) })
  return route.chain((each) => fc.record({ who, route: fc.constant(nameOf(each)), ask: fc.tuple(askFor(each, world.words), breaks).map(([ask, wrong]) => wrong.reduce(broken, ask)) }))
}

it('whatever is asked over REST is done or refused with a reason, and nothing is half stored', async () => {
  const met = new Map<string, number>()
  const count = (name: string) => met.set(name, (met.get(name) ?? 0) + 1)
  await fuzz({
    name: `REST on ${world.booted.database.kind}`, runs: runsOf(900), arbitrary: anyAttempt(),
    attempt: async ({ who, route, ask }) => {
      const request = written(ask)
      const answer = await world.ask(who, request.path, request)
      count(`${Math.floor(answer.status / 100)}xx`)
      count(`${route.split(' ')[0] ?? ''} ${answer.status < 300 ? 'done' : 'refused'}`)
      const faults = faultsOf({ ...answer, sent: sentOf(request), world })
      expect(faults, `${faults.join('; ')} in ${answer.status} ${answer.text.slice(0, 600)}`).toEqual([])
    },
    show: ({ who, ask }) => `${who}: ${JSON.stringify(written(ask))}`,
  })
  // A run in which nothing was done, or nothing refused, would prove nothing.
  for (const name of ['GET done', 'GET refused', 'POST done', 'POST refused', 'PATCH done', 'PATCH refused', 'DELETE refused']) expect(met.get(name) ?? 0, `${name} in ${JSON.stringify(Object.fromEntries(met))}`).toBeGreaterThan(0)
  await expectWhole(world)
}, 1_800_000)

const sentOf = ({ path, raw, headers }: ReturnType<typeof written>): string => `${decodedOr(path)} ${typeof raw === 'string' ? raw : ''} ${JSON.stringify(headers)}`

function decodedOr(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
