import type { Text } from '../../config/language/text.ts'
import type { RequestProblem } from '../kit/api.ts'

export type Findings = {
  /** By field of the head. */
  readonly fields: ReadonlyMap<string, Text>
  /** By key of the row, then by field. */
  readonly lines: ReadonlyMap<string, ReadonlyMap<string, Text>>
  /** Paths that a field or a cell shows. */
  readonly shown: ReadonlySet<string>
}

/** The findings of an answer at their places. `sentLines`: keys of the rows in the order they were sent. */
export function findingsOf(problem: Pick<RequestProblem, 'findings'> | null, sentLines: readonly string[]): Findings {
  const fields = new Map<string, Text>()
  const lines = new Map<string, Map<string, Text>>()
  const shown = new Set<string>()
  for (const { path, message } of problem?.findings ?? []) {
    const match = /^lines\.(\d+)\.(\w+)$/.exec(path)
    if (!match) {
      fields.set(path, message)
      continue
    }
    const key = sentLines[Number(match[1])]
    if (key === undefined || !match[2]) continue
    lines.set(key, (lines.get(key) ?? new Map<string, Text>()).set(match[2], message))
    shown.add(path)
  }
  return { fields, lines, shown }
}
