import { ProblemError } from '../../plugins/core/errors.ts'
import { homeView } from '../../plugins/core/home/home-view.ts'
import { readSettings } from '../../config/settings.ts'
import { signedInSession } from '../frame/page-session.ts'
import { ProblemPage } from '../frame/problem-page.tsx'
import { HomeScreen } from './home-screen.tsx'

/** The start page: what waits for this person, how the firm stands, and what a new firm does first. */
export async function HomePage() {
  const { req } = await signedInSession('/admin')
  try {
    const view = await homeView(req)
    return <HomeScreen initial={view} isDemo={readSettings(process.env).mode === 'demo'} />
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    return <ProblemPage text={error.problem.message} />
  }
}
