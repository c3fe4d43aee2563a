'use client'

import type { PageConfigurationView } from '../../plugins/core/pages/page-configuration.ts'
import type { PageDraft } from '../../plugins/core/pages/page-draft.ts'
import { LabelledField } from '../kit/field-input.tsx'
import { useText } from '../kit/kit-context.tsx'
import { Panel } from '../kit/surfaces.tsx'
import { TitlesProvider } from '../kit/titles-context.tsx'
import { pageDesignTexts } from '../locales/page-design-texts.ts'
import { fieldsOfPage, offersOf, withEntry } from './use-page-draft.ts'
import styles from './pages.module.css'

type Props = { readonly view: PageConfigurationView; readonly page: PageDraft; readonly onChange: (page: PageDraft) => void }

/** Which records visitors may choose, field by field; nothing else of the firm is told. */
export function PageOffers({ view, page, onChange }: Props) {
  const say = useText()
  const { asked } = fieldsOfPage(view, page)
  const references = asked.filter(({ type }) => type === 'relation')
  if (references.length === 0) return null
  const offers = offersOf(page)
  return (
    <Panel title={say(pageDesignTexts.offers)}>
      <TitlesProvider titles={view.titles}>
        <p className={styles.note}>{say(pageDesignTexts.offersText)}</p>
        {references.map((field) => (
          <LabelledField
            key={field.name} field={{ ...field, many: true }} value={[...(offers[field.name] ?? [])]}
            onChange={(value) => {
              const { offers: _, ...rest } = page
              const next = withEntry(offers, field.name, Array.isArray(value) && value.length > 0 ? (value as readonly string[]) : undefined)
              onChange(next ? { ...rest, offers: next } : rest)
            }}
          />
        ))}
      </TitlesProvider>
    </Panel>
  )
}
