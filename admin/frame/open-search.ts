'use client'

import { createContext, useContext } from 'react'

const SearchContext = createContext<(() => void) | null>(null)

export const SearchProvider = SearchContext.Provider

/** Opens the search of the frame; null on pages without it (nobody is signed in). */
export const useSearch = () => useContext(SearchContext)
