'use client'

import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Text } from '../../config/language/text.ts'
import type { PageAnswer } from '../../plugins/core/pages/submit-page.ts'
import { asProblem, newKey, request } from '../kit/api.ts'
import { useKit } from '../kit/kit-context.tsx'
import { uploadFile } from '../kit/upload-file.ts'
import { entryStore, type Entry } from './entry-store.ts'

export type EntryState = 'waiting' | 'sending' | 'stored' | 'refused'
export type ShownEntry = Pick<Entry, 'key' | 'told' | 'at'> & { readonly state: EntryState; readonly note?: Text; readonly number?: string | null }

const againMilliseconds = 5_000
const mostStored = 6

/**
 * The entries of one page and person: each is kept on this device first, then sent, one after the other. What gets no answer waits and is sent
 * again with its key when the connection is back; what is refused stays until someone sends it again or removes it.
 */
export function useEntries(page: string, { onAnswer }: { readonly onAnswer: (isStored: boolean) => void }) {
  const { user } = useKit()
  const owner = user?.id ?? ''
  const [kept, setKept] = useState<readonly Entry[]>([])
  const [stored, setStored] = useState<readonly ShownEntry[]>([])
  const [sending, setSending] = useState<string | null>(null)
  const [connection, setConnection] = useState<'online' | 'offline' | 'signedOut'>('online')
  const [keepsNothing, setKeepsNothing] = useState(false)
  const running = useRef(false)
  const memory = useRef<Entry[]>([])
  const answer = useRef(onAnswer)
  answer.current = onAnswer
  // Where the browser keeps nothing, the entries of this page live as long as the page.
  const store = useMemo(() => ({
    all: async () => (keepsNothing ? memory.current : entryStore.all({ user: owner, page })),
    put: async (entry: Entry) => {
      if (!keepsNothing) return void (await entryStore.put(entry))
      memory.current = [...memory.current.filter(({ key }) => key !== entry.key), entry]
    },
    remove: async (key: string) => {
      if (!keepsNothing) return entryStore.remove(key)
      memory.current = memory.current.filter((entry) => entry.key !== key)
      return undefined
    },
  }), [keepsNothing, owner, page])

  const send = useCallback(async () => {
    if (running.current) return
    running.current = true
    try {
      for (;;) {
        const entries = await store.all()
        setKept(entries)
        const next = entries.find(({ refused }) => !refused)
        if (!next) return
        setSending(next.key)
        try {
          const files = await uploaded(next, (entry) => store.put(entry))
          const { thanks, number } = await request<PageAnswer>(`/api/pages/${page}`, { method: 'POST', body: { data: { ...next.data, ...files } }, key: next.key })
          await store.remove(next.key)
          setStored((old) => [{ key: next.key, told: next.told, at: next.at, state: 'stored' as const, note: thanks, number }, ...old].slice(0, mostStored))
          setConnection('online')
          answer.current(true)
        } catch (error) {
          const { status, text, findings } = asProblem(error)
          if (status === 401) return setConnection('signedOut')
          // No answer, too much at once, or a server that is being replaced: the same again later.
          if (status === 0 || status === 429 || status >= 500) return setConnection(status === 0 ? 'offline' : 'online')
          await store.put({ ...next, refused: findings.length > 0 ? joined(findings.map(({ message }) => message)) : text })
          setConnection('online')
          answer.current(false)
        }
      }
    } catch {
      setKeepsNothing(true)
    } finally {
      running.current = false
      setSending(null)
    }
  }, [store, page])

  useEffect(() => {
    void send()
    const again = () => void send()
    const lost = () => setConnection('offline')
    const timer = setInterval(again, againMilliseconds)
    if (!navigator.onLine) lost()
    window.addEventListener('online', again)
    window.addEventListener('offline', lost)
    return () => {
      clearInterval(timer)
      window.removeEventListener('online', again)
      window.removeEventListener('offline', lost)
    }
  }, [send])

  const change = useCallback(async (work: () => Promise<unknown>) => {
    await work().catch(() => setKeepsNothing(true))
    setKept(await store.all().catch(() => []))
    void send()
  }, [store, send])
  const entries: readonly ShownEntry[] = [
    ...[...kept].reverse().map((entry): ShownEntry => ({ key: entry.key, told: entry.told, at: entry.at, state: entry.refused ? 'refused' : entry.key === sending ? 'sending' : 'waiting', ...(entry.refused ? { note: entry.refused } : {}) })),
    ...stored.filter(({ key }) => !kept.some((entry) => entry.key === key)),
  ]
  return {
    entries, connection, keepsNothing,
    waiting: kept.filter(({ refused }) => !refused).length,
    add: (data: Entry['data'], told: string, files: Entry['files']) => change(async () => store.put({ key: newKey(), user: owner, page, data, told, at: new Date().toISOString(), ...(files && { files }) })),
    again: (key: string) => change(async () => {
      const found = (await store.all()).find((entry) => entry.key === key)
      if (!found) return
      const { refused: _, files, ...entry } = found
      // What was uploaded may have gone meanwhile.
      await store.put({ ...entry, ...(files && { files: Object.fromEntries(Object.entries(files).map(([field, { name, content }]) => [field, { name, content }])) }) })
    }),
    remove: (key: string) => change(() => store.remove(key)),
  }
}

/** Uploads the files of an entry that are not there yet; each is noted, so that it is sent once. @returns their ids, by field */
async function uploaded(entry: Entry, note: (entry: Entry) => Promise<unknown>): Promise<Readonly<Record<string, string>>> {
  const files = { ...entry.files }
  for (const [field, kept] of Object.entries(files)) {
    if (kept.id !== undefined) continue
    const id = await uploadFile({ file: new File([kept.content], kept.name), signal: new AbortController().signal, onBegin: () => undefined, onProgress: () => undefined })
    files[field] = { ...kept, id }
    await note({ ...entry, files })
  }
  return Object.fromEntries(Object.entries(files).map(([field, { id = '' }]) => [field, id]))
}

const joined = (texts: readonly Text[]): Text => ({ en: texts.map(({ en }) => en).join(' '), zh: texts.map(({ zh }) => zh).join('') })
