'use client'

import { useState } from 'react'
import { longText, option, required, select } from '../../config/language/fields.ts'
import type { Decision } from '../../plugins/core/approvals/decide.ts'
import type { ColleagueChoice } from '../../plugins/core/approvals/substitutes.ts'
import { useApi, type RequestProblem } from '../kit/api.ts'
import { Button } from '../kit/button.tsx'
import { LabelledField } from '../kit/field-input.tsx'
import { useText } from '../kit/kit-context.tsx'
import { SidePanel } from '../kit/side-panel.tsx'
import { ErrorBanner } from '../kit/surfaces.tsx'
import { approvalTexts } from '../locales/approval-texts.ts'
import { kitTexts } from '../locales/texts.ts'

type Involved = Pick<Decision, 'decision' | 'to' | 'comment'>

const how = select('how', approvalTexts.how, { ...required, options: [option('delegate', approvalTexts.passOn), option('addBefore', approvalTexts.askBefore), option('addAfter', approvalTexts.askAfter)] })
const comment = longText('comment', approvalTexts.comment)

/** Passes the decision on to a colleague, or asks one before or after. */
export function InvolvePanel({ busy, problem, onSend, onClose }: { readonly busy: boolean; readonly problem: RequestProblem | null; readonly onSend: (involved: Involved) => void; readonly onClose: () => void }) {
  const say = useText()
  const { data } = useApi<{ colleagues: readonly ColleagueChoice[] }>('/api/approvals/colleagues')
  const [values, setValues] = useState({ how: 'delegate', colleague: '', comment: '' })
  const set = (name: keyof typeof values) => (value: unknown) => setValues({ ...values, [name]: String(value) })
  const colleague = select('colleague', approvalTexts.colleague, { ...required, options: (data?.colleagues ?? []).map(({ id, name }) => option(id, { en: name, zh: name })) })
  const send = () => { if (values.colleague) onSend({ decision: values.how as Involved['decision'], to: values.colleague, ...(values.comment ? { comment: values.comment } : {}) }) }
  return (
    <SidePanel
      title={say(approvalTexts.others)} onClose={onClose} onSubmit={send}
      foot={<><Button onClick={onClose}>{say(kitTexts.cancel)}</Button><Button type="submit" look="primary" busy={busy} disabled={!values.colleague}>{say(approvalTexts.involve)}</Button></>}
    >
      <ErrorBanner problem={problem} />
      <LabelledField field={how} value={values.how} onChange={set('how')} />
      <LabelledField field={colleague} value={values.colleague} onChange={set('colleague')} />
      <LabelledField field={comment} value={values.comment} onChange={set('comment')} />
    </SidePanel>
  )
}
