'use client'

import { useEffect, useMemo, useRef, useState } from 'react'
import type { Language, Text } from '../../config/language/text.ts'
import { leastOpenMilliseconds } from '../../plugins/core/pages/page-limits.ts'
import type { PageView } from '../../plugins/core/pages/page-view.ts'
import type { FirmView } from '../../plugins/core/views/firm-view.ts'
import { findingsOf } from '../document/findings.ts'
import { asProblem, request, RequestProblem } from '../kit/api.ts'
import { Button } from '../kit/button.tsx'
import { Icon } from '../kit/icon.tsx'
import { KitProvider, speak, useText } from '../kit/kit-context.tsx'
import { UploadDoorProvider } from '../kit/upload-door.tsx'
import { pageTexts } from '../locales/page-texts.ts'
import { PageForm } from './page-form.tsx'
import { publicUploads } from './public-uploads.ts'
import { usePageForm } from './use-page-form.ts'
import styles from './pages.module.css'

type Frame = { readonly firm: FirmView; readonly initial: Language }

/** A page for anyone, in the language of the browser until one switches. `closed`: why it cannot be filled in. */
export function PublicScreen({ view, address, closed, firm, initial }: Frame & { readonly view: PageView | null; readonly address: string; readonly closed: Text | null }) {
  const [language, setLanguage] = useState(initial)
  const title = view ? view.title : pageTexts.closedTitle
  useEffect(() => {
    document.documentElement.lang = language
    document.title = title[language]
  }, [language, title])
  const say = (text: Text) => speak(text, language)
  return (
    <KitProvider language={language} firm={firm} user={null}>
      <div className={styles.public}>
        <header className={styles.bar}>
          <strong>{language === 'zh' ? firm.nameZh : firm.name}</strong>
          <Button look="ghost" small lang={language === 'zh' ? 'en' : 'zh'} aria-label={say(pageTexts.switchLanguage)} onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}>{say(pageTexts.language)}</Button>
        </header>
        <main className={styles.card}>
          {view ? <Filled view={view} address={address} /> : <><h1>{say(title)}</h1>{closed ? <p>{say(closed)}</p> : null}</>}
        </main>
      </div>
    </KitProvider>
  )
}

function Filled({ view, address }: { readonly view: PageView; readonly address: string }) {
  const say = useText()
  const open = usePageForm(view)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<RequestProblem | null>(null)
  const [thanks, setThanks] = useState<Text | null>(null)
  const trap = useRef<HTMLInputElement>(null)
  const stamp = useRef({ text: view.stamp ?? '', at: 0 })
  useEffect(() => { stamp.current.at = performance.now() }, [])
  const path = `/api/f/${encodeURIComponent(address)}`
  const renew = async () => { stamp.current = { text: (await request<PageView>(path)).stamp ?? '', at: performance.now() } }
  const door = useMemo(() => publicUploads(path, { stamp: () => stamp.current.text, renew }), [path])
  const done = useRef<HTMLHeadingElement>(null)
  useEffect(() => { if (thanks) done.current?.focus() }, [thanks])
  /** People are not that fast, but a browser that fills in by itself is. */
  const post = async () => {
    await pause(leastOpenMilliseconds + 100 - (performance.now() - stamp.current.at))
    return request<{ thanks: Text }>(path, { method: 'POST', body: { data: open.data(), stamp: stamp.current.text, replyUrl: trap.current?.value ?? '' } })
  }
  const send = async () => {
    setBusy(true)
    setProblem(null)
    try {
      const answer = await post().catch(async (error: unknown) => {
        if (asProblem(error).code !== 'pageExpired') throw error
        await renew()
        return post()
      })
      setThanks(answer.thanks)
    } catch (error) {
      const found = asProblem(error)
      setProblem(found.code === 'idempotencyMismatch' ? new RequestProblem({ text: pageTexts.received, status: found.status }) : found)
      open.show(findingsOf(found, []).fields)
    } finally {
      setBusy(false)
    }
  }
  if (thanks) {
    return (
      <div className={styles.thanks} role="status">
        <span className={styles.done}><Icon name="check" size={28} /></span>
        <h1 ref={done} tabIndex={-1}>{say(view.title)}</h1>
        <p>{say(thanks)}</p>
        <a className={styles.again} href={`/f/${encodeURIComponent(address)}`}>{say(pageTexts.another)}</a>
      </div>
    )
  }
  return (
    <>
      <h1>{say(view.title)}</h1>
      {view.intro ? <p className={styles.intro}>{say(view.intro)}</p> : null}
      <UploadDoorProvider value={door}>
        <PageForm view={view} open={open} busy={busy} problem={problem} onSend={() => void send()}>
          <label className={styles.trap} aria-hidden="true">{say(pageTexts.leaveEmpty)}<input ref={trap} name="replyUrl" tabIndex={-1} autoComplete="off" defaultValue="" /></label>
        </PageForm>
      </UploadDoorProvider>
    </>
  )
}

const pause = (milliseconds: number) => new Promise<void>((resolve) => { setTimeout(resolve, Math.max(0, milliseconds)) })
