'use client'

import Link from 'next/link'
import { useText, type Speak } from '../kit/kit-context.tsx'
import { reportTexts } from '../locales/operations-texts.ts'
import type { AgingData } from './reports.ts'
import { Amount } from './trial-table.tsx'
import styles from '../operations/operations.module.css'

/** Open amounts by partner and days overdue; a name leads to its open documents. */
export function AgingTable({ data, name, entity }: { readonly data: AgingData; readonly name: string; readonly entity: string }) {
  const say = useText()
  const [party, field] = entity === 'invoices' ? [reportTexts.customer, 'customer'] as const : [reportTexts.supplier, 'supplier'] as const
  return (
    <div className={styles.tableBox} tabIndex={0} role="region" aria-label={say(reportTexts.title)}>
      <table className={styles.table} data-report={name}>
        <thead>
          <tr>
            <th scope="col">{say(party)}</th>
            {data.buckets.map((bucket) => <th key={String(bucket.from)} scope="col" className={styles.right}>{bucketName(bucket, say)}</th>)}
            <th scope="col" className={styles.right}>{say(reportTexts.overdue)}</th><th scope="col" className={styles.right}>{say(reportTexts.total)}</th>
          </tr>
        </thead>
        <tbody>
          {data.parties.map((row) => (
            <tr key={row.party}>
              <th scope="row" data-value={`${row.number} ${row.name}`}><span className={styles.number}>{row.number}</span><Link href={`/admin/collections/${entity}?state=posted&f=${field}:in:${row.party}`} prefetch={false}>{row.name}</Link></th>
              {row.buckets.map((bucket) => <Amount key={String(bucket.from)} value={bucket.amount} />)}
              <Amount value={row.overdue} /><Amount value={row.total} />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{say(reportTexts.total)}</th>
            {data.buckets.map((bucket) => <Amount key={String(bucket.from)} value={bucket.amount} />)}
            <Amount value={data.overdue} /><Amount value={data.total} />
          </tr>
        </tfoot>
      </table>
    </div>
  )
}

function bucketName({ from, to }: { readonly from: number | null; readonly to: number | null }, say: Speak): string {
  if (from === null) return say(reportTexts.notDue)
  return to === null ? say(reportTexts.daysMore, { from: from - 1 }) : say(reportTexts.days, { from, to })
}
