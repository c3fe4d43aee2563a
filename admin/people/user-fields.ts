import { email, option, required, select, text } from '../../config/language/fields.ts'
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
