import type { Text } from '../../config/language/text.ts'
import { ProblemError } from '../../plugins/core/errors.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import { pageForAnyone } from '../../plugins/core/pages/open-pages.ts'
import { publicPageView, type PageView } from '../../plugins/core/pages/page-view.ts'
import { firmView } from '../../plugins/core/views/firm-view.ts'
import { pageSession } from '../frame/page-session.ts'
import { pageTexts } from '../locales/page-texts.ts'
import { PublicScreen } from './public-screen.tsx'

/** The page at an address, or why there is none that can be filled in. */
export async function PublicPage({ address }: { readonly address: string }) {
  const { payload, language } = await pageSession()
  const [firm, { view, closed }] = await Promise.all([firmView(openStore(payload)), shownAt(address)])
  return <PublicScreen view={view} closed={closed} address={address} firm={firm} initial={language} />
}

export async function publicTitle(address: string): Promise<string> {
  const { payload, language } = await pageSession()
  try {
    return pageForAnyone(payload, address).page.title[language]
  } catch (error) {
    if (error instanceof ProblemError) return pageTexts.closedTitle[language]
    throw error
  }
}

async function shownAt(address: string): Promise<{ readonly view: PageView | null; readonly closed: Text | null }> {
  const { payload } = await pageSession()
  try {
    return { view: await publicPageView(payload, pageForAnyone(payload, address)), closed: null }
  } catch (error) {
    if (error instanceof ProblemError) return { view: null, closed: error.problem.message }
    throw error
  }
}
