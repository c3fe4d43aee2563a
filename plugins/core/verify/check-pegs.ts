import type { Pegs } from '../../../config/generated/entities.ts'
import type { Row, Store } from '../data/store.ts'
import { formatDecimal, scales } from '../engine/decimal.ts'
import { convert } from '../engine/units.ts'
import type { Platform } from '../platform/platform.ts'
import type { CheckResult } from '../platform/plugin.ts'
import { openResult } from './check-result.ts'
import { inPages } from './pages.ts'

const sides = ['supply', 'demand'] as const
type Side = (typeof sides)[number]

/**
 * What is pegged to a line never exceeds the line, on either side: one supply may serve many demands, but no unit twice. Both
 * ends of a peg exist: documents of the traces it names, and their lines.
 * Pegs count stock units; so the line's quantity is converted by the ratio it carries.
 */
export async function pegsSumUp(store: Store, platform: Platform): Promise<CheckResult> {
  const { fail, count, result } = openResult()
  for await (const page of inPages(store.stream('pegs'), 500)) {
    for (const side of sides) {
      const documents = await documentsOf(store, page, side)
      const lines = await linesOf(store, platform, page.map((peg) => groupOf(peg, side)))
      for (const peg of page) {
        const problem = endProblem(platform, { peg, side, document: documents.get(peg[`${side}Id`]), line: lines.get(peg[`${side}Line`] ?? '') })
        if (problem) fail(`Peg ${peg.id}: ${problem}`)
      }
    }
    for (const { id, quantity } of page) {
      count()
      if (quantity <= 0) fail(`Peg ${id} pegs ${spoken(quantity)}.`)
    }
  }
  for (const side of sides) {
    for await (const page of inPages(groups(store, side), 500)) {
      const lines = await linesOf(store, platform, page)
      for (const { entity, line, pegged } of page) {
        count()
        const row = lines.get(line)
        if (!row) fail(`Pegs name the ${side} line ${line} of ${entity}, which does not exist.`)
        else if (pegged > stockQuantity(row)) fail(`${entity}, line ${line}: ${spoken(pegged)} are pegged as ${side}, the line has ${spoken(stockQuantity(row))}.`)
      }
    }
  }
  return result()
}

function endProblem(platform: Platform, { peg, side, document, line }: { readonly peg: Pegs; readonly side: Side; readonly document: Row | undefined; readonly line: Row | undefined }): string | undefined {
  const [entity, id] = [peg[`${side}Entity`], peg[`${side}Id`]]
  if (!document) return `its ${side} ${id} of ${entity} does not exist.`
  const trace = peg[`${side}TraceId`]
  if (trace && document.traceId && document.traceId !== trace) return `its ${side} trace is ${trace}, that of the document is ${String(document.traceId)}.`
  const parent = platform.entities.get(entity)?.lines?.parentField
  if (parent && line && line[parent] !== id) return `its ${side} line is of ${String(line[parent])}, not of ${id}.`
  return undefined
}

async function documentsOf(store: Store, page: readonly Pegs[], side: Side): Promise<Map<string, Row>> {
  const found = new Map<string, Row>()
  for (const entity of new Set(page.map((peg) => peg[`${side}Entity`]))) {
    const ids = page.filter((peg) => peg[`${side}Entity`] === entity).map((peg) => peg[`${side}Id`])
    for (const [id, row] of await store.byIds<string>(entity, ids)) found.set(id, row)
  }
  return found
}

const groupOf = (peg: Pegs, side: Side): Group => ({ entity: peg[`${side}Entity`], line: peg[`${side}Line`] ?? '', pegged: peg.quantity })

type Group = { readonly entity: string; readonly line: string; readonly pegged: number }

/** Sums by line; a peg of a whole document has no line to be compared with. */
async function* groups(store: Store, side: Side): AsyncGenerator<Group> {
  const [entity, line] = [`${side}Entity`, `${side}Line`]
  const rows = await store.sum('pegs', { where: { [line]: { exists: true } }, groupBy: [entity, line], fields: ['quantity'] })
  for (const row of rows) {
    if (typeof row[line] === 'string' && row[line] !== '') yield { entity: String(row[entity]), line: row[line], pegged: Number(row.quantity) }
  }
}

async function linesOf(store: Store, platform: Platform, page: readonly Group[]): Promise<Map<string, Row>> {
  const found = new Map<string, Row>()
  for (const entity of new Set(page.map((group) => group.entity))) {
    // A peg names the document's entity or, where lines stand alone, that of the line itself.
    const slug = platform.entities.get(entity)?.lines?.entity ?? entity
    const ids = page.filter((group) => group.entity === entity).map(({ line }) => line)
    for (const [id, row] of await store.byIds<string>(slug, ids)) found.set(id, row)
  }
  return found
}

/** What is left of the line, where a part of it was given up. */
function stockQuantity(line: Row): number {
  const quantity = Number(line.quantity ?? 0) - Number(line.cancelledQuantity ?? 0)
  return convert({ quantity, numerator: Number(line.unitNumerator ?? 1), denominator: Number(line.unitDenominator ?? 1) })
}

const spoken = (quantity: number) => formatDecimal(quantity, scales.quantity)
