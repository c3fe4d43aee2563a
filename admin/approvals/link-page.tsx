import type { Text } from '../../config/language/text.ts'
import { linkView, type LinkView } from '../../plugins/core/approvals/link.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import { ProblemError } from '../../plugins/core/errors.ts'
import { firmView } from '../../plugins/core/views/firm-view.ts'
import { pageSession } from '../frame/page-session.ts'
import { LinkScreen } from './link-screen.tsx'

/** What a link of an email is about, or why it decides nothing any more. Whoever opens it has decided nothing yet. */
export async function LinkPage({ link }: { readonly link: string }) {
  const { payload, language } = await pageSession()
  const [firm, shown] = await Promise.all([firmView(openStore(payload)), shownAt(link)])
  return <LinkScreen {...shown} link={link} firm={firm} initial={language} />
}

async function shownAt(link: string): Promise<{ readonly view: LinkView | null; readonly closed: Text | null }> {
  const { payload } = await pageSession()
  try {
    return { view: await linkView(payload, link), closed: null }
  } catch (error) {
    if (error instanceof ProblemError) return { view: null, closed: error.problem.message }
    throw error
  }
}
