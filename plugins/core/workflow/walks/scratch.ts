import type { Payload } from 'payload'
import { installPlatform } from '../../platform/install.ts'
import { platformOf } from '../../platform/platform.ts'
import { systemActor } from '../../access/actor.ts'
import { runCommand } from '../../commands/run-command.ts'
import { openDesk, type Desk } from './desk.ts'

/** Makes an empty database ready to try workflows out: what the platform needs, and the small firms of its systems. */
export async function openScratch(payload: Payload): Promise<Desk> {
  await installPlatform(payload)
  const { scratchFirms } = platformOf(payload)
  for (const make of scratchFirms) await make(payload)
  if (scratchFirms.length === 0) await runCommand(payload, systemActor, { action: 'create', entity: 'companies', data: { code: 'TRY', name: 'Scratch', currency: 'EUR', timeZone: 'Europe/Berlin', country: 'DE' } })
  return openDesk(payload)
}
