'use client'

import Link from 'next/link'
import { useRef, useState } from 'react'
import type { PageAnswer } from '../../plugins/core/pages/submit-page.ts'
import type { PageView } from '../../plugins/core/pages/page-view.ts'
import { findingsOf } from '../document/findings.ts'
import { useCrumb } from '../frame/crumbs.tsx'
import { asProblem, newKey, request, type RequestProblem } from '../kit/api.ts'
import { Button } from '../kit/button.tsx'
import { Icon } from '../kit/icon.tsx'
import { useText } from '../kit/kit-context.tsx'
import { useUnsaved } from '../kit/leave-guard.tsx'
import { pageTexts } from '../locales/page-texts.ts'
import { PageForm } from './page-form.tsx'
import { usePageForm } from './use-page-form.ts'
import styles from './pages.module.css'

/** A page for colleagues, with their own rights. */
export function InternalScreen({ view }: { readonly view: PageView }) {
  const say = useText()
  const open = usePageForm(view)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<RequestProblem | null>(null)
  const [answer, setAnswer] = useState<PageAnswer | null>(null)
  const attempt = useRef({ body: '', key: '' })
  useCrumb(view.title)
  useUnsaved(open.form.formState.isDirty && answer === null && !busy)
  const send = async () => {
    setBusy(true)
    setProblem(null)
    try {
      const data = open.data()
      const body = JSON.stringify(data)
      if (attempt.current.body !== body) attempt.current = { body, key: newKey() }
      setAnswer(await request<PageAnswer>(`/api/pages/${view.slug}`, { method: 'POST', body: { data }, key: attempt.current.key }))
      open.reset()
    } catch (error) {
      const found = asProblem(error)
      setProblem(found)
      open.show(findingsOf(found, []).fields)
    } finally {
      setBusy(false)
    }
  }
  const again = () => { attempt.current = { body: '', key: '' }; setAnswer(null) }
  return (
    <div className={styles.page}>
      <h1>{say(view.title)}</h1>
      {view.intro && !answer ? <p className={styles.intro}>{say(view.intro)}</p> : null}
      <div className={styles.box}>
        {answer ? (
          <div className={styles.thanks} role="status">
            <span className={styles.done}><Icon name="check" size={28} /></span>
            <p>{say(answer.thanks)}</p>
            <Button look="primary" autoFocus onClick={again}>{say(pageTexts.another)}</Button>
            {view.readable && answer.id ? <Link className={styles.again} prefetch={false} href={`/admin/collections/${view.readable}/${encodeURIComponent(answer.id)}`}>{say(pageTexts.openRecord)}{answer.number ? ` ${answer.number}` : ''}</Link> : null}
          </div>
        ) : <PageForm view={view} open={open} busy={busy} problem={problem} onSend={() => void send()} />}
      </div>
    </div>
  )
}
