'use client'

import { createContext, use, useCallback, useMemo, useState, type ReactNode } from 'react'
import type { Title, Titles } from '../../plugins/core/views/titles.ts'

type Known = { readonly titles: Titles; readonly learn: (entity: string, id: string, title: Title) => void }

const TitlesContext = createContext<Known>({ titles: {}, learn: () => undefined })

/** The titles of everything a page refers to: those the server sent, and those chosen since. */
export function TitlesProvider({ titles, children }: { readonly titles: Titles; readonly children: ReactNode }) {
  const [learned, setLearned] = useState<Titles>({})
  const learn = useCallback((entity: string, id: string, title: Title) => {
    setLearned((old) => ({ ...old, [entity]: { ...old[entity], [id]: title } }))
  }, [])
  const value = useMemo(() => ({ titles: merged(titles, learned), learn }), [titles, learned, learn])
  return <TitlesContext value={value}>{children}</TitlesContext>
}

export const useTitles = () => use(TitlesContext)

function merged(sent: Titles, learned: Titles): Titles {
  const slugs = new Set([...Object.keys(sent), ...Object.keys(learned)])
  return Object.fromEntries([...slugs].map((slug) => [slug, { ...learned[slug], ...sent[slug] }]))
}
