import { actorOfRequest } from '../../plugins/core/access/collection-hooks.ts'
import { howToStart } from '../../plugins/core/firm/start-firm.ts'
import { ProblemError } from '../../plugins/core/errors.ts'
import { homeView } from '../../plugins/core/home/home-view.ts'
import { signedInSession } from '../frame/page-session.ts'
import { ProblemPage } from '../frame/problem-page.tsx'
import { HomeScreen } from './home-screen.tsx'

/** The start page: what waits for this person, how the firm stands, and what a new firm does first. */
export async function HomePage() {
  const { req } = await signedInSession('/admin')
  try {
    const [view, start] = await Promise.all([homeView(req), howToStart(req.payload, await actorOfRequest(req))])
    return <HomeScreen initial={view} canStartFirm={'kind' in start && start.kind === 'clear'} />
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    return <ProblemPage text={error.problem.message} />
  }
}
