'use client'

import type { EntityFieldsView } from '../../plugins/core/configuration/configuration-view.ts'
import type { RequestProblem } from '../kit/api.ts'
import { useText } from '../kit/kit-context.tsx'
import { configurationTexts } from '../locales/configuration-texts.ts'
import { DefinitionFile } from './definition-file.tsx'
import type { Content } from './use-draft.ts'

type Props = { readonly view: EntityFieldsView; readonly content: Content; readonly onRead: (content: Content) => Promise<RequestProblem | null> }

/** The form as one JSON file, and back into the draft. */
export function FileButtons({ view, content, onRead }: Props) {
  const say = useText()
  const read = async (given: Readonly<Record<string, unknown>> | null) => {
    const found = given as { entity?: unknown; fields?: Content['fields']; form?: Content['form']; ownEntity?: Content['entity'] } | null
    if (!found || !Array.isArray(found.fields)) return say(configurationTexts.badFile)
    if (found.entity !== view.slug) return say(configurationTexts.otherForm, { entity: String(found.entity) })
    // The file is the whole form: where it has no rules, there are none.
    return onRead({ fields: found.fields, form: found.form ?? { rules: {} }, entity: content.entity && (found.ownEntity ?? content.entity) })
  }
  return <DefinitionFile path={`/api/configuration/fields/${view.slug}/file`} mayEdit={view.mayEdit} exportText={configurationTexts.exportFile} importText={configurationTexts.importFile} onRead={read} />
}
