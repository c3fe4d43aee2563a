import { revisions } from '../../collections/core/platform.ts'
import { requireRight } from '../../plugins/core/access/can.ts'
import { actorOfRequest } from '../../plugins/core/access/collection-hooks.ts'
import { configurationView, entityFieldsView } from '../../plugins/core/configuration/configuration-view.ts'
import { ProblemError } from '../../plugins/core/errors.ts'
import { pageConfigurationView } from '../../plugins/core/pages/page-configuration.ts'
import { signedInSession } from '../frame/page-session.ts'
import { ProblemPage } from '../frame/problem-page.tsx'
import { ConfigurationScreen } from './configuration-screen.tsx'
import { EntityFieldsScreen } from './entity-fields-screen.tsx'
import { PageScreen } from './page-screen.tsx'

export async function ConfigurationPage() {
  const { req } = await signedInSession('/admin/configuration')
  try {
    return <ConfigurationScreen initial={await configurationView(req, await reader(req))} />
  } catch (error) {
    return problemPage(error)
  }
}

export async function EntityFieldsPage({ slug }: { readonly slug: string }) {
  const { req } = await signedInSession(`/admin/configuration/${encodeURIComponent(slug)}`)
  try {
    return <EntityFieldsScreen key={slug} initial={await entityFieldsView(req, await reader(req), slug)} />
  } catch (error) {
    return problemPage(error)
  }
}

export async function PageDesignPage({ slug }: { readonly slug: string }) {
  const { req } = await signedInSession(`/admin/configuration/pages/${encodeURIComponent(slug)}`)
  try {
    return <PageScreen key={slug} initial={await pageConfigurationView(req, await reader(req), slug)} />
  } catch (error) {
    return problemPage(error)
  }
}

async function reader(req: Parameters<typeof actorOfRequest>[0]) {
  const actor = await actorOfRequest(req)
  requireRight(actor, 'read', revisions)
  return actor
}

function problemPage(error: unknown) {
  if (error instanceof ProblemError) return <ProblemPage text={error.problem.message} />
  throw error
}
