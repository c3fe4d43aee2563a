'use client'

import { useState } from 'react'
import type { CommandResult } from '../../plugins/core/commands/run-command.ts'
import type { OperationView } from '../../plugins/core/views/entity-view.ts'
import type { ListQuery } from '../../plugins/core/views/list-query.ts'
import type { ListView } from '../../plugins/core/views/list-view.ts'
import { Button, ButtonLink } from '../kit/button.tsx'
import { InputPanel } from '../kit/input-panel.tsx'
import { inSentence, useKit, useText } from '../kit/kit-context.tsx'
import { ShownOnce } from '../kit/shown-once.tsx'
import { designerTexts } from '../locales/designer-texts.ts'
import { importTexts } from '../locales/import-texts.ts'
import { listTexts } from '../locales/list-texts.ts'
import { processTexts } from '../locales/running-texts.ts'
import { structureTexts } from '../locales/structure-texts.ts'
import { notify } from '../kit/notify.ts'
import { ExportMenu } from './export-menu.tsx'
import styles from './list.module.css'

/** Name and size of the list; what can be done with the entity as a whole. */
export function ListHeader({ view, query, reload }: { readonly view: ListView; readonly query: ListQuery; readonly reload: () => Promise<void> }) {
  const say = useText()
  const { language } = useKit()
  const { entity } = view
  const [operation, setOperation] = useState<OperationView | null>(null)
  const [made, setMade] = useState<{ readonly title: string; readonly text: string; readonly value: string } | null>(null)
  return (
    <header className={styles.header}>
      <h1>{say(entity.labels)}</h1>
      <span className={styles.total}>{say(listTexts.count, { count: view.total })}</span>
      <div className={styles.actions}>
        {entity.operations.filter(({ reads }) => !reads).map((one) => <Button key={one.name} icon="play" onClick={() => setOperation(one)} {...(one.help ? { title: say(one.help) } : {})}>{say(one.label)}</Button>)}
        {entity.operations.some(({ name }) => name === 'explode') ? <ButtonLink icon="graph" href="/admin/structure">{say(structureTexts.title)}</ButtonLink> : null}
        {entity.rights.design ? <ButtonLink icon="graph" href={`/admin/configuration/${entity.slug}/workflow`}>{say(designerTexts.workflow)}</ButtonLink> : null}
        {entity.states.length > 0 ? <ButtonLink icon="chart" href={`/admin/process/${entity.slug}`}>{say(processTexts.open)}</ButtonLink> : null}
        {entity.rights.export ? <ExportMenu view={view} query={query} /> : null}
        {entity.rights.import ? <ButtonLink icon="upload" href={`/admin/imports/new?entity=${entity.slug}`}>{say(importTexts.begin)}</ButtonLink> : null}
        {entity.rights.create ? <ButtonLink look="primary" icon="plus" href={`/admin/collections/${entity.slug}/create`}>{say(listTexts.create, { what: inSentence(say(entity.label), language) })}</ButtonLink> : null}
      </div>
      {operation ? (
        <InputPanel
          title={say(operation.label)} text={operation.help ? say(operation.help) : ''} action={say(listTexts.run)} fields={operation.input}
          path={`/api/${entity.slug}/operations/${operation.name}`} onClose={() => setOperation(null)}
          onDone={(result: CommandResult) => {
            setOperation(null)
            const text = result.message ? say(result.message) : say(listTexts.done)
            if (result.once === undefined) notify(text)
            else setMade({ title: say(operation.label), text, value: result.once })
            void reload()
          }}
        />
      ) : null}
      {made ? <ShownOnce {...made} onClose={() => setMade(null)} /> : null}
    </header>
  )
}
