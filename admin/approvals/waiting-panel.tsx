'use client'

import Link from 'next/link'
import type { WaitingView } from '../../plugins/core/approvals/waiting.ts'
import { useText } from '../kit/kit-context.tsx'
import { approvalTexts } from '../locales/approval-texts.ts'
import page from '../kit/page.module.css'
import work from '../home/work.module.css'
import { useDecide } from './use-decide.ts'
import { WaitingTable } from './waiting-table.tsx'

/** On the home page: the approvals that have waited longest. */
export function WaitingPanel({ view, onDone }: { readonly view: WaitingView; readonly onDone: () => Promise<void> }) {
  const say = useText()
  const deciding = useDecide()
  if (view.total === 0) return null
  return (
    <section className={work.box}>
      <header className={work.boxHead}>
        <h3>{say(approvalTexts.title)}</h3>
        <span className={page.count}>{view.total}</span>
        <span className={work.why}>{say(approvalTexts.text)}</span>
        <Link href="/admin/approvals" prefetch={false} className={work.more}>{view.total > view.rows.length ? say(approvalTexts.more, { count: view.total - view.rows.length }) : say(approvalTexts.all)}</Link>
      </header>
      <WaitingTable rows={view.rows} deciding={deciding} onDone={onDone} />
    </section>
  )
}
