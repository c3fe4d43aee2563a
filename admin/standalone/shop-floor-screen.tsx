'use client'

import Link from 'next/link'
import { useCallback, useEffect, useState } from 'react'
import type { PageView } from '../../plugins/core/pages/page-view.ts'
import { useCrumb } from '../frame/crumbs.tsx'
import { IconButton } from '../kit/button.tsx'
import { Icon } from '../kit/icon.tsx'
import { useText } from '../kit/kit-context.tsx'
import { SectionText } from '../kit/section-text.tsx'
import { pageTexts } from '../locales/page-texts.ts'
import { beep } from './beep.ts'
import { EntryList } from './entry-list.tsx'
import { keepPage } from './keep-page.ts'
import { ScanBox } from './scan-box.tsx'
import { useEntries } from './use-entries.ts'
import { useScanning } from './use-scanning.ts'
import styles from './shop-floor.module.css'

/** The whole screen for one task: scan after scan, without a mouse, also while there is no connection. */
export function ShopFloorScreen({ view }: { readonly view: PageView }) {
  const say = useText()
  useCrumb(view.title)
  const [hasSound, setSound] = useState(true)
  const entries = useEntries(view.slug, { onAnswer: useCallback((isStored: boolean) => { if (!isStored && hasSound) beep(false) }, [hasSound]) })
  const isOffline = entries.connection === 'offline'
  const scanning = useScanning(view, { mayAsk: !isOffline, onSubmit: (data, told, files) => void entries.add(data, told, files) })
  const { asked, current, texts, signal, done } = scanning
  const [isKept, setKept] = useState(false)
  useEffect(() => { void keepPage(window.location.pathname).then(setKept, () => { /* Without it the page needs a connection to be opened. */ }) }, [])
  useEffect(() => { if (signal && hasSound) beep(signal.isRight) }, [signal])
  return (
    <div className={styles.screen} role="dialog" aria-modal="true" aria-label={say(view.title)}>
      <header className={styles.head}>
        <Link href="/admin" prefetch={false} className={styles.leave} aria-label={say(pageTexts.leave)} title={say(pageTexts.leave)}><Icon name="close" size={20} /></Link>
        <h1>{say(view.title)}</h1>
        <span className={styles.connection} data-state={entries.connection} data-kept={isKept || undefined} title={say(isKept ? pageTexts.opensOffline : pageTexts.opensOnline)} role="status">{say(isOffline ? pageTexts.offlineNow : entries.connection === 'signedOut' ? pageTexts.signedOut : pageTexts.online)}{entries.waiting > 0 ? ` · ${say(entries.waiting === 1 ? pageTexts.keptOne : pageTexts.keptMany, { count: entries.waiting })}` : ''}</span>
        <label className={styles.sound}><input type="checkbox" checked={hasSound} onChange={(event) => setSound(event.target.checked)} /> {say(pageTexts.sound)}</label>
        <IconButton icon="refresh" label={say(pageTexts.startOver)} onClick={scanning.startOver} />
      </header>
      <div className={styles.body}>
        <section className={styles.task}>
          {view.intro ? <p className={styles.intro}>{say(view.intro)}</p> : null}
          {texts.map((field) => <SectionText key={field.name} field={field} />)}
          {current ? <ScanBox key={current.name} field={current} preset={current.type === 'boolean' ? '' : scanning.told(current)} signal={signal} onScan={scanning.accept} onFile={(file) => scanning.acceptFile(current, file)} /> : null}
          <ol className={styles.fields}>
            {asked.map((field) => (
              <li key={field.name} data-current={field.name === current?.name || undefined} data-done={done.has(field.name) || undefined}>
                <button type="button" onClick={() => scanning.choose(field.name)}>
                  <span className={styles.sign}>{done.has(field.name) ? <Icon name="check" /> : null}</span>
                  <span>{say(field.label)}{field.required ? ' *' : ''}</span>
                  <strong>{done.has(field.name) ? scanning.told(field) || '—' : ''}</strong>
                </button>
              </li>
            ))}
          </ol>
        </section>
        <section className={styles.side} aria-label={say(pageTexts.entries)}>
          <h2>{say(pageTexts.entries)}</h2>
          {entries.keepsNothing ? <p className={styles.warning}>{say(pageTexts.noStorage)}</p> : null}
          <EntryList entries={entries.entries} onAgain={(key) => void entries.again(key)} onRemove={(key) => void entries.remove(key)} />
        </section>
      </div>
    </div>
  )
}
