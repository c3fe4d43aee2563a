import { email, option, required, select, text } from '../../config/language/fields.ts'
import type { UserRow } from '../../plugins/core/users/people-view.ts'
import { peopleTexts } from '../locales/people-texts.ts'

/** What an account tells about a person; the same inputs as everywhere. */
export const accountFields = [
  { ...text('name', peopleTexts.name, required), name: 'name' as const },
  { ...email('email', peopleTexts.email, { ...required, help: peopleTexts.emailHelp }), name: 'email' as const },
  {
    ...select('language', peopleTexts.language, { ...required, help: peopleTexts.languageHelp, options: [option('en', { en: 'English', zh: 'English' }), option('zh', { en: '中文', zh: '中文' })] }),
    name: 'language' as const,
  },
]

/** Who approves what the person asks for, where a workflow names the line manager. */
export const managerField = (others: readonly Pick<UserRow, 'id' | 'name'>[]) =>
  select('manager', peopleTexts.manager, { help: peopleTexts.managerHelp, options: others.map(({ id, name }) => option(id, { en: name, zh: name })) })
