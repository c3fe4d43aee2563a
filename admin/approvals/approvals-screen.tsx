'use client'

import { useState } from 'react'
import type { ColleagueChoice, Substitution } from '../../plugins/core/approvals/substitutes.ts'
import type { WaitingView } from '../../plugins/core/approvals/waiting.ts'
import { useCrumb } from '../frame/crumbs.tsx'
import { request } from '../kit/api.ts'
import { Button, IconButton } from '../kit/button.tsx'
import { useText } from '../kit/kit-context.tsx'
import { notify } from '../kit/notify.ts'
import { Banner, EmptyState, Panel } from '../kit/surfaces.tsx'
import { homeTexts } from '../locales/home-texts.ts'
import { approvalTexts } from '../locales/approval-texts.ts'
import { SubstitutePanel } from './substitute-panel.tsx'
import { useDecide } from './use-decide.ts'
import { WaitingTable } from './waiting-table.tsx'
import styles from './approvals.module.css'

/** Everything that waits for one's approval: decided one by one or many at once, each row telling what became of it. */
export function ApprovalsScreen({ initial, substitution, colleagues }: { readonly initial: WaitingView; readonly substitution: Substitution; readonly colleagues: readonly ColleagueChoice[] }) {
  const say = useText()
  useCrumb(approvalTexts.title)
  const deciding = useDecide()
  const [view, setView] = useState(initial)
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const reload = async () => {
    const next = await request<WaitingView>('/api/approvals/waiting')
    setView(next)
    setSelected((old) => new Set(next.rows.flatMap(({ approval }) => (old.has(approval) ? [approval] : []))))
  }
  const chosen = view.rows.filter(({ approval }) => selected.has(approval))
  const approveAll = async () => {
    const count = await deciding.decide(chosen.map(({ approval, hash, seat }) => ({ approval, hash, seat, decision: 'approve' as const })))
    if (count > 0) notify(say(approvalTexts.approvedCount, { count }))
    await reload()
  }
  return (
    <div className={styles.screen}>
      <header className={styles.head}>
        <div><h1>{say(approvalTexts.title)}</h1><p>{say(approvalTexts.text)}</p></div>
        <IconButton icon="refresh" label={say(homeTexts.refresh)} onClick={() => void reload()} />
        {chosen.length > 0 ? <Button look="primary" icon="check" busy={deciding.busy} onClick={() => void approveAll()}>{say(approvalTexts.approveSelected, { count: chosen.length })}</Button> : null}
      </header>
      {deciding.problems.size > 1 ? <Banner tone="bad">{say(approvalTexts.failedCount, { count: deciding.problems.size })}</Banner> : null}
      {view.rows.length === 0
        ? <EmptyState icon="check" title={say(approvalTexts.emptyTitle)} text={say(approvalTexts.emptyText)} />
        : <Panel flush title={`${say(approvalTexts.title)} (${view.total})`}><WaitingTable rows={view.rows} deciding={deciding} selected={selected} onSelect={setSelected} onDone={reload} /></Panel>}
      <SubstitutePanel initial={substitution} colleagues={colleagues} />
    </div>
  )
}
