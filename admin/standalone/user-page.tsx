import { ProblemError } from '../../plugins/core/errors.ts'
import { actorOfRequest } from '../../plugins/core/access/collection-hooks.ts'
import { pageForUsers } from '../../plugins/core/pages/open-pages.ts'
import { pageViewFor } from '../../plugins/core/pages/page-view.ts'
import { signedInSession } from '../frame/page-session.ts'
import { ProblemPage } from '../frame/problem-page.tsx'
import { InternalScreen } from './internal-screen.tsx'
import { ShopFloorScreen } from './shop-floor-screen.tsx'

/** A page for who is signed in: in the panel's frame, or the whole screen on the shop floor. */
export async function UserPage({ slug }: { readonly slug: string }) {
  const { payload, req } = await signedInSession(`/admin/pages/${encodeURIComponent(slug)}`)
  try {
    const view = pageViewFor(payload, await actorOfRequest(req), pageForUsers(payload, slug))
    return view.kind === 'shopFloor' ? <ShopFloorScreen key={slug} view={view} /> : <InternalScreen key={slug} view={view} />
  } catch (error) {
    if (error instanceof ProblemError) return <ProblemPage text={error.problem.message} />
    throw error
  }
}
