'use client'

import type { LinesView } from '../../plugins/core/views/entity-view.ts'
import type { SpokenRow } from '../../plugins/core/views/document-view.ts'
import { useKit, useText } from '../kit/kit-context.tsx'
import { ScrollBox } from '../kit/scroll-box.tsx'
import { sumDecimalTexts } from '../kit/sum.ts'
import { useTitles } from '../kit/titles-context.tsx'
import { FieldValue, isNumeric, Money } from '../kit/values.tsx'
import { documentTexts } from '../locales/document-texts.ts'
import { toldColumns } from './line-columns.ts'
import styles from './lines.module.css'

/** The lines of a document that cannot be edited now. */
export function LinesTable({ lines, rows }: { readonly lines: LinesView; readonly rows: readonly SpokenRow[] }) {
  const say = useText()
  const { firm } = useKit()
  const { titles } = useTitles()
  const columns = toldColumns(lines, rows)
  const sums = columns.map((field) => (field.type === 'money' ? sumDecimalTexts(rows.map((row) => String(row[field.name] ?? '0'))) : null))
  return (
    <ScrollBox className={styles.scroll} role="group" aria-label={say(lines.label)} tabIndex={0}>
      <table className={styles.grid}>
        <thead>
          <tr>
            <th scope="col" className={styles.number}>#</th>
            {columns.map((field) => <th key={field.name} scope="col" className={isNumeric(field) ? styles.right : ''}>{say(field.label)}{field.type === 'money' || field.type === 'unitPrice' ? <span className={styles.unit}>{firm.currency}</span> : null}</th>)}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={row.id}>
              <td className={styles.number}>{index + 1}</td>
              {columns.map((field) => <td key={field.name} className={`${styles.text} ${isNumeric(field) ? styles.right : ''}`}><FieldValue field={field} value={row[field.name]} titles={titles} dense /></td>)}
            </tr>
          ))}
        </tbody>
        {rows.length > 1 && sums.some((sum) => sum !== null) ? (
          <tfoot>
            <tr>
              <td className={styles.number} />
              {columns.map((field, index) => <td key={field.name} className={`${styles.text} ${styles.right}`}>{sums[index] === null || sums[index] === undefined ? (index === 0 ? <span className={styles.sumLabel}>{say(documentTexts.sum)}</span> : null) : <Money value={sums[index]} bare />}</td>)}
            </tr>
          </tfoot>
        ) : null}
      </table>
    </ScrollBox>
  )
}
