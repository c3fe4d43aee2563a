'use client'

import { createContext, use } from 'react'

/** `values`: as they are stored. */
type Place = { readonly entity: string; readonly id: string; readonly values: Readonly<Record<string, unknown>> }

const RecordContext = createContext<Place | undefined>(undefined)

/** The record whose present values stand below: where its files are read. Absent for a new one. */
export const RecordPlace = RecordContext.Provider

export const useRecordPlace = (): Place | undefined => use(RecordContext)
