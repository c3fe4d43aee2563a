import type { Payload } from 'payload'
import { systemActor } from '../../plugins/core/access/actor.ts'
import { transact } from '../../plugins/core/commands/transact.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import { demoState, markDemo } from '../../plugins/core/demo/marker.ts'
import { addDays, todayIn } from '../../plugins/core/engine/dates.ts'
import { eraseFirm } from '../../plugins/core/firm/erase-firm.ts'
import { buyingScenes } from './buying.ts'
import { openDesk } from './desk.ts'
import { makingScenes } from './making.ts'
import { createMasters, foundCompany } from './masters.ts'
import { demoCompany } from './masters-data.ts'
import { openingBalances } from './opening.ts'
import { createPeople } from './people.ts'
import { playScenes } from './play-scenes.ts'
import { pipelineScenes } from './pipeline.ts'
import { qualityScenes } from './quality.ts'
import { sellingScenes } from './selling.ts'

/** The firm's books begin so many days before today. */
const firstDay = -75

/** Whether there is neither a firm nor anyone who could start one; a load that was interrupted is wanted again. */
export async function isDemoWanted(payload: Payload): Promise<boolean> {
  const store = openStore(payload)
  const state = await demoState(store)
  if (state !== 'none') return state === 'begun'
  return (await store.count('companies')) === 0 && (await store.count('users')) === 0
}

/**
 * Fills an empty platform with a small firm that assembles espresso machines: masters, opening balances and documents in
 * every state, all made by its people through commands, with dates around today. Nothing happens where it is not wanted.
 * @returns whether it was loaded
 */
export async function loadDemo(payload: Payload): Promise<boolean> {
  const store = openStore(payload)
  if (!(await isDemoWanted(payload))) return false
  // What an interrupted load has left goes first.
  if ((await demoState(store)) === 'begun') await transact(payload, { actor: systemActor }, eraseFirm)
  await markDemo(store, 'begun')
  const { timeZone } = demoCompany
  const today = todayIn(timeZone)
  const actors = await createPeople(payload)
  const base = await foundCompany(payload, { owner: actors.owner, firstDay: addDays(today, firstDay) })
  const desk = openDesk(payload, { actors, today, timeZone })
  desk.goTo(firstDay)
  const masters = await createMasters(desk, base)
  await playScenes(payload, desk, [
    openingBalances(desk, masters), ...pipelineScenes(desk, masters), ...sellingScenes(desk, masters), ...buyingScenes(desk, masters), ...makingScenes(desk, masters),
    ...qualityScenes(desk, masters),
  ])
  await markDemo(store, 'loaded')
  return true
}
