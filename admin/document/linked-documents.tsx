'use client'

import Link from 'next/link'
import type { LinkView } from '../../plugins/core/views/links-view.ts'
import { useText } from '../kit/kit-context.tsx'
import { Panel } from '../kit/surfaces.tsx'
import { StateChip } from '../kit/values.tsx'
import { documentTexts } from '../locales/document-texts.ts'
import styles from './around.module.css'

/** The documents before and after this one. */
export function LinkedDocuments({ links }: { readonly links: readonly LinkView[] }) {
  const say = useText()
  const groups = [{ label: documentTexts.cameFrom, links: links.filter(({ direction }) => direction === 'from') }, { label: documentTexts.ledTo, links: links.filter(({ direction }) => direction === 'to') }]
  return (
    <Panel title={say(documentTexts.links)}>
      {links.length === 0 ? <p className={styles.note}>{say(documentTexts.noLinks)}</p> : null}
      {groups.filter((group) => group.links.length > 0).map((group) => (
        <div key={group.label.en} className={styles.linkGroup}>
          <h3>{say(group.label)}</h3>
          <ul>
            {group.links.map((link) => (
              <li key={`${link.direction}${link.id}`}>
                <span className={styles.linkKind}>{say(link.label)}</span>
                {link.title ? <Link href={`/admin/collections/${link.entity}/${encodeURIComponent(link.id)}`} prefetch={false}>{link.title}</Link> : <span className={styles.note}>{say(documentTexts.hiddenDocument)}</span>}
                {link.state ? <StateChip label={link.state.label} tone={link.state.tone} /> : null}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </Panel>
  )
}
