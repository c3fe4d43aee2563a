'use client'

import { usePathname } from 'next/navigation'
import { useEffect, useState } from 'react'
import { request } from '../kit/api.ts'
import { useText } from '../kit/kit-context.tsx'
import { useGo } from '../kit/leave-guard.tsx'
import { notifyWith } from '../kit/notify.ts'
import { importTexts } from '../locales/import-texts.ts'
import { isBusy, type ImportView } from './import-types.ts'
import { onWatchedChange, unwatchImport, watchedImports } from './watched-imports.ts'

const everyMilliseconds = 5_000

/** Tells the end of imports that were begun in this browser, on whatever page one is; the import's own page shows it itself. */
export function ImportNotices() {
  const say = useText()
  const go = useGo()
  const path = usePathname()
  const [watched, setWatched] = useState<readonly string[]>([])
  useEffect(() => {
    setWatched(watchedImports())
    return onWatchedChange(() => setWatched(watchedImports()))
  }, [])
  useEffect(() => {
    const others = watched.filter((id) => !path.endsWith(`/imports/${id}`))
    if (others.length === 0) return undefined
    const tell = (view: ImportView) => {
      if (isBusy(view.status) || view.status === 'paused') return
      unwatchImport(view.id)
      const { number, counts: { created, changed, good, bad } } = view
      const [text, tone] = view.status === 'failed' ? [say(importTexts.noticeFailed, { number }), 'bad' as const]
        : view.status === 'checked' ? [say(importTexts.noticeChecked, { number, good, bad }), bad > 0 ? 'bad' as const : 'good' as const]
          : [say(importTexts.noticeDone, { number, created, changed, bad }), 'good' as const]
      notifyWith({ text, tone, action: say(importTexts.show), onAction: () => go(`/admin/imports/${view.id}`) })
    }
    const look = () => {
      for (const id of others) request<ImportView>(`/api/imports/${id}`).then(tell, (error: { status?: number }) => { if (error.status === 404 || error.status === 403) unwatchImport(id) })
    }
    const timer = setInterval(look, everyMilliseconds)
    return () => clearInterval(timer)
  }, [watched, path, say, go])
  return null
}
