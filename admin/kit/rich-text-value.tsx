'use client'

import { createElement, type ReactNode } from 'react'
import { isSafeHref, type RichNode, type RichText } from '../../config/language/rich-text.ts'
import styles from './rich-text.module.css'

/** A text with headings and lists as it is read: elements made of its nodes, never of HTML. Its headings stand below those of the page. */
export function RichTextShown({ value }: { readonly value: RichText }) {
  return <div className={styles.text}>{(value.content ?? []).map((node, index) => <Node key={index} node={node} />)}</div>
}

function Node({ node }: { readonly node: RichNode }): ReactNode {
  const inner = (node.content ?? []).map((child, index) => <Node key={index} node={child} />)
  switch (node.type) {
    case 'paragraph': return <p>{inner}</p>
    case 'heading': return createElement(`h${(node.attrs?.level ?? 1) + 2}`, { 'data-level': node.attrs?.level }, inner)
    case 'bulletList': return <ul>{inner}</ul>
    case 'orderedList': return <ol start={node.attrs?.start}>{inner}</ol>
    case 'listItem': return <li>{inner}</li>
    case 'blockquote': return <blockquote>{inner}</blockquote>
    case 'hardBreak': return <br />
    case 'text': return (node.marks ?? []).toReversed().reduce<ReactNode>((words, mark) => (
      mark.type === 'link' ? (isSafeHref(mark.attrs.href) ? <a href={mark.attrs.href} target="_blank" rel="noreferrer noopener">{words}</a> : words)
        : mark.type === 'bold' ? <strong>{words}</strong> : <em>{words}</em>
    ), node.text)
    default: return null
  }
}
