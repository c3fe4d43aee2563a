'use client'

import Link from 'next/link'
import type { Text } from '../../config/language/text.ts'
import type { Speak } from '../kit/kit-context.tsx'
import { StateChip } from '../kit/values.tsx'
import { formatDecimalText } from '../kit/format.ts'
import { structureTexts } from '../locales/structure-texts.ts'
import type { GridColumn, GridRow } from './tree-grid.tsx'
import styles from './structure.module.css'

/** Rows as the operations of bills of material answer them. */
type Named = { readonly part: string; readonly partNumber: string; readonly name: string; readonly nameZh: string; readonly unit: string; readonly level: number }
export type StructureRow = Named & GridRow & { readonly quantity: string; readonly scrap: string | null; readonly operation: number | null; readonly bill: string | null; readonly number: string | null; readonly revision: string | null }
export type CostRow = Named & { readonly material: string; readonly labour: string; readonly overhead: string; readonly total: string; readonly isMissing: boolean }
export type StructureData = { readonly isCut?: boolean; readonly rows: readonly StructureRow[]; readonly totals?: readonly (Named & { readonly quantity: string })[] }
type ComparedLine = { readonly quantityPer: string; readonly scrapPercent: string; readonly operation: number | null; readonly validFrom: string | null; readonly validTo: string | null }
export type DifferenceRow = Omit<Named, 'level'> & { readonly kind: 'added' | 'removed' | 'changed'; readonly changed: readonly (keyof ComparedLine)[]; readonly before: ComparedLine | null; readonly after: ComparedLine | null }
export type DifferenceData = { readonly rows: readonly DifferenceRow[] }
export type CostData = { readonly rows: readonly CostRow[] }

const decimal = (text: string, minDigits = 0) => formatDecimalText(text, { minDigits })
const quantity = { label: structureTexts.quantity, numeric: true, value: (row: { readonly quantity: string }) => decimal(row.quantity) } as const
const unit = { label: structureTexts.unit, value: (row: { readonly unit: string }) => row.unit } as const
const level = { label: structureTexts.level, numeric: true, wide: true, value: (row: { readonly level: number }) => row.level } as const

export const structureColumns: readonly GridColumn<StructureRow>[] = [
  quantity, unit,
  { label: structureTexts.scrap, numeric: true, wide: true, value: ({ scrap }) => (scrap ? decimal(scrap) : '') },
  { label: structureTexts.operation, numeric: true, wide: true, value: ({ operation }) => operation ?? '' },
  { label: structureTexts.bill, wide: true, value: ({ bill, number, revision }) => (bill ? <Link href={`/admin/collections/bom-versions/${encodeURIComponent(bill)}`} prefetch={false} tabIndex={-1}>{number} · {revision}</Link> : null) },
]
export const totalColumns: readonly GridColumn<GridRow & { readonly quantity: string; readonly unit: string }>[] = [quantity, unit, level]

const amount = (name: 'material' | 'labour' | 'overhead') => ({ label: structureTexts[name], numeric: true, wide: true, value: (row: CostRow) => decimal(row[name], 2) }) as const
export const costColumns = (missing: string): readonly GridColumn<GridRow & CostRow>[] => [
  level, amount('material'), amount('labour'), amount('overhead'),
  { label: structureTexts.total, numeric: true, value: (row) => (row.isMissing ? <em className={styles.bad}>{missing}</em> : decimal(row.total, 2)) },
]
const kinds = { added: 'good', removed: 'bad', changed: 'waiting' } as const
const changes: Readonly<Record<Exclude<keyof ComparedLine, 'quantityPer'>, Text>> = {
  scrapPercent: structureTexts.scrapPercent, operation: structureTexts.operationChange, validFrom: structureTexts.validFrom, validTo: structureTexts.validTo,
}

export const differenceColumns = (say: Speak): readonly GridColumn<GridRow & DifferenceRow>[] => [
  { label: structureTexts.kind, value: ({ kind }) => <StateChip label={structureTexts[kind]} tone={kinds[kind]} /> },
  { label: structureTexts.was, numeric: true, value: ({ before }) => (before ? decimal(before.quantityPer) : '') },
  { label: structureTexts.is, numeric: true, value: ({ after }) => (after ? decimal(after.quantityPer) : '') },
  { ...unit, wide: true },
  {
    label: structureTexts.otherwise, wide: true,
    value: ({ changed, before, after }) => changed.flatMap((name) => (name === 'quantityPer' ? [] : [say(changes[name], { from: before?.[name] ?? '–', to: after?.[name] ?? '–' })])).join(', '),
  },
]
/** Rows of a list in which nothing hangs on anything. */
export const flat = <Row extends Omit<Named, 'level'> & { readonly level?: number }>(rows: readonly Row[]) => rows.map((row) => ({ ...row, level: row.level ?? 0, parent: null }))
