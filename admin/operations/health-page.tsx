import { ProblemError } from '../../plugins/core/errors.ts'
import { systemHealth } from '../../plugins/core/operations/system-health.ts'
import { signedInSession } from '../frame/page-session.ts'
import { ProblemPage } from '../frame/problem-page.tsx'
import { HealthScreen } from './health-screen.tsx'

export async function HealthPage() {
  const { req } = await signedInSession('/admin/system-health')
  try {
    return <HealthScreen initial={await systemHealth(req)} />
  } catch (error) {
    if (error instanceof ProblemError) return <ProblemPage text={error.problem.message} />
    throw error
  }
}
