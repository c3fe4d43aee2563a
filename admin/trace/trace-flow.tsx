'use client'

import '@xyflow/react/dist/base.css'
import { Controls, MarkerType, Position, ReactFlow, ReactFlowProvider, useReactFlow, type Edge, type NodeTypes } from '@xyflow/react'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { Trace } from '../../plugins/core/trace/trace.ts'
import { formatMoneyText } from '../kit/format.ts'
import type { Direction } from '../kit/graph-layout.ts'
import { useKit, useText } from '../kit/kit-context.tsx'
import { pictureTexts } from '../locales/picture-texts.ts'
import { edgeId, inOrder, nodeSize, placeTrace } from './trace-layout.ts'
import { DocumentNodeBox, type DocumentNode } from './trace-node.tsx'
import { quantitiesText } from './unit-quantities.ts'
import styles from './trace.module.css'

const nodeTypes = { document: DocumentNodeBox } satisfies NodeTypes
/** Below it the texts cannot be read: the picture then shows the part round the current document. */
const smallestReadable = 0.85
const tallest = { LR: 520, TB: 820 } as const

type Props = { readonly trace: Trace; readonly currentId?: string }

export function TraceFlow(props: Props) {
  const box = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState<number | null>(null)
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => setWidth(entry ? Math.round(entry.contentRect.width) : null))
    if (box.current) observer.observe(box.current)
    return () => observer.disconnect()
  }, [])
  // To the right, as one reads; downwards where that would be too small to read.
  const right = useMemo(() => placeTrace(props.trace, 'LR'), [props.trace])
  const direction: Direction = width !== null && width / right.width < smallestReadable ? 'TB' : 'LR'
  const placed = useMemo(() => (direction === 'LR' ? right : placeTrace(props.trace, 'TB')), [props.trace, direction, right])
  const height = Math.max(180, Math.min(tallest[direction], placed.height + 8))
  return (
    <div ref={box} className={styles.flow} style={{ height }}>
      {width === null ? null : (
        <ReactFlowProvider key={direction}>
          <Flow {...props} direction={direction} placed={placed} width={width} height={height} />
        </ReactFlowProvider>
      )}
    </div>
  )
}

type FlowProps = Props & { readonly direction: Direction; readonly placed: ReturnType<typeof placeTrace>; readonly width: number; readonly height: number }

function Flow({ trace, currentId, direction, placed, width, height }: FlowProps) {
  const say = useText()
  const { firm, language } = useKit()
  const flow = useReactFlow()
  const nodes = useMemo(() => inOrder(trace).map((document): DocumentNode => {
    const at = placed.nodes.get(document.id) ?? { x: 0, y: 0 }
    return {
      id: document.id, type: 'document', position: { x: at.x, y: at.y }, ...nodeSize, draggable: false, selectable: false, connectable: false, focusable: false,
      sourcePosition: direction === 'LR' ? Position.Right : Position.Bottom, targetPosition: direction === 'LR' ? Position.Left : Position.Top,
      data: { document, isCurrent: document.id === currentId, direction },
    }
  }), [trace, placed, direction, currentId])
  const edges = useMemo(() => trace.edges.map((edge): Edge => {
    const label = edge.quantities.length > 0 ? quantitiesText(edge.quantities, language) : edge.amount ? formatMoneyText(edge.amount, firm) : undefined
    return {
      id: edgeId(edge), source: edge.from, target: edge.to, type: 'default', focusable: false, selectable: false,
      className: edge.kind === 'peg' ? styles.peg : styles.link, markerEnd: { type: MarkerType.ArrowClosed, width: 16, height: 16, color: edge.kind === 'peg' ? 'var(--accent)' : 'var(--neutral-mark)' },
      ...(label ? { label, labelShowBg: true, labelBgPadding: [5, 2] as [number, number], labelBgBorderRadius: 4 } : {}),
    }
  }), [trace, firm, language])
  const show = () => {
    const zoom = Math.min(1, width / placed.width, height / placed.height)
    const center = placed.nodes.get(currentId ?? '')
    if (zoom >= smallestReadable || !center) return void flow.setViewport(viewportOf({ placed, width, zoom: Math.max(zoom, smallestReadable) }))
    void flow.setCenter(center.x + nodeSize.width / 2, center.y + nodeSize.height / 2, { zoom: smallestReadable })
  }
  return (
    <ReactFlow
      nodes={nodes} edges={edges} nodeTypes={nodeTypes} onInit={show} minZoom={0.25} maxZoom={1.5}
      nodesDraggable={false} nodesConnectable={false} nodesFocusable={false} edgesFocusable={false} elementsSelectable={false}
      zoomOnScroll={false} preventScrolling={false} zoomOnDoubleClick={false} proOptions={{ hideAttribution: true }}
      aria-label={say(pictureTexts.trace)} className={styles.canvas}
      ariaLabelConfig={{ 'controls.zoomIn.ariaLabel': say(pictureTexts.zoomIn), 'controls.zoomOut.ariaLabel': say(pictureTexts.zoomOut), 'controls.fitView.ariaLabel': say(pictureTexts.fit) }}
    >
      <Controls position="top-right" orientation="horizontal" showInteractive={false} className={styles.controls} />
    </ReactFlow>
  )
}

/** From the beginning of the life; in the middle where there is room. */
function viewportOf({ placed, width, zoom }: { placed: FlowProps['placed']; width: number; zoom: number }) {
  return { zoom, x: (width - placed.width * zoom) / 2, y: 0 }
}
