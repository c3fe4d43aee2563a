'use client'

import { useRef, useState } from 'react'
import { asProblem, request, RequestProblem } from '../kit/api.ts'
import { useText } from '../kit/kit-context.tsx'
import { notify } from '../kit/notify.ts'
import { viewTexts } from '../locales/view-texts.ts'
import type { OpenList } from './use-list.ts'

/** A view from its file: the server says what is wrong with it, and where. */
export function useImportView(open: OpenList) {
  const say = useText()
  const chooser = useRef<HTMLInputElement>(null)
  const [problem, setProblem] = useState<RequestProblem | null>(null)
  const read = async (file: File) => {
    setProblem(null)
    try {
      const body = await file.text().then((text) => JSON.parse(text) as unknown).catch(() => { throw new RequestProblem({ text: viewTexts.badFile, status: 422 }) })
      const { id } = await request<{ id: string }>(`/api/views/saved/${open.view.entity.slug}`, { method: 'POST', body })
      notify(say(viewTexts.imported))
      await open.reloadSaved(id)
    } catch (error) {
      setProblem(asProblem(error))
    }
  }
  return {
    problem, choose: () => chooser.current?.click(),
    input: <input ref={chooser} type="file" accept="application/json,.json" aria-label={say(viewTexts.importFile)} hidden onChange={(event) => { const [file] = event.target.files ?? []; event.target.value = ''; if (file) void read(file) }} />,
  }
}
