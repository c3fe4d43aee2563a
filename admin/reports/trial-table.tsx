'use client'

import Link from 'next/link'
import { useKit, useText } from '../kit/kit-context.tsx'
import { Money, StateChip } from '../kit/values.tsx'
import { reportTexts } from '../locales/operations-texts.ts'
import type { TrialData } from './reports.ts'
import styles from '../operations/operations.module.css'

export function TrialTable({ data, name }: { readonly data: TrialData; readonly name: string }) {
  const say = useText()
  const { language } = useKit()
  const figures = [reportTexts.opening, reportTexts.debit, reportTexts.credit, reportTexts.closing] as const
  const isBalanced = data.debit === data.credit
  return (
    <div className={styles.tableBox} tabIndex={0} role="region" aria-label={say(reportTexts.title)}>
      <table className={styles.table} data-report={name}>
        <thead><tr><th scope="col">{say(reportTexts.account)}</th>{figures.map((text) => <th key={text.en} scope="col" className={styles.right}>{say(text)}</th>)}</tr></thead>
        <tbody>
          {data.rows.map((row) => (
            <tr key={row.account}>
              <th scope="row" data-value={`${row.number} ${language === 'zh' ? row.nameZh : row.name}`}>
                <span className={styles.number}>{row.number}</span><Link href={`/admin/collections/account-balances?f=account:in:${row.account}`} prefetch={false}>{language === 'zh' ? row.nameZh : row.name}</Link>
              </th>
              <Amount value={row.opening} /><Amount value={row.debit} /><Amount value={row.credit} /><Amount value={row.closing} />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" data-value={say(reportTexts.total)}>{say(reportTexts.total)} <StateChip label={isBalanced ? reportTexts.balanced : reportTexts.unbalanced} tone={isBalanced ? 'good' : 'bad'} /></th>
            <td /><Amount value={data.debit} /><Amount value={data.credit} /><td />
          </tr>
        </tfoot>
      </table>
    </div>
  )
}

export function Amount({ value }: { readonly value: string }) {
  return <td className={styles.right} data-value={value}>{/^-?[0.]+$/.test(value) ? <span className={styles.zero}><Money bare value={value} /></span> : <Money bare value={value} />}</td>
}
