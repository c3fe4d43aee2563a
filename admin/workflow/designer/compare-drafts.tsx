'use client'

import { useMemo, useState } from 'react'
import { useText } from '../../kit/kit-context.tsx'
import { designerTexts } from '../../locales/designer-texts.ts'
import { DesignerCanvas } from './designer-canvas.tsx'
import { draftFrom } from './draft.ts'
import { diffDrafts } from './draft-diff.ts'
import { Choice } from './kept-inputs.tsx'
import type { Designing } from './use-designing.ts'
import styles from './designer.module.css'

type Version = 'shipped' | 'published' | 'draft'

/** Two versions side by side in colours, with a list of what differs. */
export function CompareDrafts({ designing }: { readonly designing: Designing }) {
  const say = useText()
  const { definition, view } = designing
  const versions: readonly Version[] = [...(view.shipped ? ['shipped' as const] : []), 'published', 'draft']
  const [from, setFrom] = useState<Version>('published')
  const [to, setTo] = useState<Version>('draft')
  const of = useMemo(() => {
    const about = { entity: view.entity, label: view.label }
    return { shipped: draftFrom(view.shipped, about), published: draftFrom(view.published, about), draft: definition }
  }, [view, definition])
  const diff = useMemo(() => diffDrafts(of[from], of[to]), [of, from, to])
  const [before, after] = [useMemo(() => ({ changes: diff.before }), [diff]), useMemo(() => ({ changes: diff.after }), [diff])]
  const options = versions.map((value) => ({ value, label: say(designerTexts[value]) }))
  const kinds = { state: designerTexts.state, arrow: designerTexts.arrow, event: designerTexts.event, workflow: designerTexts.workflow } as const
  return (
    <div className={styles.compare}>
      <section aria-label={say(designerTexts.before)}>
        <Choice label={say(designerTexts.before)} value={from} options={options} onChoose={(one) => setFrom(one as Version)} />
        <DesignerCanvas isOverview definition={of[from]} label={say(designerTexts.before)} marks={before} />
      </section>
      <section aria-label={say(designerTexts.after)}>
        <Choice label={say(designerTexts.after)} value={to} options={options} onChoose={(one) => setTo(one as Version)} />
        <DesignerCanvas isOverview definition={of[to]} label={say(designerTexts.after)} marks={after} />
      </section>
      <section aria-label={say(designerTexts.differs)} className={styles.differences}>
        <h2>{say(designerTexts.differs)}</h2>
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
