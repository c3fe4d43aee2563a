import type { SavedView } from '../../plugins/core/saved-views/saved-views.ts'

/** What a view is called in the reader's language. */
export const nameOfView = ({ name, nameZh }: SavedView, language: 'en' | 'zh'): string => (language === 'zh' ? nameZh ?? name : name)
