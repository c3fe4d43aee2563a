import { companies } from '../../collections/core/companies.ts'
import { actorOfRequest } from '../../plugins/core/access/collection-hooks.ts'
import { startConfirmation, whyNotStart } from '../../plugins/core/firm/start-firm.ts'
import { platformOf } from '../../plugins/core/platform/platform.ts'
import { signedInSession } from '../frame/page-session.ts'
import { StartFirmScreen } from './start-firm-screen.tsx'

/** From the demo firm to the real one. */
export async function StartFirmPage() {
  const { req } = await signedInSession('/admin/start-firm')
  const refusal = await whyNotStart(req.payload, await actorOfRequest(req))
  const setUp = platformOf(req.payload).operations.find(({ entity, name }) => entity === 'companies' && name === 'setUp')
  return <StartFirmScreen refusal={refusal?.message ?? null} confirmation={startConfirmation} fields={setUp?.input ?? companies.fields.filter(({ readOnly }) => !readOnly)} />
}
