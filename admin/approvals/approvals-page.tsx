import { actorOfRequest } from '../../plugins/core/access/collection-hooks.ts'
import { colleaguesOf, substitutionOf } from '../../plugins/core/approvals/substitutes.ts'
import { waitingFor } from '../../plugins/core/approvals/waiting.ts'
import { ProblemError } from '../../plugins/core/errors.ts'
import { signedInSession } from '../frame/page-session.ts'
import { ProblemPage } from '../frame/problem-page.tsx'
import { ApprovalsScreen } from './approvals-screen.tsx'

/** What waits for this person's approval, and who decides in their place. */
export async function ApprovalsPage() {
  const { req, language } = await signedInSession('/admin/approvals')
  try {
    const actor = await actorOfRequest(req)
    const [view, substitution, colleagues] = await Promise.all([waitingFor(req.payload, { actor, language }), substitutionOf(req.payload, actor), colleaguesOf(req.payload, actor)])
    return <ApprovalsScreen initial={view} substitution={substitution} colleagues={colleagues} />
  } catch (error) {
    if (error instanceof ProblemError) return <ProblemPage text={error.problem.message} />
    throw error
  }
}
