import { actorOfRequest } from '../../plugins/core/access/collection-hooks.ts'
import { ProblemError } from '../../plugins/core/errors.ts'
import { requireImport } from '../../plugins/core/imports/import-rights.ts'
import { importList, importView } from '../../plugins/core/imports/import-view.ts'
import { signedInSession } from '../frame/page-session.ts'
import { ProblemPage } from '../frame/problem-page.tsx'
import { ImportScreen } from './import-screen.tsx'
import type { ImportsView, ImportView } from './import-types.ts'
import { ImportsScreen } from './imports-screen.tsx'

export async function ImportsPage() {
  const { req } = await signedInSession('/admin/imports')
  try {
    return <ImportsScreen initial={plain<ImportsView>(await importList(req))} />
  } catch (error) {
    return problemPage(error)
  }
}

export async function ImportPage({ id }: { readonly id: string }) {
  const { req } = await signedInSession(`/admin/imports/${encodeURIComponent(id)}`)
  try {
    const actor = await actorOfRequest(req)
    return <ImportScreen key={id} initial={plain<ImportView>(await importView(req, actor, await requireImport(req.payload, actor, id)))} />
  } catch (error) {
    return problemPage(error)
  }
}

/** As the browser would get it over REST. */
const plain = <View,>(view: Readonly<Record<string, unknown>>): View => JSON.parse(JSON.stringify(view)) as View

function problemPage(error: unknown) {
  if (error instanceof ProblemError) return <ProblemPage text={error.problem.message} />
  throw error
}
