import { redirect } from 'next/navigation'
import { openStore } from '../../plugins/core/data/open-store.ts'
import { isWithoutUsers } from '../../plugins/core/firm/create-first-owner.ts'
import { pageSession } from '../frame/page-session.ts'
import { FirstOwnerForm } from './first-owner-form.tsx'

/** Where nobody has an account yet; others go to the sign-in page. */
export async function FirstOwnerPage() {
  const { payload } = await pageSession()
  if (!(await isWithoutUsers(payload))) redirect('/admin/login')
  const hasFirm = (await openStore(payload).count('companies')) > 0
  return <FirstOwnerForm target={hasFirm ? '/admin' : '/admin/start-firm'} />
}
