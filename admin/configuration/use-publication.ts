'use client'

import { useCallback, useEffect, useState } from 'react'
import type { PublicationView } from '../../plugins/core/configuration/configuration-view.ts'
import { request, useCommand } from '../kit/api.ts'

const followMilliseconds = 400
/** After this it is said that it takes longer than usual. */
const usualMilliseconds = 30_000

/** `number`: of the revision that is being started, null when none is. */
type Following = { readonly number: number; readonly isLate: boolean }

/** Has the drafts published, and follows until they are in use or have been refused. */
export function usePublication({ initial, onDone }: { readonly initial: PublicationView; readonly onDone: (view: PublicationView) => void }) {
  const { busy, problem, run } = useCommand()
  const underWay = initial.publication && !initial.publication.problem && initial.publication.number > initial.revision ? initial.publication.number : null
  const [following, setFollowing] = useState<Following | null>(underWay === null ? null : { number: underWay, isLate: false })
  const number = following?.number ?? null
  useEffect(() => {
    if (number === null) return undefined
    const began = Date.now()
    const timer = setInterval(() => {
      void request<PublicationView>('/api/configuration/publication').then((view) => {
        if (view.revision >= number || view.publication?.problem) {
          setFollowing(null)
          onDone(view)
        } else if (Date.now() - began > usualMilliseconds) {
          setFollowing({ number, isLate: true })
        }
      }).catch(() => { /* Asked again at the next turn. */ })
    }, followMilliseconds)
    return () => clearInterval(timer)
  }, [number, onDone])
  const publish = useCallback(async (base: number, accepted: readonly string[]) => {
    const answer = await run<{ number: number }>('/api/configuration/publish', { method: 'POST', body: { base, accepted } })
    if (answer) setFollowing({ number: answer.number, isLate: false })
  }, [run])
  return { busy, problem, following, publish }
}
