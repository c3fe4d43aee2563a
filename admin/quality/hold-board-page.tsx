import { actorOfRequest } from '../../plugins/core/access/collection-hooks.ts'
import { ProblemError } from '../../plugins/core/errors.ts'
import { holdBoard } from '../../plugins/qms/hold-board.ts'
import { ProblemPage } from '../frame/problem-page.tsx'
import { signedInSession } from '../frame/page-session.ts'
import { holdTexts } from '../locales/quality-texts.ts'
import { HoldBoardScreen } from './hold-board-screen.tsx'

/** Stock that waits for a verdict or a disposition. */
export async function HoldBoardPage() {
  const { req } = await signedInSession('/admin/hold-board')
  try {
    return <HoldBoardScreen board={await holdBoard(req.payload, await actorOfRequest(req))} />
  } catch (error) {
    if (error instanceof ProblemError) return <ProblemPage text={holdTexts.forbidden} />
    throw error
  }
}
