'use client'

import { createContext, use } from 'react'

type Place = { readonly entity: string; readonly id: string }

const RecordContext = createContext<Place | undefined>(undefined)

/** The record whose present values stand below: where its files are read. Absent for a new one, and around former values. */
export const RecordPlace = RecordContext.Provider

export const useRecordPlace = (): Place | undefined => use(RecordContext)
