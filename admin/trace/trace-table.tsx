'use client'

import Link from 'next/link'
import type { Trace } from '../../plugins/core/trace/trace.ts'
import { useKit, useText } from '../kit/kit-context.tsx'
import { DateText, Empty, Money, StateChip } from '../kit/values.tsx'
import { pictureTexts } from '../locales/picture-texts.ts'
import { inOrder } from './trace-layout.ts'
import { quantitiesText } from './unit-quantities.ts'
import styles from './trace.module.css'

/** The same trace as rows: each document with what it came from and how much went along. */
export function TraceTable({ trace, currentId }: { readonly trace: Trace; readonly currentId?: string }) {
  const say = useText()
  const { language } = useKit()
  const numbers = new Map(trace.nodes.map((node) => [node.id, node.redacted ? '•••' : node.number ?? say(node.label)]))
  const columns = [pictureTexts.type, pictureTexts.number, pictureTexts.state, pictureTexts.date] as const
  const figures = [pictureTexts.lines, pictureTexts.quantity, pictureTexts.amount] as const
  return (
    <div className={styles.tableBox} tabIndex={0} role="region" aria-label={say(pictureTexts.trace)}>
      <table className={styles.table}>
        <thead>
          <tr>
            {columns.map((text) => <th key={text.en} scope="col">{say(text)}</th>)}
            {figures.map((text) => <th key={text.en} scope="col" className={styles.right}>{say(text)}</th>)}
            <th scope="col">{say(pictureTexts.comesFrom)}</th>
          </tr>
        </thead>
        <tbody>
          {inOrder(trace).map((node) => (
            <tr key={node.id} aria-current={node.id === currentId ? 'true' : undefined} data-redacted={node.redacted || undefined}>
              <td>{say(node.label)}</td>
              <td>{node.redacted ? say(pictureTexts.redacted) : <Link href={`/admin/collections/${node.entity}/${encodeURIComponent(node.id)}`} prefetch={false}>{node.number ?? say(pictureTexts.draft)}</Link>}</td>
              <td>{node.stateLabel ? <StateChip label={node.stateLabel} tone={node.tone ?? 'neutral'} /> : <Empty />}</td>
              <td>{node.date ? <DateText value={node.date} /> : <Empty />}</td>
              <td className={styles.right}>{node.lines === null ? <Empty /> : node.lines}</td>
              <td className={styles.right}>{node.quantities.length > 0 ? quantitiesText(node.quantities, language) : <Empty />}</td>
              <td className={styles.right}>{node.amount ? <Money value={node.amount} /> : <Empty />}</td>
              <td>
                {trace.edges.filter(({ to }) => to === node.id).map((edge) => (
                  <span key={`${edge.kind}${edge.from}`} className={styles.source} data-kind={edge.kind}>
                    {numbers.get(edge.from)}{edge.quantities.length > 0 ? ` · ${quantitiesText(edge.quantities, language)}` : edge.amount ? <> <Money value={edge.amount} /></> : null}
                  </span>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
