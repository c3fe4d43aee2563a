'use client'

import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { required, select, text } from '../../config/language/fields.ts'
import type { ConfigurationView } from '../../plugins/core/configuration/configuration-view.ts'
import { useCommand } from '../kit/api.ts'
import { Button } from '../kit/button.tsx'
import { LabelledField } from '../kit/field-input.tsx'
import { useText } from '../kit/kit-context.tsx'
import { SidePanel } from '../kit/side-panel.tsx'
import { ErrorBanner, Panel } from '../kit/surfaces.tsx'
import { configurationTexts } from '../locales/configuration-texts.ts'
import { pageDesignTexts } from '../locales/page-design-texts.ts'
import { kitTexts } from '../locales/texts.ts'
import { pageKinds } from './page-settings.tsx'
import styles from './configuration.module.css'

/** The pages of the firm, and the way to a new one. */
export function PagesPanel({ view }: { readonly view: ConfigurationView }) {
  const say = useText()
  const [isNew, setNew] = useState(false)
  const columns = [pageDesignTexts.page, pageDesignTexts.makes, pageDesignTexts.kind, configurationTexts.draft]
  return (
    <Panel flush={view.pages.length > 0} title={say(pageDesignTexts.pages)} actions={view.mayEdit ? <Button small icon="plus" onClick={() => setNew(true)}>{say(pageDesignTexts.newPage)}</Button> : undefined}>
      {view.pages.length === 0 ? <p className={styles.note}>{say(pageDesignTexts.none)} {say(pageDesignTexts.pagesText)}</p> : (
        <table className={`${styles.table} ${styles.forms}`}>
          <thead><tr>{columns.map((column) => <th key={column.en} scope="col">{say(column)}</th>)}</tr></thead>
          <tbody>
            {view.pages.map(({ slug, title, kind, entity, draft, retired, isPublished }) => {
              const known = pageKinds.find(({ value }) => value === kind)
              return (
                <tr key={slug}>
                  <th scope="row"><Link href={`/admin/configuration/pages/${slug}`} prefetch={false}>{say(title)}</Link></th>
                  <td>{say(entity)}</td>
                  <td className={styles.faint}>{known ? say(known.label) : '—'}{retired ? ` · ${say(pageDesignTexts.retired)}` : ''}</td>
                  <td>{draft ? <span className={styles.change} data-kind={isPublished ? 'changed' : 'added'}>{draft.by}</span> : null}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
      {isNew ? <NewPage taken={new Set(view.pages.map(({ slug }) => slug))} onClose={() => setNew(false)} /> : null}
    </Panel>
  )
}

/** Begins a page as a draft, and goes on to what it asks for. */
function NewPage({ taken, onClose }: { readonly taken: ReadonlySet<string>; readonly onClose: () => void }) {
  const say = useText()
  const router = useRouter()
  const { run, busy, problem } = useCommand()
  const [title, setTitle] = useState({ en: '', zh: '' })
  const [kind, setKind] = useState('public')
  const [typed, setTyped] = useState<string | null>(null)
  const slug = typed ?? slugOf(title.en)
  const begin = async () => {
    const page = { kind, title, thanks: pageDesignTexts.thanksStart }
    if (await run(`/api/configuration/pages/${encodeURIComponent(slug)}`, { method: 'PUT', body: { page, expectedVersion: 0 } })) router.push(`/admin/configuration/pages/${slug}`)
  }
  const isReady = slug !== '' && !taken.has(slug) && title.en.trim() !== '' && title.zh.trim() !== ''
  return (
    <SidePanel
      title={say(pageDesignTexts.newPage)} onClose={onClose} onSubmit={() => { if (isReady) void begin() }}
      foot={<><Button onClick={onClose}>{say(kitTexts.cancel)}</Button><Button type="submit" look="primary" busy={busy} disabled={!isReady}>{say(configurationTexts.done)}</Button></>}
    >
      <ErrorBanner problem={problem} />
      <LabelledField field={text('titleEn', pageDesignTexts.titleEn, required)} value={title.en} onChange={(en) => setTitle((old) => ({ ...old, en: String(en) }))} />
      <LabelledField field={text('titleZh', pageDesignTexts.titleZh, required)} value={title.zh} onChange={(zh) => setTitle((old) => ({ ...old, zh: String(zh) }))} />
      <LabelledField field={select('kind', pageDesignTexts.kind, { ...required, options: pageKinds })} value={kind} onChange={(value) => setKind(String(value))} />
      <LabelledField field={text('address', pageDesignTexts.address, { ...required, help: pageDesignTexts.addressHelp })} value={slug} onChange={(value) => setTyped(String(value).toLowerCase())} />
    </SidePanel>
  )
}

const slugOf = (title: string): string => title.normalize('NFKD').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^[^a-z]+|-+$/g, '').slice(0, 50).replace(/-+$/, '')
