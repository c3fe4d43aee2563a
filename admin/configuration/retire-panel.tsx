'use client'

import type { Text } from '../../config/language/text.ts'
import type { FieldUse } from '../../plugins/core/configuration/field-use.ts'
import { useApi } from '../kit/api.ts'
import { useText } from '../kit/kit-context.tsx'
import { ConfirmPanel } from '../kit/side-panel.tsx'
import { ErrorBanner, Skeleton } from '../kit/surfaces.tsx'
import { configurationTexts } from '../locales/configuration-texts.ts'
import { useTexts } from '../locales/use-texts.ts'

type Props = { readonly slug: string; readonly field: string; readonly label: Text; readonly onConfirm: () => void; readonly onClose: () => void }

/** Tells who uses a field before it goes out of use. */
export function RetirePanel({ slug, field, label, onConfirm, onClose }: Props) {
  const say = useText()
  const { data, problem } = useApi<FieldUse>(`/api/configuration/fields/${slug}/use/${field}`)
  const named = (texts: readonly Text[]) => texts.map((text) => say(text)).join(say(useTexts.comma))
  return (
    <ConfirmPanel title={say(useTexts.title, { field: say(label) })} text={say(useTexts.text)} action={say(configurationTexts.retire)} onConfirm={onConfirm} onClose={onClose}>
      <ErrorBanner problem={problem} />
      {data ? (
        <ul>
          <li>{data.filled === null ? say(useTexts.unknown) : data.filled === 0 ? say(useTexts.empty) : say(useTexts.filled, { count: data.filled })}</li>
          {data.rules.length > 0 ? <li>{say(useTexts.rules, { fields: named(data.rules.map((rule) => rule.label)) })}</li> : null}
          {data.sections.length > 0 ? <li>{say(useTexts.sections, { sections: named(data.sections) })}</li> : null}
          {data.pages.length > 0 ? <li>{say(useTexts.pages, { pages: named(data.pages) })}</li> : null}
          {data.roles.length > 0 ? <li>{say(useTexts.roles, { roles: named(data.roles) })}</li> : null}
        </ul>
      ) : <Skeleton />}
    </ConfirmPanel>
  )
}
