import type { BomLines, BomVersions, RoutingOperations, Routings } from '../../config/generated/entities.ts'
import type { Row } from '../core/data/store.ts'
import type { Bill, Period } from './engine/bill.ts'

/** Versions that rule or ruled in their period: what was never released does not count, what is superseded or obsolete has an end. */
export const ruledStates = ['released', 'superseded', 'obsolete']

export type Version = BomVersions | Routings
export const versionOf = (row: Row): Version => row as unknown as Version
export const bomLinesOf = (rows: readonly Row[]): BomLines[] => rows as unknown as BomLines[]
export const operationsOf = (rows: readonly Row[]): RoutingOperations[] => rows as unknown as RoutingOperations[]

export const toBill = (version: BomVersions, lines: readonly BomLines[]): Bill => ({
  id: version.id, part: version.part, site: version.site ?? null, outputQuantity: version.outputQuantity ?? 1_000_000, ...periodOf(version),
  lines: lines.map((line) => ({
    id: line.id, position: Number(line.position), component: line.part, quantity: line.quantity, unitNumerator: line.unitNumerator ?? 1, unitDenominator: line.unitDenominator ?? 1,
    scrapPercent: line.scrapPercent ?? 0, operation: line.operation ?? null, ...periodOf(line),
  })),
})

export const periodOf = ({ validFrom, validTo }: Period): Period => ({ validFrom: validFrom ?? null, validTo: validTo ?? null })
