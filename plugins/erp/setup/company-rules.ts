import type { Companies } from '../../../config/generated/entities.ts'
import type { Text } from '../../../config/language/text.ts'
import { failInput } from '../../core/errors.ts'
import type { EntityBehaviour } from '../../core/platform/plugin.ts'
import { typed } from '../../core/data/typed-rows.ts'

/** Amounts are stored in minor units of the currency and posted on days of the time zone: both stay once something is posted. */
export const companyBehaviour: EntityBehaviour = {
  async prepare({ store }, draft) {
    if (!draft.previous) return
    const company = typed<'companies'>(draft.document)
    const previous = typed<'companies'>(draft.previous)
    const changed = (Object.keys(fixed) as (keyof typeof fixed)[]).filter((field) => company[field] !== previous[field])
    if (changed.length === 0 || (await store.count('journal-entries', { company: { equals: company.id } })) === 0) return
    failInput(changed.map((field) => ({ code: 'company.posted', path: field, severity: 'error', message: posted(previous, fixed[field]) })))
  },
}

const fixed = {
  currency: { en: 'currency', zh: '本位币' },
  timeZone: { en: 'time zone', zh: '时区' },
} as const satisfies Partial<Record<keyof Companies, Text>>

function posted({ name, nameZh }: Companies, what: Text): Text {
  return {
    en: `${name} has journal entries, so its ${what.en} stays. Set up another company for other books.`,
    zh: `${nameZh ?? name}已有会计凭证，${what.zh}不可更改。如需另立账套，请新建公司。`,
  }
}
