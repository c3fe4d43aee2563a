'use client'

import { boolean, longText, option, required, select, text } from '../../config/language/fields.ts'
import type { FieldDefinition } from '../../config/language/entity.ts'
import type { Text } from '../../config/language/text.ts'
import type { PageConfigurationView } from '../../plugins/core/pages/page-configuration.ts'
import type { PageDraft } from '../../plugins/core/pages/page-draft.ts'
import { LabelledField } from '../kit/field-input.tsx'
import { useText } from '../kit/kit-context.tsx'
import { Panel } from '../kit/surfaces.tsx'
import { pageDesignTexts } from '../locales/page-design-texts.ts'
import { firstLayout } from './layout-moves.ts'
import { ofKind } from './use-page-draft.ts'
import documentStyles from '../document/document.module.css'

export const pageKinds = [option('internal', pageDesignTexts.internal), option('public', pageDesignTexts.public), option('shopFloor', pageDesignTexts.shopFloor)] as const

type Props = { readonly view: PageConfigurationView; readonly page: PageDraft; readonly onChange: (page: PageDraft) => void }
type Texts = 'title' | 'intro' | 'thanks'

/** What a page makes, for whom, and what it says, in both languages. */
export function PageSettings({ view, page, onChange }: Props) {
  const say = useText()
  const input = (field: FieldDefinition, value: string | boolean, change: (value: unknown) => void) => <LabelledField key={field.name} field={field} value={value} onChange={change} />
  const words = (part: Texts, en: Text, zh: Text, extra: object = {}) => ([['en', en], ['zh', zh]] as const).map(([language, label]) => {
    const texts = (page[part] ?? {}) as Partial<Text>
    return input((part === 'title' ? text : longText)(`${part}-${language}`, label, part === 'intro' ? extra : { ...required, ...extra }), texts[language] ?? '', (value) => {
      const { [language]: _, ...others } = texts
      const next = value === '' ? others : { ...texts, [language]: String(value) }
      const { [part]: __, ...rest } = page
      onChange(Object.keys(next).length > 0 ? { ...page, [part]: next } : rest)
    })
  })
  const choose = (slug: unknown) => {
    const entity = view.entities.find((one) => one.slug === slug)
    const askable = new Set(entity?.askable[page.kind === 'public' || page.kind === 'shopFloor' ? page.kind : 'internal'])
    const asked = (entity?.fields ?? []).filter(({ name, required: must, filledFrom, givenWhenEmpty, default: usual }) => askable.has(name) && must && !filledFrom && !givenWhenEmpty && usual === undefined)
    // Of another entity nothing stays: its fields have other names.
    const { given: _, offers: __, gs1: ___, ...rest } = page
    onChange({ ...rest, entity: slug, layout: { sections: firstLayout(asked).map((section) => ({ ...section, columns: page.kind === 'public' ? 1 : 2 })) } })
  }
  return (
    <Panel title={say(pageDesignTexts.settings)}>
      <div className={documentStyles.fields} data-columns={2}>
        {input(select('entity', pageDesignTexts.makes, { ...required, help: pageDesignTexts.makesHelp, options: view.entities.map(({ slug, label }) => ({ value: slug, label })) }), String(page.entity ?? ''), choose)}
        {input(select('kind', pageDesignTexts.kind, { ...required, options: pageKinds }), String(page.kind ?? ''), (kind) => onChange(ofKind(page, kind)))}
        {words('title', pageDesignTexts.titleEn, pageDesignTexts.titleZh)}
        {words('intro', pageDesignTexts.introEn, pageDesignTexts.introZh)}
        {words('thanks', pageDesignTexts.thanksEn, pageDesignTexts.thanksZh, { help: pageDesignTexts.thanksHelp })}
        {view.published ? input(boolean('retired', pageDesignTexts.retired, { help: pageDesignTexts.retiredHelp }), page.retired === true, (value) => {
          const { retired: _, ...rest } = page
          onChange(value === true ? { ...rest, retired: true } : rest)
        }) : null}
      </div>
    </Panel>
  )
}
