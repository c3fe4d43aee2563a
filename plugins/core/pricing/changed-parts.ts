import type { Row } from '../data/store.ts'

const ofThePart = ['description', 'unit', 'unitPrice', 'taxCode'] as const

/**
 * When an edit puts another part on a line, what the old part brought (description, unit, price, tax code) is emptied, so that
 * the new part brings its own; what was typed along with the new part stays.
 */
export function forgetOldParts(lines: readonly Row[], previousLines: readonly Row[] = []): void {
  const before = new Map(previousLines.map((line) => [line.id, line]))
  for (const line of lines) {
    const old = before.get(line.id)
    if (!old || old.part === line.part) continue
    for (const field of ofThePart) if (line[field] === old[field]) line[field] = null
  }
}
