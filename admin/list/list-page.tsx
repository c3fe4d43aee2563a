import { notFound } from 'next/navigation'
import { ProblemError } from '../../plugins/core/errors.ts'
import { openList } from '../../plugins/core/saved-views/open-list.ts'
import { signedInSession } from '../frame/page-session.ts'
import { ProblemPage } from '../frame/problem-page.tsx'
import { ListScreen } from './list-screen.tsx'

/** The list of an entity: its first page is read here, the next ones by the browser. */
export async function ListPage({ slug, params }: { readonly slug: string; readonly params: URLSearchParams }) {
  const { req } = await signedInSession(`/admin/collections/${slug}`)
  try {
    return <ListScreen key={slug} initial={await openList(req, slug, params)} />
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    if (error.problem.status === 404) notFound()
    return <ProblemPage text={error.problem.message} />
  }
}
