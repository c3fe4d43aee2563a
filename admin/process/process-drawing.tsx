'use client'

import { useId, useMemo, type KeyboardEvent } from 'react'
import type { ProcessView } from '../../plugins/core/process/process-view.ts'
import { formatLength } from '../kit/format.ts'
import { placeGraph, smoothPath, textWidth, type Direction } from '../kit/graph-layout.ts'
import { useKit, useText } from '../kit/kit-context.tsx'
import { processTexts } from '../locales/running-texts.ts'
import { mapOf, startId, type MapLine, type MapNode } from './process-map.ts'
import styles from './process.module.css'

const lineHeight = 16
const nodeHeight = 50

type Props = { readonly view: ProcessView; readonly width: number; readonly onOpen: (line: MapLine) => void }

/** What happened over what is drawn: arrows as thick as they are often, each number a button that opens its documents. */
export function ProcessDrawing({ view, width, onOpen }: Props) {
  const say = useText()
  const { language } = useKit()
  const id = useId()
  const { nodes, edges } = useMemo(() => mapOf(view), [view])
  const most = Math.max(1, ...edges.map(({ count }) => count))
  const placed = useMemo(() => {
    const textOf = ({ label, count, median }: MapLine) => `${say(label)}${count > 0 ? ` ${count}×${median === null ? '' : ` · ${formatLength(median, language)}`}` : ''}`
    const place = (direction: Direction) => placeGraph({
      direction, gap: 30, step: 30,
      nodes: [
        ...(edges.some(({ from }) => from === startId) ? [{ id: startId, width: 18, height: 18 }] : []),
        ...nodes.map((node) => ({ id: node.id, width: Math.max(100, Math.round(Math.max(textWidth(say(node.label), 13), textWidth(underOf(node, language), 12))) + 28), height: nodeHeight })),
      ],
      edges: edges.map((edge) => ({ id: edge.id, from: edge.from, to: edge.to, width: Math.max(...edge.lines.map((line) => textWidth(textOf(line), 12))) + 14, height: edge.lines.length * lineHeight + 6 })),
    })
    const right = place('LR')
    return { ...(right.width <= width ? right : place('TB')), textOf }
  }, [nodes, edges, width, say, language])
  const start = placed.nodes.get(startId)
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label={say(processTexts.map)}>
      <svg className={styles.drawing} viewBox={`0 0 ${placed.width} ${placed.height}`} width={placed.width} height={placed.height} role="group" aria-label={say(processTexts.title, { what: say(view.entity.labels) })}>
        <defs>
          {(['headTaken', 'headDeviation', 'headFaint'] as const).map((name) => (
            <marker key={name} id={`${id}${name}`} viewBox="0 0 8 8" refX="7" refY="4" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto"><path className={styles[name]} d="M0 0.6 7.4 4 0 7.4z" /></marker>
          ))}
        </defs>
        {edges.map((edge) => {
          const way = placed.edges.get(edge.id)
          if (!way) return null
          const kind = edge.count === 0 ? 'headFaint' : edge.isDeviation ? 'headDeviation' : 'headTaken'
          return <path key={edge.id} className={styles.way} data-kind={kind} d={smoothPath(way.points)} markerEnd={`url(#${id}${kind})`} strokeWidth={edge.count === 0 ? 1 : 1.4 + 5 * Math.sqrt(edge.count / most)} strokeDasharray={edge.isDeviation ? '6 4' : undefined} />
        })}
        {start ? <circle className={styles.start} cx={start.x + 9} cy={start.y + 9} r={7}><title>{say(processTexts.start)}</title></circle> : null}
        {nodes.map((node) => {
          const at = placed.nodes.get(node.id)
          return at ? (
            <g key={node.id} className={styles.state} data-tone={node.tone} data-known={node.known}>
              <rect x={at.x} y={at.y} width={at.width} height={at.height} rx={node.isEnd ? 18 : 8} strokeDasharray={node.known ? undefined : '5 4'} />
              <text x={at.x + at.width / 2} y={at.y + 18} textAnchor="middle" dominantBaseline="central">{say(node.label)}</text>
              <text className={styles.under} x={at.x + at.width / 2} y={at.y + 35} textAnchor="middle" dominantBaseline="central">{underOf(node, language)}</text>
            </g>
          ) : null
        })}
        {edges.map((edge) => {
          const way = placed.edges.get(edge.id)
          if (!way) return null
          const top = way.label.y - (edge.lines.length * lineHeight) / 2
          return edge.lines.map((line, index) => {
            const text = placed.textOf(line)
            const place = { x: way.label.x, y: top + index * lineHeight + lineHeight / 2, textAnchor: 'middle', dominantBaseline: 'central' } as const
            if (line.ways.length === 0) return <text key={`${edge.id}${index}`} className={styles.label} data-kind="faint" {...place}>{text}</text>
            const open = () => onOpen(line)
            const byKey = (event: KeyboardEvent) => { if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); open() } }
            return (
              <text key={`${edge.id}${index}`} className={styles.label} data-kind={line.isDeviation ? 'deviation' : 'taken'} {...place} role="button" tabIndex={0} aria-label={say(processTexts.showDocuments, { what: text })} onClick={open} onKeyDown={byKey}>{text}</text>
            )
          })
        })}
      </svg>
    </div>
  )
}

const underOf = ({ figures }: MapNode, language: 'en' | 'zh') => (figures ? `${figures.visits}×${figures.median === null ? '' : ` · ${formatLength(figures.median, language)}`}` : '–')
