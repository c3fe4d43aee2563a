import { keysView } from '../../plugins/core/keys/keys-view.ts'
import { signedInSession } from '../frame/page-session.ts'
import { KeysScreen } from './keys-screen.tsx'

export async function KeysPage() {
  const { req } = await signedInSession('/admin/api-keys')
  return <KeysScreen initial={await keysView(req)} />
}
