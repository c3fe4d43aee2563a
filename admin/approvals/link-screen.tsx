'use client'

import { useEffect, useRef, useState } from 'react'
import type { Language, Text } from '../../config/language/text.ts'
import type { LinkView } from '../../plugins/core/approvals/link.ts'
import type { FirmView } from '../../plugins/core/views/firm-view.ts'
import { useCommand } from '../kit/api.ts'
import { Button, ButtonLink } from '../kit/button.tsx'
import { Icon } from '../kit/icon.tsx'
import { KitProvider, speak, useText } from '../kit/kit-context.tsx'
import { FieldValue, Moment, Money } from '../kit/values.tsx'
import { approvalTexts } from '../locales/approval-texts.ts'
import { pageTexts } from '../locales/page-texts.ts'
import pages from '../standalone/pages.module.css'
import { DecisionForm, type Chosen } from './decision-form.tsx'
import { LinkLines } from './link-lines.tsx'
import styles from './approvals.module.css'

type Props = { readonly view: LinkView | null; readonly closed: Text | null; readonly link: string; readonly firm: FirmView; readonly initial: Language }

/** The page of an email link: what is approved, and the decision, for who is signed in or not. `closed`: why it decides nothing. */
export function LinkScreen({ view, closed, link, firm, initial }: Props) {
  const [language, setLanguage] = useState(initial)
  useEffect(() => {
    document.documentElement.lang = language
    document.title = approvalTexts.linkTitle[language]
  }, [language])
  return (
    <KitProvider language={language} firm={firm} user={null}>
      <div className={pages.public}>
        <header className={pages.bar}>
          <strong>{language === 'zh' ? firm.nameZh : firm.name}</strong>
          <Button look="ghost" small lang={language === 'zh' ? 'en' : 'zh'} aria-label={speak(pageTexts.switchLanguage, language)} onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}>{speak(pageTexts.language, language)}</Button>
        </header>
        <main className={pages.card}>{view ? <Asked view={view} link={link} /> : <Closed text={closed} />}</main>
      </div>
    </KitProvider>
  )
}

function Closed({ text }: { readonly text: Text | null }) {
  const say = useText()
  return <><h1>{say(approvalTexts.linkClosed)}</h1>{text ? <p>{say(text)}</p> : null}<div><ButtonLink href="/admin/approvals">{say(approvalTexts.signIn)}</ButtonLink></div></>
}

const doneTexts = { approve: approvalTexts.linkApproved, reject: approvalTexts.linkRejected, return: approvalTexts.linkReturned } as const

function Asked({ view, link }: { readonly view: LinkView; readonly link: string }) {
  const say = useText()
  const { busy, problem, run } = useCommand()
  const [done, setDone] = useState<Chosen['decision'] | null>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => { if (done) heading.current?.focus() }, [done])
  const decide = async ({ decision, comment }: Chosen) => {
    const answer = await run(`/api/a/${encodeURIComponent(link)}`, { method: 'POST', body: { decision, ...(comment ? { comment } : {}) } })
    if (answer) setDone(decision)
  }
  const name = `${say(view.entity)} ${view.title.title}`
  if (done) {
    return (
      <div className={pages.thanks} role="status">
        <span className={pages.done}><Icon name={done === 'approve' ? 'check' : 'undo'} size={28} /></span>
        <h1 ref={heading} tabIndex={-1}>{name}</h1>
        <p>{say(doneTexts[done])}</p>
      </div>
    )
  }
  return (
    <>
      <h1>{name}</h1>
      <p className={pages.intro}>{say(approvalTexts.linkAsks, { submitter: view.submitter, approver: view.approver })} {say(view.step)} · <Moment value={view.at} exact /></p>
      {view.amount === null ? null : <p className={styles.amount}><Money value={view.amount} /></p>}
      <section aria-label={say(approvalTexts.linkContent)}>
        <dl className={styles.values}>
          {view.content.fields.map(({ field, value }) => <div key={field.name}><dt>{say(field.label)}</dt><dd><FieldValue field={field} value={value} titles={{}} /></dd></div>)}
        </dl>
      </section>
      {view.content.lines ? <LinkLines lines={view.content.lines} /> : null}
      <DecisionForm busy={busy} problem={problem} returns={{ toSubmitter: view.mayReturn, steps: [] }} submitter={view.submitter} onDecide={(chosen) => void decide(chosen)} />
      <p className={styles.note}>{say(approvalTexts.linkOnce)}</p>
    </>
  )
}
