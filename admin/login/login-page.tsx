import { redirect } from 'next/navigation'
import { getSafeRedirect } from 'payload/shared'
import { readSettings } from '../../config/settings.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import { demoLogins } from '../../plugins/core/demo/logins.ts'
import { platformOf } from '../../plugins/core/platform/platform.ts'
import { pageSession } from '../frame/page-session.ts'
import { LoginForm, type DemoChoice } from './login-form.tsx'

/** The sign-in page; a firm without users is sent to create its owner first. */
export async function LoginPage({ wanted }: { readonly wanted: string | undefined }) {
  const { payload, isSignedIn } = await pageSession()
  const target = getSafeRedirect({ fallbackTo: '/admin', redirectTo: wanted ?? '/admin' })
  if (isSignedIn) redirect(target)
  const { totalDocs } = await payload.count({ collection: 'users', overrideAccess: true })
  if (totalDocs === 0) redirect('/admin/create-first-user')
  return <LoginForm target={target} demo={readSettings(process.env).mode === 'demo' ? await demoChoices() : []} />

  /** Only logins that exist: a firm that cleared the demo has none of them. */
  async function demoChoices(): Promise<DemoChoice[]> {
    const { roles } = platformOf(payload)
    const users = await openStore(payload).find<string>('users', { where: { email: { in: demoLogins().map(({ email }) => email) } } })
    const known = new Set(users.map(({ email }) => email))
    return demoLogins().filter(({ email }) => known.has(email)).map(({ email, password, role }) => ({
      email, password, role: roles.find(({ slug }) => slug === role)?.label ?? { en: role, zh: role },
    }))
  }
}
