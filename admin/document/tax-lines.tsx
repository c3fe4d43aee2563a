'use client'

import { formatDecimal } from '../../plugins/core/engine/decimal.ts'
import { useKit, useText } from '../kit/kit-context.tsx'
import { Panel } from '../kit/surfaces.tsx'
import { Money } from '../kit/values.tsx'
import { formatDecimalText } from '../kit/format.ts'
import { documentTexts } from '../locales/document-texts.ts'
import styles from './lines.module.css'

type TaxLine = { readonly code: string; readonly rate: number; readonly base: number; readonly amount: number }

/** Tax by code, as the platform rounded it: amounts in minor units, the rate at 10⁻⁶ percent. */
export function TaxLines({ document }: { readonly document: Readonly<Record<string, unknown>> | null }) {
  const say = useText()
  const { firm } = useKit()
  const lines = taxLinesOf(document?.taxLines)
  if (lines.length === 0) return null
  const money = (amount: number) => formatDecimal(amount, firm.exponent, { minDigits: firm.exponent })
  return (
    <Panel title={say(documentTexts.totals)} flush>
      <table className={styles.grid}>
        <thead><tr><th scope="col">{say(documentTexts.taxCode)}</th><th scope="col" className={styles.right}>{say(documentTexts.taxRate)}</th><th scope="col" className={styles.right}>{say(documentTexts.taxBase)}</th><th scope="col" className={styles.right}>{say(documentTexts.taxAmount)}</th></tr></thead>
        <tbody>
          {lines.map(({ code, rate, base, amount }) => (
            <tr key={`${code}${rate}`}>
              <td className={styles.text}>{code}</td>
              <td className={`${styles.text} ${styles.right}`}>{formatDecimalText(formatDecimal(rate, 6))} %</td>
              <td className={`${styles.text} ${styles.right}`}><Money value={money(base)} /></td>
              <td className={`${styles.text} ${styles.right}`}><Money value={money(amount)} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}

function taxLinesOf(value: unknown): TaxLine[] {
  if (!Array.isArray(value)) return []
  return value.filter((line): line is TaxLine => {
    const { code, rate, base, amount } = (line ?? {}) as Partial<TaxLine>
    return typeof code === 'string' && [rate, base, amount].every((figure) => Number.isSafeInteger(figure))
  })
}
