'use client'

import { useEffect, useState } from 'react'
import { option, select } from '../../config/language/fields.ts'
import type { PageConfigurationView } from '../../plugins/core/pages/page-configuration.ts'
import type { PageDraft } from '../../plugins/core/pages/page-draft.ts'
import { Button } from '../kit/button.tsx'
import { LabelledField } from '../kit/field-input.tsx'
import { useText } from '../kit/kit-context.tsx'
import { notify } from '../kit/notify.ts'
import { ConfirmPanel } from '../kit/side-panel.tsx'
import { Panel } from '../kit/surfaces.tsx'
import { pageDesignTexts } from '../locales/page-design-texts.ts'
import styles from './pages.module.css'

type Props = { readonly view: PageConfigurationView; readonly page: PageDraft; readonly onChange: (page: PageDraft) => void }

/** Where anyone finds the page: at its name, or at an address that cannot be guessed and can be renewed. */
export function PageLink({ view, page, onChange }: Props) {
  const say = useText()
  const [origin, setOrigin] = useState('')
  const [asks, setAsks] = useState(false)
  useEffect(() => setOrigin(window.location.origin), [])
  const number = typeof page.link === 'number' ? page.link : undefined
  const put = (link: number | undefined) => {
    const { link: _, ...rest } = page
    onChange(link === undefined ? rest : { ...rest, link })
  }
  const url = view.path && view.published?.kind === 'public' ? `${origin}${view.path}` : null
  const isChanged = url !== null && view.published?.link !== page.link
  const options = [option('open', { en: pageDesignTexts.openLink.en.replace('{slug}', view.slug), zh: pageDesignTexts.openLink.zh.replace('{slug}', view.slug) }), option('secret', pageDesignTexts.secretLink)]
  return (
    <Panel title={say(pageDesignTexts.link)} actions={number !== undefined && view.mayEdit ? <Button small icon="refresh" onClick={() => setAsks(true)}>{say(pageDesignTexts.renew)}</Button> : undefined}>
      <div className={styles.link}>
        <LabelledField field={select('link', pageDesignTexts.kind, { required: true, options })} hideLabel label={say(pageDesignTexts.link)} value={number === undefined ? 'open' : 'secret'} onChange={(value) => put(value === 'secret' ? (view.published?.link ?? 0) + 1 : undefined)} />
        {url ? <><code className={styles.url}>{url}</code><Button icon="copy" onClick={() => { void navigator.clipboard.writeText(url).then(() => notify(say(pageDesignTexts.copied))) }}>{say(pageDesignTexts.copyLink)}</Button></> : null}
      </div>
      <p className={styles.note}>{url === null ? say(pageDesignTexts.notYet) : isChanged ? say(pageDesignTexts.afterPublishing) : ''}</p>
      {asks ? <ConfirmPanel title={say(pageDesignTexts.renew)} text={say(pageDesignTexts.renewText)} action={say(pageDesignTexts.renew)} onClose={() => setAsks(false)} onConfirm={() => { setAsks(false); put((number ?? 0) + 1) }} /> : null}
    </Panel>
  )
}
