'use client'

import type { ColumnDefinition, FieldDefinition } from '../../config/language/entity.ts'
import { useKit, useText } from '../kit/kit-context.tsx'
import { fromForm } from '../kit/field-values.ts'
import { ScrollBox } from '../kit/scroll-box.tsx'
import { sumDecimalTexts } from '../kit/sum.ts'
import { FieldValue, isNumeric, Money } from '../kit/values.tsx'
import { documentTexts } from '../locales/document-texts.ts'
import styles from './lines.module.css'
import tableStyles from './table-field.module.css'

/** `withEnd`: there is a column for what one does with a row. */
type Columns = { readonly columns: readonly ColumnDefinition[]; readonly withEnd?: boolean }

export function TableHead({ columns, withEnd = false }: Columns) {
  const say = useText()
  const { firm } = useKit()
  return (
    <thead>
      <tr>
        <th scope="col" className={styles.number}>#</th>
        {columns.map((column) => (
          <th key={column.name} scope="col" style={{ minWidth: column.type === 'text' || column.type === 'longText' ? 140 : 96 }} className={`${isNumeric(column) ? styles.right : ''} ${column.rules?.required?.when === 'true' ? styles.required : ''}`} {...(column.help ? { title: say(column.help) } : {})}>
            {say(column.label)}{column.type === 'money' || column.type === 'unitPrice' ? <span className={styles.unit}>{firm.currency}</span> : null}
          </th>
        ))}
        {withEnd ? <th aria-hidden="true" className={styles.end} /> : null}
      </tr>
    </thead>
  )
}

/** What the figures of the columns with a total come to, exactly. */
export function TableTotals({ columns, rows, withEnd = false }: Columns & { readonly rows: readonly Readonly<Record<string, unknown>>[] }) {
  const say = useText()
  if (rows.length === 0 || !columns.some(({ total }) => total)) return null
  return (
    <tfoot className={tableStyles.totals}>
      <tr>
        <td className={styles.number} aria-label={say(documentTexts.sum)}>Σ</td>
        {columns.map((column) => {
          const sum = column.total ? sumDecimalTexts(rows.map((row) => textOf(fromForm(column, textOf(row[column.name]))))) : null
          return <td key={column.name} className={`${styles.text} ${isNumeric(column) ? styles.right : ''}`} data-label={sum === null ? undefined : say(column.label)}>{sum === null ? null : column.type === 'money' ? <Money value={sum} bare /> : <FieldValue field={column} value={sum} titles={{}} dense />}</td>
        })}
        {withEnd ? <td className={styles.end} /> : null}
      </tr>
    </tfoot>
  )
}

const textOf = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')

/** A table of rows that cannot be edited now. */
export function TableRows({ field, value }: { readonly field: FieldDefinition; readonly value: unknown }) {
  const say = useText()
  const { columns = [] } = field
  const rows = Array.isArray(value) ? (value as readonly Readonly<Record<string, unknown>>[]) : []
  return (
    <section className={tableStyles.table} aria-label={say(field.label)}>
      <h3 className={tableStyles.title}>{say(field.label)}</h3>
      <div className={tableStyles.frame}>
        {rows.length === 0 ? <p className={tableStyles.none}>{say(documentTexts.noRows)}</p> : (
          <ScrollBox className={styles.scroll} role="group" aria-label={say(field.label)} tabIndex={0}>
            <table className={styles.grid}>
              <TableHead columns={columns} />
              <tbody>
                {rows.map((row, index) => (
                  <tr key={index}>
                    <td className={styles.number}>{index + 1}</td>
                    {columns.map((column) => <td key={column.name} className={`${styles.text} ${isNumeric(column) ? styles.right : ''}`}><FieldValue field={column} value={row[column.name]} titles={{}} dense /></td>)}
                  </tr>
                ))}
              </tbody>
              <TableTotals columns={columns} rows={rows} />
            </table>
          </ScrollBox>
        )}
      </div>
    </section>
  )
}
