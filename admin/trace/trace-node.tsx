'use client'

import { Handle, Position, type Node, type NodeProps } from '@xyflow/react'
import Link from 'next/link'
import type { TraceNode } from '../../plugins/core/trace/trace.ts'
import type { Direction } from '../kit/graph-layout.ts'
import { Icon } from '../kit/icon.tsx'
import { useText } from '../kit/kit-context.tsx'
import { DateText, Money, StateChip } from '../kit/values.tsx'
import { pictureTexts } from '../locales/picture-texts.ts'
import styles from './trace.module.css'

export type DocumentNode = Node<{ readonly document: TraceNode; readonly isCurrent: boolean; readonly direction: Direction }, 'document'>

/** A document of the trace: what it is, its number, where it stands, when and how much. A link, so that Tab reaches it. */
export function DocumentNodeBox({ data: { document, isCurrent, direction } }: NodeProps<DocumentNode>) {
  const [into, out] = direction === 'LR' ? [Position.Left, Position.Right] : [Position.Top, Position.Bottom]
  return (
    <>
      <Handle type="target" position={into} className={styles.handle} isConnectable={false} />
      {document.redacted ? <Redacted document={document} /> : <Readable document={document} isCurrent={isCurrent} />}
      <Handle type="source" position={out} className={styles.handle} isConnectable={false} />
    </>
  )
}

function Readable({ document, isCurrent }: { readonly document: TraceNode; readonly isCurrent: boolean }) {
  const say = useText()
  return (
    <Link
      href={`/admin/collections/${document.entity}/${encodeURIComponent(document.id)}`} prefetch={false} draggable={false}
      className={`${styles.node} nodrag`} data-tone={document.tone ?? 'neutral'} aria-current={isCurrent ? 'true' : undefined} title={isCurrent ? say(pictureTexts.here) : undefined}
    >
      <span className={styles.nodeLine}><span className={styles.nodeType}>{say(document.label)}</span>{document.amount ? <Money value={document.amount} /> : null}</span>
      <span className={styles.nodeLine}><strong>{document.number ?? say(pictureTexts.draft)}</strong>{document.date ? <DateText value={document.date} /> : null}</span>
      <span className={styles.nodeFoot}>{document.stateLabel ? <StateChip label={document.stateLabel} tone={document.tone ?? 'neutral'} /> : null}</span>
    </Link>
  )
}

function Redacted({ document }: { readonly document: TraceNode }) {
  const say = useText()
  return (
    <div className={styles.node} data-redacted="true">
      <span className={styles.nodeType}>{say(document.label)}</span>
      <strong aria-hidden="true">•••</strong>
      <span className={styles.nodeFoot}><Icon name="shield" size={12} /> {say(pictureTexts.redacted)}</span>
    </div>
  )
}
