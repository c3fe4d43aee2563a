import { notFound } from 'next/navigation'
import { ProblemError } from '../../plugins/core/errors.ts'
import { parseListQuery } from '../../plugins/core/views/list-query.ts'
import { listView } from '../../plugins/core/views/list-view.ts'
import { signedInSession } from '../frame/page-session.ts'
import { ProblemPage } from '../frame/problem-page.tsx'
import { ListScreen } from './list-screen.tsx'

/** The list of an entity: its first page is read here, the next ones by the browser. */
export async function ListPage({ slug, params }: { readonly slug: string; readonly params: URLSearchParams }) {
  const { req } = await signedInSession(`/admin/collections/${slug}`)
  try {
    const view = await listView(req, slug, parseListQuery(params))
    return <ListScreen key={slug} initial={view} />
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    if (error.problem.status === 404) notFound()
    return <ProblemPage text={error.problem.message} />
  }
}
