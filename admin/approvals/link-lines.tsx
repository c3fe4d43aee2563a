'use client'

import type { ContentView } from '../../plugins/core/approvals/content-view.ts'
import { useText } from '../kit/kit-context.tsx'
import { FieldValue, isNumeric } from '../kit/values.tsx'
import { approvalTexts } from '../locales/approval-texts.ts'
import styles from './approvals.module.css'

/** The lines of what is approved, for the page of a link. */
export function LinkLines({ lines: { columns, rows, count } }: { readonly lines: NonNullable<ContentView['lines']> }) {
  const say = useText()
  return (
    <section aria-label={say(approvalTexts.linkLines)}>
      <div className={styles.tableBox} tabIndex={0} role="region" aria-label={say(approvalTexts.linkLines)}>
        <table className={styles.table}>
          <thead><tr>{columns.map((field) => <th key={field.name} scope="col" className={isNumeric(field) ? styles.right : undefined}>{say(field.label)}</th>)}</tr></thead>
          <tbody>
            {rows.map((row, index) => <tr key={index}>{columns.map((field) => <td key={field.name} className={isNumeric(field) ? styles.right : undefined}><FieldValue field={field} value={row[field.name]} titles={{}} /></td>)}</tr>)}
          </tbody>
        </table>
      </div>
      {count > rows.length ? <p className={styles.note}>{say(approvalTexts.linkMoreLines, { count: count - rows.length })}</p> : null}
    </section>
  )
}
