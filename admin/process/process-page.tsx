import { ProblemError } from '../../plugins/core/errors.ts'
import { processView } from '../../plugins/core/process/process-view.ts'
import { signedInSession } from '../frame/page-session.ts'
import { ProblemPage } from '../frame/problem-page.tsx'
import { ProcessScreen } from './process-screen.tsx'

export async function ProcessPage({ entity, asked }: { readonly entity: string; readonly asked: Readonly<Record<string, string>> }) {
  const { req } = await signedInSession(`/admin/process/${encodeURIComponent(entity)}`)
  try {
    const { period = 'quarter', version = '' } = asked
    return <ProcessScreen initial={await processView(req, entity, new URLSearchParams({ period, version }))} />
  } catch (error) {
    if (error instanceof ProblemError) return <ProblemPage text={error.problem.message} />
    throw error
  }
}
