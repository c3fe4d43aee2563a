'use client'

import { useId, useMemo } from 'react'
import type { WorkflowArrow, WorkflowPicture } from '../../plugins/core/api/workflows.ts'
import { smoothPath } from '../kit/graph-layout.ts'
import { useText } from '../kit/kit-context.tsx'
import { pictureTexts } from '../locales/picture-texts.ts'
import { arrowKey, bundlesOf, lineHeight, placeChart, placesOf, takenOf, type PathStep } from './chart-layout.ts'
import styles from './statechart.module.css'

type Props = { readonly picture: WorkflowPicture; readonly state: string | null; readonly history: readonly PathStep[]; readonly width: number }

/** States as boxes in the colour of their tone, steps as arrows; bold is the way taken. It runs to the right where that fits in `width`, else downwards. */
export function StatechartDrawing({ picture, state, history, width }: Props) {
  const say = useText()
  const id = useId()
  const bundles = useMemo(() => bundlesOf(picture), [picture])
  const placed = useMemo(() => {
    const right = placeChart({ picture, bundles, direction: 'LR', say })
    return right.width <= width ? right : placeChart({ picture, bundles, direction: 'TB', say })
  }, [picture, bundles, width, say])
  const here = placesOf(state)
  const taken = takenOf(history)
  const wasTaken = (arrow: WorkflowArrow) => taken.arrows.has(arrowKey(arrow))
  const standing = picture.nodes.filter((node) => here.has(node.id)).map(({ label }) => say(label)).join(', ')
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label={say(pictureTexts.statechart)}>
      <svg
        className={styles.drawing} viewBox={`0 0 ${placed.width} ${placed.height}`} width={placed.width} height={placed.height} role="img"
        aria-label={`${say(picture.label)}${standing ? `: ${standing}` : ''}`}
      >
        <defs>
          <Arrowhead id={`${id}a`} className={styles.head} />
          <Arrowhead id={`${id}t`} className={styles.headTaken} />
        </defs>
        {bundles.map((bundle) => {
          const way = placed.edges.get(bundle.id)
          if (!way) return null
          const isTaken = bundle.arrows.some(wasTaken)
          const isNext = here.has(bundle.from)
          const top = way.label.y - (bundle.arrows.length * lineHeight) / 2
          return (
            <g key={bundle.id} data-taken={isTaken} data-next={isNext} className={styles.step}>
              <path d={smoothPath(way.points)} markerEnd={`url(#${id}${isTaken ? 't' : 'a'})`} strokeDasharray={bundle.arrows.every(({ automatic }) => automatic) ? '4 3' : undefined} />
              {bundle.arrows.map((arrow, index) => (
                <text key={arrow.id} x={way.label.x} y={top + index * lineHeight + lineHeight / 2} textAnchor="middle" dominantBaseline="central" data-taken={wasTaken(arrow)}>{say(arrow.label)}</text>
              ))}
            </g>
          )
        })}
        {picture.nodes.map((node) => {
          const at = placed.nodes.get(node.id)
          if (!at) return null
          return (
            <g key={node.id} className={styles.state} data-tone={node.tone} data-here={here.has(node.id)} data-past={taken.states.has(node.id)} data-final={node.kind === 'final'}>
              <rect x={at.x} y={at.y} width={at.width} height={at.height} rx={node.kind === 'final' ? 18 : 8} />
              {node.kind === 'final' ? <rect className={styles.inner} x={at.x + 3} y={at.y + 3} width={at.width - 6} height={at.height - 6} rx={15} /> : null}
              {node.initial ? <circle className={styles.start} cx={at.x + 12} cy={at.y + at.height / 2} r={3.5} /> : null}
              <text x={at.x + at.width / 2 + (node.initial ? 5 : 0)} y={at.y + at.height / 2} textAnchor="middle" dominantBaseline="central">{node.history === undefined ? '' : node.history === 'deep' ? 'H* ' : 'H '}{say(node.label)}</text>
            </g>
          )
        })}
      </svg>
    </div>
  )
}

const Arrowhead = ({ id, className }: { readonly id: string; readonly className: string | undefined }) => (
  <marker id={id} viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path className={className} d="M0 0.6 7.4 4 0 7.4z" /></marker>
)
