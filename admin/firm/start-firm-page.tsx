import { companies } from '../../collections/core/companies.ts'
import { actorOfRequest } from '../../plugins/core/access/collection-hooks.ts'
import { howToStart, startConfirmation } from '../../plugins/core/firm/start-firm.ts'
import { platformOf } from '../../plugins/core/platform/platform.ts'
import { signedInSession } from '../frame/page-session.ts'
import { StartFirmScreen } from './start-firm-screen.tsx'

/** To the real firm: from the demo firm, or from nothing. */
export async function StartFirmPage() {
  const { req } = await signedInSession('/admin/start-firm')
  const start = await howToStart(req.payload, await actorOfRequest(req))
  const setUp = platformOf(req.payload).operations.find(({ entity, name }) => entity === 'companies' && name === 'setUp')
  const fields = setUp?.input ?? companies.fields.filter(({ readOnly }) => !readOnly)
  const ofCompany = new Set<string>(companies.fields.map(({ name }) => name))
  return (
    <StartFirmScreen
      start={'refusal' in start ? { refusal: start.refusal.message } : start} confirmation={startConfirmation}
      firmFields={fields.filter(({ name }) => ofCompany.has(name))} bookFields={fields.filter(({ name }) => !ofCompany.has(name))}
    />
  )
}
