'use client'

import { useMemo, useState } from 'react'
import type { Json } from '../../../config/language/text.ts'
import type { WorkflowVersion } from '../../../plugins/core/configuration/workflows/live-documents.ts'
import { useApi, useCommand } from '../../kit/api.ts'
import { formatMoment } from '../../kit/format.ts'
import { useKit, useText } from '../../kit/kit-context.tsx'
import { ErrorBanner } from '../../kit/surfaces.tsx'
import { designerTexts } from '../../locales/designer-texts.ts'
import { DesignerCanvas } from './designer-canvas.tsx'
import { draftFrom } from './draft.ts'
import { diffDrafts } from './draft-diff.ts'
import { Choice } from './kept-inputs.tsx'
import type { Designing } from './use-designing.ts'
import styles from './designer.module.css'

/** One of those that the designer has at hand, or the hash of a version that ruled once. */
type Version = string

/** Two versions side by side in colours, with a list of what differs. */
export function CompareDrafts({ designing }: { readonly designing: Designing }) {
  const say = useText()
  const { language, firm: { timeZone } } = useKit()
  const { definition, view, conflict } = designing
  const path = `/api/configuration/workflows/${view.entity}/versions`
  const { data: versions } = useApi<readonly WorkflowVersion[]>(view.published === null ? null : path)
  const { problem, run } = useCommand()
  const [read, setRead] = useState<Readonly<Record<string, Json>>>({})
  const [from, setFrom] = useState<Version>(conflict ? 'theirs' : 'published')
  const [to, setTo] = useState<Version>('draft')
  const of = useMemo(() => {
    const about = { entity: view.entity, label: view.label }
    const former = Object.fromEntries(Object.entries(read).map(([hash, body]) => [hash, draftFrom(body, about)]))
    return (version: Version) => former[version] ?? (version === 'theirs' && conflict ? conflict.content : version === 'shipped' ? draftFrom(view.shipped, about) : version === 'published' ? draftFrom(view.published, about) : definition)
  }, [view, definition, read, conflict])
  const choose = (put: (version: Version) => void) => async (version: string) => {
    if (versions?.some(({ hash }) => hash === version) && !(version in read)) {
      const found = await run<Json>(`${path}/${version}`, { method: 'GET' })
      if (found === undefined) return
      setRead((known) => ({ ...known, [version]: found }))
    }
    put(version)
  }
  const diff = useMemo(() => diffDrafts(of(from), of(to)), [of, from, to])
  const [before, after] = [useMemo(() => ({ changes: diff.before }), [diff]), useMemo(() => ({ changes: diff.after }), [diff])]
  const options = [
    ...([...(view.shipped ? ['shipped' as const] : []), 'published', 'draft', ...(conflict ? ['theirs' as const] : [])] as const).map((value) => ({ value, label: say(designerTexts[value === 'draft' && conflict ? 'mine' : value]) })),
    ...(versions ?? []).filter(({ current }) => !current).map(({ hash, version, at }) => ({ value: hash, label: say(designerTexts.formerVersion, { version, at: formatMoment(at, { language, timeZone }) }) })),
  ]
  const kinds = { state: designerTexts.state, arrow: designerTexts.arrow, event: designerTexts.event, workflow: designerTexts.workflow } as const
  return (
    <div className={styles.compare}>
      <section aria-label={say(designerTexts.before)}>
        <Choice label={say(designerTexts.before)} value={from} options={options} onChoose={(one) => void choose(setFrom)(one)} />
        <DesignerCanvas isOverview definition={of(from)} label={say(designerTexts.before)} marks={before} />
      </section>
      <section aria-label={say(designerTexts.after)}>
        <Choice label={say(designerTexts.after)} value={to} options={options} onChoose={(one) => void choose(setTo)(one)} />
        <DesignerCanvas isOverview definition={of(to)} label={say(designerTexts.after)} marks={after} />
      </section>
      <section aria-label={say(designerTexts.differs)} className={styles.differences}>
        <h2>{say(designerTexts.differs)}</h2>
        <ErrorBanner problem={problem} />
        {diff.changes.length === 0 ? <p className={styles.note}>{say(designerTexts.same)}</p> : (
          <ul className={styles.plain}>
            {diff.changes.map(({ kind, what, id, label, properties }) => (
              <li key={`${kind}${what}${id}`}><span className={styles.change} data-change={kind}>{say(designerTexts[kind])}</span> {say(kinds[what])}: {say(label)}{properties.length > 0 ? <span className={styles.faint}> ({properties.join(', ')})</span> : null}</li>
            ))}
          </ul>
        )}
      </section>
    </div>
  )
}
