'use client'

import { useState } from 'react'
import type { Text } from '../../config/language/text.ts'
import type { EntityView } from '../../plugins/core/views/entity-view.ts'
import type { AvailableEvent } from '../../workflows/engine/available.ts'
import { asProblem, request } from '../kit/api.ts'
import { Button } from '../kit/button.tsx'
import { LabelledField } from '../kit/field-input.tsx'
import { useText } from '../kit/kit-context.tsx'
import { SidePanel } from '../kit/side-panel.tsx'
import { StateChip } from '../kit/values.tsx'
import { kitTexts } from '../locales/texts.ts'
import { listTexts } from '../locales/list-texts.ts'
import panel from '../kit/side-panel.module.css'
import styles from './list.module.css'

export type BulkJob =
  | { readonly kind: 'discard'; readonly ids: readonly string[] }
  | { readonly kind: 'event'; readonly event: AvailableEvent; readonly ids: readonly string[] }

type Outcome = { readonly id: string; readonly refusal: Text | null }

/** Asks once, runs row by row, and reports every row: done, or the sentence that refused it. */
export function BulkPanel({ entity, job, nameOf, onClose }: { readonly entity: EntityView; readonly job: BulkJob; readonly nameOf: (id: string) => Text; readonly onClose: (isRun: boolean) => void }) {
  const say = useText()
  const [reason, setReason] = useState('')
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>([])
  const [phase, setPhase] = useState<'ask' | 'run' | 'done'>('ask')
  const label = job.kind === 'discard' ? say(listTexts.discard) : say(job.event.label)
  const title = job.kind === 'discard' ? say(listTexts.discardTitle, { count: job.ids.length }) : say(listTexts.runFor, { label, count: job.ids.length })
  const asksReason = job.kind === 'discard' || job.event.reason !== undefined
  const isReasonMissing = job.kind === 'event' && job.event.reason === 'required' && !reason.trim()
  const run = async () => {
    setPhase('run')
    for (const id of job.ids) {
      const refusal = await runOne({ slug: entity.slug, id, job, reason: reason.trim() })
      setOutcomes((old) => [...old, { id, refusal }])
    }
    setPhase('done')
  }
  const refused = outcomes.filter((outcome) => outcome.refusal).length
  const close = () => onClose(phase !== 'ask')
  return (
    <SidePanel
      title={phase === 'done' ? say(listTexts.results) : title} onClose={close} {...(phase === 'ask' ? { onSubmit: () => void run() } : {})}
      foot={phase === 'ask'
        ? <><Button onClick={close}>{say(kitTexts.cancel)}</Button><Button type="submit" look="primary" danger={job.kind === 'discard' || job.event.tone === 'bad'} disabled={isReasonMissing}>{label}</Button></>
        : <Button look="primary" busy={phase === 'run'} onClick={close}>{say(kitTexts.close)}</Button>}
    >
      {phase === 'ask' ? <p className={panel.help}>{say(job.kind === 'discard' ? listTexts.discardText : listTexts.runText)}</p> : <p className={panel.help} role="status">{say(listTexts.resultsText, { done: outcomes.length - refused, refused })}</p>}
      {phase === 'ask' && asksReason ? (
        <LabelledField field={{ name: 'reason', type: 'longText', label: listTexts.reason, required: job.kind === 'event' && job.event.reason === 'required' }} value={reason} onChange={(value) => setReason(String(value))} />
      ) : null}
      {outcomes.length > 0 ? (
        <ul className={styles.outcomes}>
          {outcomes.map(({ id, refusal }) => (
            <li key={id}>
              <strong>{say(nameOf(id))}</strong>
              <StateChip label={refusal ? listTexts.refused : listTexts.done} tone={refusal ? 'bad' : 'good'} />
              {refusal ? <span>{say(refusal)}</span> : null}
            </li>
          ))}
        </ul>
      ) : null}
    </SidePanel>
  )
}

async function runOne({ slug, id, job, reason }: { slug: string; id: string; job: BulkJob; reason: string }): Promise<Text | null> {
  const path = `/api/${slug}/${encodeURIComponent(id)}`
  const body = reason ? { reason } : {}
  try {
    if (job.kind === 'discard') await request(path, { method: 'DELETE', body })
    else await request(`${path}/events/${job.event.event}`, { method: 'POST', body })
    return null
  } catch (error) {
    return asProblem(error).text
  }
}
