'use client'

import Link from 'next/link'
import { formatDecimalText } from '../kit/format.ts'
import { structureTexts } from '../locales/structure-texts.ts'
import type { GridColumn, GridRow } from './tree-grid.tsx'
import styles from './structure.module.css'

/** Rows as the operations of bills of material answer them. */
type Named = { readonly part: string; readonly partNumber: string; readonly name: string; readonly nameZh: string; readonly unit: string; readonly level: number }
export type StructureRow = Named & GridRow & { readonly quantity: string; readonly scrap: string | null; readonly operation: number | null; readonly bill: string | null; readonly number: string | null; readonly revision: string | null }
export type CostRow = Named & { readonly material: string; readonly labour: string; readonly overhead: string; readonly total: string; readonly isMissing: boolean }
export type StructureData = { readonly isCut?: boolean; readonly rows: readonly StructureRow[]; readonly totals?: readonly (Named & { readonly quantity: string })[] }
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
/** Rows of a list in which nothing hangs on anything. */
export const flat = <Row extends Named>(rows: readonly Row[]) => rows.map((row) => ({ ...row, parent: null }))
