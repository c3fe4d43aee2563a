import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { anyBreak, broken, written, type Ask } from '../support/fuzz/asks.ts'
import { oddQuestion, validQuestion } from '../support/fuzz/graphql-asks.ts'
import { expectWhole, faultsOf } from '../support/fuzz/promises.ts'
import { fuzz, runsOf } from '../support/fuzz/run.ts'
import { actorNames, openFuzzWorld, type ActorName, type FuzzWorld } from '../support/fuzz/world.ts'
import { schemaOf } from '../support/graphql.ts'

let world: FuzzWorld
beforeAll(async () => { world = await openFuzzWorld() })
afterAll(() => world?.close())

type Attempt = { readonly who: ActorName; readonly ask: Ask }

function anyAttempt(): fc.Arbitrary<Attempt> {
  const valid = validQuestion(schemaOf(world.booted.payload), world.words)
  const broke = fc.tuple(valid, anyBreak(world.foreignIds).filter(({ on }) => on !== 'segment' && on !== 'method' && on !== 'query')).map(([ask, wrong]) => broken(ask, wrong))
  const ask = fc.oneof({ weight: 3, arbitrary: valid }, { weight: 5, arbitrary: broke }, { weight: 3, arbitrary: oddQuestion(valid) })
  const who = fc.oneof({ weight: 6, arbitrary: fc.constant<ActorName>('owner') }, { weight: 3, arbitrary: fc.constantFrom(...actorNames) })
  return fc.record({ who, ask })
}

it('whatever is asked over GraphQL is answered or refused with a reason, and nothing is half stored', async () => {
  const met = { done: 0, refused: 0, changed: 0 }
  await fuzz({
    name: `GraphQL on ${world.booted.database.kind}`, runs: runsOf(500), arbitrary: anyAttempt(),
    attempt: async ({ who, ask }) => {
      const request = written(ask)
      const answer = await world.askGraphql(who, request)
      const isDone = answer.status === 200 && !('errors' in ((answer.body ?? {}) as object))
      met[isDone ? 'done' : 'refused']++
      if (isDone && String(request.raw).includes('"query":"mutation')) met.changed++
      const faults = faultsOf({ ...answer, sent: `${typeof request.raw === 'string' ? request.raw : ''} ${JSON.stringify(request.headers)}`, world })
      expect(faults, `${faults.join('; ')} in ${answer.status} ${answer.text.slice(0, 600)}`).toEqual([])
    },
    show: ({ who, ask }) => `${who}: ${JSON.stringify(written(ask))}`,
  })
  // A run in which nothing was done, or nothing refused, would prove nothing.
  expect(Math.min(met.done, met.refused, met.changed), JSON.stringify(met)).toBeGreaterThan(0)
  await expectWhole(world)
}, 1_800_000)
