'use client'

import { useState } from 'react'
import type { RowResult } from '../../plugins/core/approvals/decide-many.ts'
import type { Decision } from '../../plugins/core/approvals/decide.ts'
import { asProblem, request, RequestProblem } from '../kit/api.ts'

/** What became of each row, by its approval. */
export type Problems = ReadonlyMap<string, RequestProblem>

/** Sends decisions and tells of every row what became of it. */
export function useDecide() {
  const [busy, setBusy] = useState(false)
  const [problems, setProblems] = useState<Problems>(new Map())
  const decide = async (decisions: readonly Decision[]): Promise<number> => {
    setBusy(true)
    try {
      const { results } = await request<{ results: readonly RowResult[] }>('/api/approvals/decide', { method: 'POST', body: { decisions } })
      setProblems(new Map(results.flatMap((one) => (one.ok ? [] : [[one.approval, new RequestProblem({ text: one.problem.message, status: one.problem.status, problem: one.problem })] as const]))))
      return results.filter(({ ok }) => ok).length
    } catch (error) {
      const problem = asProblem(error)
      setProblems(new Map(decisions.map(({ approval }) => [approval, problem])))
      return 0
    } finally {
      setBusy(false)
    }
  }
  return { busy, problems, decide }
}
