'use client'

import Link from 'next/link'
import { useRouter } from 'next/navigation'
import type { Text } from '../../config/language/text.ts'
import { useCrumb } from '../frame/crumbs.tsx'
import { Button } from '../kit/button.tsx'
import { downloadFrom } from '../kit/download.ts'
import { inSentence, useKit, useText } from '../kit/kit-context.tsx'
import { BannerActions, Banner, ErrorBanner, Panel } from '../kit/surfaces.tsx'
import { importTexts } from '../locales/import-texts.ts'
import { sizeText } from '../operations/sizes.ts'
import { DropZone } from './drop-zone.tsx'
import { ImportSteps } from './import-steps.tsx'
import { ProgressBar } from './progress-bar.tsx'
import { useUpload } from './use-upload.ts'
import styles from './imports.module.css'

type Importable = { readonly slug: string; readonly label: Text }

/** Step 1: the file. It is uploaded in parts; an interrupted upload goes on where it was. */
export function NewImportScreen({ entity, entities, limitBytes }: { readonly entity: Importable | null; readonly entities: readonly Importable[]; readonly limitBytes: number }) {
  const say = useText()
  const { language } = useKit()
  const title = entity ? { en: importTexts.importInto.en.replace('{what}', inSentence(entity.label.en, 'en')), zh: importTexts.importInto.zh.replace('{what}', entity.label.zh) } : importTexts.begin
  useCrumb(title)
  return (
    <div className={styles.screen}>
      <header className={styles.head}><div><h1>{say(title)}</h1></div></header>
      {entity ? <><ImportSteps current={1} /><FileStep entity={entity} limitBytes={limitBytes} /></> : (
        <Panel title={say(importTexts.chooseList)}>
          <ul className={styles.lists}>{entities.map(({ slug, label }) => <li key={slug}><Link href={`/admin/imports/new?entity=${slug}`} prefetch={false}>{language === 'en' ? label.en : label.zh}</Link></li>)}</ul>
        </Panel>
      )}
    </div>
  )
}

function FileStep({ entity, limitBytes }: { readonly entity: Importable; readonly limitBytes: number }) {
  const say = useText()
  const router = useRouter()
  const { begun, running, problem, begin, stop, goOn, forget } = useUpload(entity.slug, (id) => router.push(`/admin/imports/${id}`))
  return (
    <div className={styles.columns}>
      <div className={styles.main}>
        <ErrorBanner problem={problem} />
        {running ? (
          <Panel title={say(importTexts.uploading, { name: running.name })} actions={<Button small onClick={stop}>{say(importTexts.stopUpload)}</Button>}>
            <ProgressBar value={running.size === 0 ? null : running.sent / running.size} label={say(importTexts.uploading, { name: running.name })} />
            <p className={styles.under} role="status">{say(importTexts.uploaded, { sent: sizeText(running.sent), total: sizeText(running.size) })}</p>
          </Panel>
        ) : null}
        {begun && !running ? (
          <Banner tone="waiting">
            {begun.sent >= begun.size ? say(importTexts.waitingFile, { name: begun.name }) : say(importTexts.interrupted, { name: begun.name, percent: Math.floor((begun.sent / begun.size) * 100) })}
            <BannerActions>
              {begun.sent >= begun.size ? <Button small look="primary" onClick={goOn}>{say(importTexts.goOn)}</Button> : null}
              <Button small onClick={forget}>{say(importTexts.forget)}</Button>
            </BannerActions>
          </Banner>
        ) : null}
        {running ? null : <DropZone disabled={false} limitBytes={limitBytes} onFile={begin} />}
      </div>
      <aside className={styles.aside}>
        <Panel title={say(importTexts.howTitle)}>
          <ol className={styles.how}>{[importTexts.how1, importTexts.how2, importTexts.how3, importTexts.how4].map((text) => <li key={text.en}>{say(text)}</li>)}</ol>
        </Panel>
        <Panel title={say(importTexts.templateTitle)}>
          <p className={styles.under}>{say(importTexts.templateText)}</p>
          <div className={styles.buttons}>
            {(['xlsx', 'csv'] as const).map((format) => (
              <Button key={format} small icon="download" onClick={() => downloadFrom(`/api/imports/template?entity=${entity.slug}&format=${format}`)}>{say(importTexts.template, { format: format.toUpperCase() })}</Button>
            ))}
          </div>
        </Panel>
      </aside>
    </div>
  )
}
