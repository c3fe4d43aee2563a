'use client'

import type { PageConfigurationView } from '../../plugins/core/pages/page-configuration.ts'
import type { PageDraft } from '../../plugins/core/pages/page-draft.ts'
import type { RequestProblem } from '../kit/api.ts'
import { useText } from '../kit/kit-context.tsx'
import { pageDesignTexts } from '../locales/page-design-texts.ts'
import { DefinitionFile } from './definition-file.tsx'

/** The page as one JSON file, and back into the draft. */
export function PageFileButtons({ view, onRead }: { readonly view: PageConfigurationView; readonly onRead: (page: PageDraft) => Promise<RequestProblem | null> }) {
  const say = useText()
  const read = async (found: Readonly<Record<string, unknown>> | null) => {
    if (found?.kind !== 'page' || typeof found.page !== 'object' || found.page === null) return say(pageDesignTexts.badFile)
    if (found.slug !== view.slug) return say(pageDesignTexts.otherPage, { slug: String(found.slug) })
    return onRead(found.page)
  }
  return <DefinitionFile path={`/api/configuration/pages/${view.slug}/file`} mayEdit={view.mayEdit} exportText={pageDesignTexts.exportFile} importText={pageDesignTexts.importFile} onRead={read} />
}
