import type { Payload } from 'payload'
import { drainWork } from '../../plugins/core/events/runner.ts'
import type { Desk } from './desk.ts'

/**
 * One story of the firm. It yields the day, counted from today, on which it goes on; all that others listen to has been
 * handled by then.
 */
export type Scene = AsyncGenerator<number, void, void>

/** Plays all stories at once, day by day, so that numbers and dates follow each other as they do in a firm. */
export async function playScenes(payload: Payload, desk: Desk, scenes: readonly Scene[]): Promise<void> {
  const waiting: { readonly scene: Scene; readonly day: number }[] = []
  const goOn = async (scene: Scene) => {
    const { done, value } = await scene.next()
    if (!done) waiting.push({ scene, day: value })
  }
  for (const scene of scenes) await goOn(scene)
  while (waiting.length > 0) {
    const next = waiting.reduce((first, other) => (other.day < first.day ? other : first))
    waiting.splice(waiting.indexOf(next), 1)
    desk.goTo(next.day)
    await goOn(next.scene)
    await drainWork(payload, desk.now())
  }
}
