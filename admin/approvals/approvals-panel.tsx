'use client'

import { useState } from 'react'
import type { Text } from '../../config/language/text.ts'
import type { Tone } from '../../config/language/entity.ts'
import type { Decision } from '../../plugins/core/approvals/decide.ts'
import type { ApprovalView, DecisionView, StepView } from '../../plugins/core/approvals/document-approvals.ts'
import { Button } from '../kit/button.tsx'
import { useText } from '../kit/kit-context.tsx'
import { notify } from '../kit/notify.ts'
import { ConfirmPanel } from '../kit/side-panel.tsx'
import { ErrorBanner, Panel } from '../kit/surfaces.tsx'
import { Moment, StateChip } from '../kit/values.tsx'
import { approvalTexts } from '../locales/approval-texts.ts'
import { documentTexts } from '../locales/document-texts.ts'
import { DecisionForm } from './decision-form.tsx'
import { InvolvePanel } from './involve-panel.tsx'
import { useDecide } from './use-decide.ts'
import styles from './approvals.module.css'

/** The approvals of a document: who has decided, who is asked, and the reader's own decision. `unsaved`: there are edits of the document, which deciding would throw away: it is read anew. */
export function ApprovalsPanel({ approvals, title, unsaved, onDone }: { readonly approvals: readonly ApprovalView[]; readonly title: string; readonly unsaved: boolean; readonly onDone: () => Promise<void> }) {
  const say = useText()
  const [first, ...earlier] = approvals
  if (!first) return null
  return (
    <Panel title={say(approvalTexts.panel)} actions={<StateChip label={first.status.label} tone={first.status.tone} />}>
      <One approval={first} title={title} unsaved={unsaved} onDone={onDone} />
      {earlier.map((approval) => (
        <details key={approval.id} className={styles.earlier}>
          <summary>{say(approval.status.label)} · <Moment value={approval.at} /></summary>
          <One approval={approval} title={title} unsaved={unsaved} onDone={onDone} />
        </details>
      ))}
    </Panel>
  )
}

type Choice = Omit<Decision, 'approval' | 'hash'>

function One({ approval, title, unsaved, onDone }: { readonly approval: ApprovalView; readonly title: string; readonly unsaved: boolean; readonly onDone: () => Promise<void> }) {
  const say = useText()
  const { busy, problems, decide } = useDecide()
  const [open, setOpen] = useState<'involve' | 'withdraw' | null>(null)
  const { id, hash, mine, mayWithdraw, submitter } = approval
  const problem = problems.get(id) ?? null
  const [held, setHeld] = useState<Choice | null>(null)
  const choose = (decision: Choice) => { if (unsaved) setHeld(decision); else void send(decision) }
  const send = async (decision: Choice) => {
    setHeld(null)
    if ((await decide([{ approval: id, hash, ...(mine ? { seat: mine.seat } : {}), ...decision }])) === 0) return
    setOpen(null)
    notify(say(approvalTexts.done, { title }))
    await onDone()
  }
  return (
    <div className={styles.approval}>
      <p className={styles.note}>{say(approvalTexts.asks, { name: submitter })} · <Moment value={approval.at} /></p>
      <ol className={styles.steps} aria-label={say(approvalTexts.steps)}>{approval.steps.map((step) => <Step key={step.name} step={step} />)}</ol>
      {mine ? (
        <div className={styles.mine}>
          <strong>{mine.behalf ? say(approvalTexts.waitsFor, { name: mine.behalf.name }) : say(approvalTexts.waitsForYou)}</strong>
          <DecisionForm busy={busy} problem={open ? null : problem} returns={mine.returns} submitter={submitter} onDecide={(chosen) => choose(chosen)} />
          <Button small look="ghost" icon="users" onClick={() => setOpen('involve')}>{say(approvalTexts.others)}</Button>
        </div>
      ) : null}
      {mayWithdraw ? <Button small look="ghost" icon="undo" onClick={() => setOpen('withdraw')}>{say(approvalTexts.withdraw)}</Button> : null}
      {approval.decisions.length > 0 ? <ul className={styles.decisions} aria-label={say(approvalTexts.decisions)}>{approval.decisions.map((decision) => <Decided key={decision.id} decision={decision} />)}</ul> : null}
      {held ? (
        <ConfirmPanel title={say(documentTexts.unsaved)} text={say(approvalTexts.unsavedText)} action={say(approvalTexts.decideAnyway)} danger busy={busy} onClose={() => setHeld(null)} onConfirm={() => void send(held)} />
      ) : null}
      {open === 'involve' && !held ? <InvolvePanel busy={busy} problem={problem} onClose={() => setOpen(null)} onSend={(involved) => choose(involved)} /> : null}
      {open === 'withdraw' && !held ? (
        <ConfirmPanel title={say(approvalTexts.withdraw)} text={say(approvalTexts.withdrawText)} action={say(approvalTexts.withdraw)} busy={busy} onClose={() => setOpen(null)} onConfirm={() => choose({ decision: 'withdraw' })}>
          <ErrorBanner problem={problem} />
        </ConfirmPanel>
      ) : null}
    </div>
  )
}

const stepWords: Readonly<Record<StepView['status'], { readonly label: Text; readonly tone: Tone }>> = {
  coming: { label: approvalTexts.coming, tone: 'neutral' },
  waiting: { label: approvalTexts.waiting, tone: 'waiting' },
  skipped: { label: approvalTexts.skipped, tone: 'neutral' },
  approved: { label: approvalTexts.stepApproved, tone: 'good' },
  rejected: { label: approvalTexts.stepRejected, tone: 'bad' },
}

function Step({ step: { label, status, seats, mode, ratio } }: { readonly step: StepView }) {
  const say = useText()
  const word = stepWords[status]
  const rule = mode === 'all' ? say(approvalTexts.modeAll) : mode === 'vote' ? say(approvalTexts.modeVote, { ratio: ratio ?? 100 }) : say(approvalTexts.modeAny)
  return (
    <li data-status={status}>
      <div className={styles.stepHead}><span>{say(label)}</span><StateChip label={word.label} tone={word.tone} /></div>
      {seats.length > 1 ? <small>{rule}</small> : null}
      {seats.length > 0 ? (
        <ul className={styles.seats}>
          {seats.map(({ who, vote, isOpen }, index) => (
            <li key={index} data-open={isOpen}>{say(who)}{vote ? <> · {say(vote === 'approve' ? approvalTexts.stepApproved : approvalTexts.stepRejected)}</> : null}</li>
          ))}
        </ul>
      ) : null}
    </li>
  )
}

function Decided({ decision: { who, behalf, what, target, comment, at, byLink } }: { readonly decision: DecisionView }) {
  const say = useText()
  return (
    <li data-tone={what.tone}>
      <div>
        {who ? <><strong>{who}</strong>{behalf ? <> ({say(approvalTexts.forColleague, { name: behalf })})</> : null} · </> : null}{say(what.label)}{target ? <> → {say(target)}</> : null}
      </div>
      {comment ? <blockquote>{comment}</blockquote> : null}
      <small><Moment value={at} />{byLink ? <> · {say(approvalTexts.byLink)}</> : null}</small>
    </li>
  )
}
