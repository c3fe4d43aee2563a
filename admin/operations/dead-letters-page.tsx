import { deadLetterView } from '../../plugins/core/api/dead-letters.ts'
import { ProblemError } from '../../plugins/core/errors.ts'
import { signedInSession } from '../frame/page-session.ts'
import { ProblemPage } from '../frame/problem-page.tsx'
import { DeadLettersScreen } from './dead-letters-screen.tsx'

export async function DeadLettersPage() {
  const { req } = await signedInSession('/admin/dead-letters')
  try {
    return <DeadLettersScreen initial={await deadLetterView(req)} />
  } catch (error) {
    if (error instanceof ProblemError) return <ProblemPage text={error.problem.message} />
    throw error
  }
}
