'use client'

import Link from 'next/link'
import type { ConversionProblem } from '../../plugins/core/configuration/conversion/conversion-view.ts'
import { useText } from '../kit/kit-context.tsx'
import { conversionTexts } from '../locales/conversion-texts.ts'
import styles from './configuration.module.css'

/** The records whose value is not taken over, each with its reason. */
export function ConversionProblems({ slug, problems }: { readonly slug: string; readonly problems: readonly ConversionProblem[] }) {
  const say = useText()
  return (
    <table className={`${styles.table} ${styles.cards}`}>
      <thead><tr>{[conversionTexts.record, conversionTexts.value, conversionTexts.reason].map((text) => <th key={text.en} scope="col">{say(text)}</th>)}</tr></thead>
      <tbody>
        {problems.map(({ id, title, value, message }) => (
          <tr key={id}>
            <td><Link href={`/admin/collections/${slug}/${encodeURIComponent(id)}`} prefetch={false} target="_blank">{title}</Link></td>
            <td data-label={say(conversionTexts.value)}>{value}</td>
            <td data-label={say(conversionTexts.reason)}>{say(message)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
