import { openStore } from '../../plugins/core/data/open-store.ts'
import { mailOf } from '../../plugins/core/operations/surroundings.ts'
import { isResetLink } from '../../plugins/core/users/password-reset.ts'
import { pageSession } from '../frame/page-session.ts'
import { ResetForm } from './reset-form.tsx'

/** Where the link of the email leads: a new password, or a new link where it has run out, whoever is signed in. */
export async function ResetPage({ token }: { readonly token: string }) {
  const { payload } = await pageSession()
  return <ResetForm token={await isResetLink(openStore(payload), token) ? token : null} canMail={mailOf(payload) !== undefined} />
}
