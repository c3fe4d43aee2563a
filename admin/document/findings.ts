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

/**
 * What an answer says, at its places; a refusal that names a place stands there too. `sentLines`, `addedLines`: keys of the rows in
 * the order they were sent.
 */
export function findingsOf(problem: (Pick<RequestProblem, 'findings'> & Partial<Pick<RequestProblem, 'refusals'>>) | null, sentLines: readonly string[], addedLines: readonly string[] = []): Findings {
  const fields = new Map<string, Text>()
  const lines = new Map<string, Map<string, Text>>()
  const shown = new Set<string>()
  for (const { path, message } of [...(problem?.findings ?? []), ...(problem?.refusals ?? [])]) {
    if (path === undefined) continue
    const match = /^(lines|newLines)\.(\d+)\.(\w+)$/.exec(path)
    if (!match) {
      fields.set(path, message)
      continue
    }
    const key = (match[1] === 'lines' ? sentLines : addedLines)[Number(match[2])]
    if (key === undefined || !match[3]) continue
    lines.set(key, (lines.get(key) ?? new Map<string, Text>()).set(match[3], message))
    shown.add(path)
  }
  return { fields, lines, shown }
}
