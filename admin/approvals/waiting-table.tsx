'use client'

import Link from 'next/link'
import { Fragment, useState } from 'react'
import type { Decision } from '../../plugins/core/approvals/decide.ts'
import type { WaitingRow } from '../../plugins/core/approvals/waiting.ts'
import { Button } from '../kit/button.tsx'
import { useText } from '../kit/kit-context.tsx'
import { notify } from '../kit/notify.ts'
import { ErrorBanner } from '../kit/surfaces.tsx'
import { Moment, Money } from '../kit/values.tsx'
import { approvalTexts } from '../locales/approval-texts.ts'
import { DecisionForm } from './decision-form.tsx'
import type { useDecide } from './use-decide.ts'
import styles from './approvals.module.css'

type Props = {
  readonly rows: readonly WaitingRow[]
  readonly deciding: ReturnType<typeof useDecide>
  readonly onDone: () => Promise<void>
  /** Absent: rows are decided one by one. */
  readonly selected?: ReadonlySet<string>
  readonly onSelect?: (selected: ReadonlySet<string>) => void
}

/** What waits, each row with its decision; a refused one says why at its place. */
export function WaitingTable({ rows, deciding: { busy, problems, decide }, onDone, selected, onSelect }: Props) {
  const say = useText()
  const [open, setOpen] = useState<string | null>(null)
  const send = async (row: WaitingRow, decision: Omit<Decision, 'approval' | 'hash' | 'seat'>) => {
    if ((await decide([{ approval: row.approval, hash: row.hash, seat: row.seat, ...decision }])) === 0) return
    notify(say(decision.decision === 'approve' ? approvalTexts.approved : decision.decision === 'reject' ? approvalTexts.rejected : approvalTexts.done, { title: row.title.title }))
    setOpen(null)
    await onDone()
  }
  const toggle = (ids: readonly string[], on: boolean) => {
    const next = new Set(selected)
    for (const id of ids) if (on) next.add(id); else next.delete(id)
    onSelect?.(next)
  }
  return (
    <div className={styles.tableBox} tabIndex={0} role="region" aria-label={say(approvalTexts.title)}>
      <table className={`${styles.table} ${styles.cards}`}>
        <thead>
          <tr>
            {selected ? <th scope="col"><input type="checkbox" aria-label={say(approvalTexts.selectAll)} checked={rows.length > 0 && rows.every(({ approval }) => selected.has(approval))} onChange={(event) => toggle(rows.map(({ approval }) => approval), event.target.checked)} /></th> : null}
            {[approvalTexts.document, approvalTexts.step, approvalTexts.submitter].map((text) => <th key={text.en} scope="col">{say(text)}</th>)}
            <th scope="col" className={styles.right}>{say(approvalTexts.amount)}</th>
            {[approvalTexts.since, approvalTexts.due].map((text) => <th key={text.en} scope="col">{say(text)}</th>)}
            <th scope="col" aria-label={say(approvalTexts.decide)} />
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const problem = problems.get(row.approval) ?? null
            const isOpen = open === row.approval
            return (
              <Fragment key={row.approval}>
                <tr>
                  {selected ? <td className={styles.box}><input type="checkbox" aria-label={say(approvalTexts.select, { title: row.title.title })} checked={selected.has(row.approval)} onChange={(event) => toggle([row.approval], event.target.checked)} /></td> : null}
                  <td className={styles.main}>
                    <span className={styles.faint}>{say(row.entityLabel)}</span>{' '}
                    <Link href={`/admin/collections/${row.entity}/${encodeURIComponent(row.documentId)}`} prefetch={false}>{row.title.title}</Link>
                    {row.behalf ? <span className={styles.faint}> {say(approvalTexts.forColleague, { name: row.behalf.name })}</span> : null}
                  </td>
                  <td data-label={say(approvalTexts.step)}>{say(row.step)}</td>
                  <td data-label={say(approvalTexts.submitter)}>{row.submitter}</td>
                  <td className={styles.right}>{row.amount === null ? null : <Money value={row.amount} />}</td>
                  <td data-label={say(approvalTexts.since)}><Moment value={row.since} /></td>
                  <td data-label={row.due === null ? undefined : say(approvalTexts.due)}>{row.due === null ? null : <span className={Date.parse(row.due) < Date.now() ? styles.late : undefined}><Moment value={row.due} /></span>}</td>
                  <td className={styles.actions}>
                    <Button small icon="check" disabled={busy} onClick={() => void send(row, { decision: 'approve' })}>{say(approvalTexts.approve)}</Button>
                    <Button small look="ghost" aria-expanded={isOpen} disabled={busy} onClick={() => setOpen(isOpen ? null : row.approval)}>{say(approvalTexts.decide)}</Button>
                  </td>
                </tr>
                {isOpen || problem ? (
                  <tr className={styles.open}>
                    <td colSpan={selected ? 8 : 7}>
                      {isOpen ? <DecisionForm busy={busy} problem={problem} returns={row.returns} submitter={row.submitter} onDecide={(chosen) => void send(row, chosen)} /> : <ErrorBanner problem={problem} />}
                    </td>
                  </tr>
                ) : null}
              </Fragment>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
