import { ProblemError } from '../../plugins/core/errors.ts'
import { myWorkView } from '../../plugins/core/my-work/my-work-view.ts'
import { signedInSession } from '../frame/page-session.ts'
import { ProblemPage } from '../frame/problem-page.tsx'
import { MyWorkScreen } from './my-work-screen.tsx'

export async function MyWorkPage({ asked }: { readonly asked: Readonly<Record<string, string>> }) {
  const { req } = await signedInSession('/admin/my-work')
  try {
    const params = new URLSearchParams(asked)
    return <MyWorkScreen initial={await myWorkView(req, params)} asked={params.toString()} />
  } catch (error) {
    if (error instanceof ProblemError) return <ProblemPage text={error.problem.message} />
    throw error
  }
}
