'use client'

import { useEffect, useState } from 'react'
import type { EventPreview } from '../../plugins/core/views/event-preview.ts'
import { asProblem, request, type RequestProblem } from '../kit/api.ts'

/** How long nothing is typed before the preview is asked for. */
const pauseMilliseconds = 450

type Answer = { readonly preview: EventPreview | null; readonly problem: RequestProblem | null }
const nothing: Answer = { preview: null, problem: null }

/** What the step would do with this body, asked while one types; null: nothing is asked. The last answer stays until the next. */
export function useEventPreview(path: string, body: string | null): Answer & { readonly loading: boolean } {
  const [answer, setAnswer] = useState<Answer>(nothing)
  const [loading, setLoading] = useState(false)
  useEffect(() => {
    if (body === null) {
      setAnswer(nothing)
      return
    }
    const controller = new AbortController()
    const timer = setTimeout(() => {
      setLoading(true)
      request<EventPreview>(path, { method: 'POST', body: JSON.parse(body) as unknown, signal: controller.signal })
        .then((preview) => setAnswer({ preview, problem: null }), (error: unknown) => {
          if (!controller.signal.aborted) setAnswer({ preview: null, problem: asProblem(error) })
        })
        .finally(() => { if (!controller.signal.aborted) setLoading(false) })
    }, pauseMilliseconds)
    return () => {
      clearTimeout(timer)
      controller.abort()
    }
  }, [path, body])
  return { ...answer, loading }
}
