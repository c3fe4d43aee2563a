'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { asProblem, request, type RequestProblem } from '../kit/api.ts'
import { begunUpload, isSameFile, keepUpload, type BegunUpload } from './begun-upload.ts'
import { forgetUpload, uploadFile } from '../kit/upload-file.ts'

type Running = { readonly name: string; readonly size: number; readonly sent: number }

/** Uploads a file for a list and opens an import on it; `onOpened` gets the import's id. */
export function useUpload(entity: string, onOpened: (id: string) => void) {
  const [begun, setBegun] = useState<BegunUpload | null>(null)
  const [running, setRunning] = useState<Running | null>(null)
  const [problem, setProblem] = useState<RequestProblem | null>(null)
  const controller = useRef<AbortController | null>(null)
  useEffect(() => {
    setBegun(begunUpload(entity))
    return () => controller.current?.abort()
  }, [entity])

  const keep = useCallback((upload: BegunUpload | null) => {
    keepUpload(upload)
    setBegun(upload)
  }, [])

  const open = useCallback(async (upload: string) => {
    const { id } = await request<{ id: string }>('/api/imports', { method: 'POST', body: { entity, upload } })
    keepUpload(null)
    onOpened(id)
  }, [entity, onOpened])

  const begin = useCallback(async (file: File) => {
    const known = begunUpload(entity)
    const same = known && isSameFile(known, file) ? known : null
    if (known && !same) void forgetUpload(known.id)
    const { signal } = (controller.current = new AbortController())
    const about = { entity, name: file.name, size: file.size, lastModified: file.lastModified }
    let upload = ''
    setProblem(null)
    setRunning({ name: file.name, size: file.size, sent: same?.sent ?? 0 })
    try {
      await uploadFile({
        file, id: same?.id, signal,
        onBegin: (id) => { upload = id; keepUpload({ ...about, id, sent: same?.id === id ? same.sent : 0 }) },
        onProgress: (sent) => {
          keepUpload({ ...about, id: upload, sent })
          setRunning({ name: file.name, size: file.size, sent })
        },
      })
      await open(upload)
    } catch (error) {
      if (!signal.aborted) setProblem(asProblem(error))
      // What the server refuses as a file is not uploaded again.
      if (!signal.aborted && asProblem(error).status >= 400 && asProblem(error).status < 500) keepUpload(null)
      setRunning(null)
      setBegun(begunUpload(entity))
    }
  }, [entity, open])

  return {
    begun, running, problem,
    begin: (file: File) => void begin(file),
    stop: () => controller.current?.abort(),
    goOn: () => { if (begun) void open(begun.id).catch((error: unknown) => { setProblem(asProblem(error)); keep(null) }) },
    forget: () => { if (begun) void forgetUpload(begun.id); keep(null) },
  }
}
