'use client'

import '@xyflow/react/dist/base.css'
import { Controls, MarkerType, MiniMap, Position, ReactFlow, ReactFlowProvider, useReactFlow, type EdgeTypes, type NodeTypes } from '@xyflow/react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useText } from '../../kit/kit-context.tsx'
import { designerTexts } from '../../locales/designer-texts.ts'
import { BundleEdge, type BundleLine } from './bundle-edge.tsx'
import { layOut, type Drawn, type DrawnArrow } from './designer-layout.ts'
import type { Draft } from './draft.ts'
import { sameArrow, type Chosen } from './problem-places.ts'
import { StateNode, type Marks, type StateBox } from './state-node.tsx'
import styles from './canvas.module.css'

const nodeTypes = { state: StateNode } satisfies NodeTypes
const edgeTypes = { bundle: BundleEdge } satisfies EdgeTypes
/** Below it names cannot be read: the drawing then shows the part round what is chosen. */
const smallestReadable = 0.7
/** Kept free below the drawing. */
const controlsHeight = 48

type Props = {
  readonly definition: Draft
  readonly label: string
  readonly marks?: Marks
  readonly chosen?: Chosen
  /** The state from which an arrow is being drawn. */
  readonly source?: string | null
  /** `byKey`: with Enter, to go on and edit it. */
  readonly onChoose?: (chosen: Chosen, byKey?: boolean) => void
  readonly onConnect?: (from: string, to: string) => void
  readonly withMap?: boolean
  /** All of it is shown, however small. */
  readonly isOverview?: boolean
}

/** A workflow as a drawing: laid out by itself, states and events to be chosen, arrows to be drawn. */
export function DesignerCanvas(props: Props) {
  const say = useText()
  const box = useRef<HTMLDivElement>(null)
  const [size, setSize] = useState<{ readonly width: number; readonly height: number } | null>(null)
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => { if (entry && entry.contentRect.width > 0) setSize({ width: Math.round(entry.contentRect.width), height: Math.round(entry.contentRect.height) }) })
    if (box.current) observer.observe(box.current)
    return () => observer.disconnect()
  }, [])
  const right = useMemo(() => layOut(props.definition, { direction: 'LR', say }), [props.definition, say])
  // To the right, as one reads; downwards where that is smaller to read.
  const down = useMemo(() => layOut(props.definition, { direction: 'TB', say }), [props.definition, say])
  const zoomOf = ({ width, height }: Drawn) => (size ? Math.min(1, size.width / (width + 16), (size.height - controlsHeight) / (height + 8)) : 1)
  const direction = zoomOf(right) >= zoomOf(down) ? 'LR' : 'TB'
  return (
    <div ref={box} className={styles.canvas}>
      {size === null ? null : (
        <ReactFlowProvider>
          <Flow {...props} drawn={direction === 'LR' ? right : down} direction={direction} size={size} />
        </ReactFlowProvider>
      )}
    </div>
  )
}

type FlowProps = Props & { readonly drawn: Drawn; readonly direction: 'LR' | 'TB'; readonly size: { readonly width: number; readonly height: number } }
const noMarks: Marks = {}

function Flow({ drawn, direction, size, label, marks = noMarks, chosen, source = null, onChoose, onConnect, withMap = false, isOverview = false }: FlowProps) {
  const say = useText()
  const flow = useReactFlow()
  const isArrowChosen = useMemo(() => (arrow: DrawnArrow) => chosen?.kind === 'arrow' && sameArrow(chosen.arrow, arrow), [chosen])
  const onChooseArrow = useMemo(() => (onChoose ? ({ state, event, index }: DrawnArrow) => onChoose({ kind: 'arrow', arrow: { state, event, index } }) : undefined), [onChoose])
  const nodes = useMemo(() => drawn.states.map((state): StateBox => ({
    id: state.path, type: 'state', position: { x: state.x, y: state.y }, width: state.width, height: state.height, draggable: false, selectable: false, focusable: false,
    ...(state.parent === null ? {} : { parentId: state.parent }),
    sourcePosition: direction === 'LR' ? Position.Right : Position.Bottom, targetPosition: direction === 'LR' ? Position.Left : Position.Top,
    data: {
      state, direction, marks, isChosen: chosen?.kind === 'state' && chosen.path === state.path, isSource: source === state.path, mayConnect: onConnect !== undefined, isArrowChosen, onChooseArrow,
      onChoose: onChoose ? (byKey) => onChoose({ kind: 'state', path: state.path }, byKey) : undefined,
    },
  })), [drawn, direction, marks, chosen, source, onConnect, onChoose, onChooseArrow, isArrowChosen])
  const names = useMemo(() => new Map(drawn.states.map(({ path, definition }) => [path, say(definition.label) || path])), [drawn, say])
  const edges = useMemo(() => drawn.bundles.map((bundle): BundleLine => {
    const kinds = new Set(bundle.arrows.map(({ key }) => marks.changes?.get(key)))
    const [kind] = kinds
    return {
      id: bundle.id, source: bundle.from, target: bundle.to, type: 'bundle', focusable: false, selectable: false, zIndex: 0,
      className: [styles.line, bundle.arrows.length === 0 ? styles.lineDefault : '', bundle.arrows.some((arrow) => isArrowChosen(arrow)) ? styles.lineChosen : '', bundle.arrows.some(({ key }) => marks.taken?.has(key)) ? styles.lineTaken : '', kinds.size === 1 && kind ? styles[kind] : ''].filter(Boolean).join(' '),
      markerEnd: { type: MarkerType.ArrowClosed, width: 16, height: 16, color: 'var(--neutral-mark)' },
      data: { bundle, marks, isArrowChosen, onChooseArrow, from: names.get(bundle.from) ?? bundle.from, to: names.get(bundle.to) ?? bundle.to },
    }
  }), [drawn, marks, names, isArrowChosen, onChooseArrow])
  const focus = chosen?.kind === 'state' ? chosen.path : chosen?.kind === 'arrow' ? chosen.arrow.state : [...marks.here ?? []][0]
  const shape = `${direction} ${drawn.states.length} ${size.width} ${size.height}`
  const shown = useRef('')
  const [isReady, setReady] = useState(false)
  useEffect(() => {
    if (!isReady) return
    const zoom = Math.min(1, size.width / (drawn.width + 16), (size.height - controlsHeight) / (drawn.height + 8))
    const isAll = isOverview || zoom >= smallestReadable
    // Looked at anew when there is more or less to see, or what is chosen may lie outside.
    const wanted = isAll ? shape : `${shape} ${focus ?? ''}`
    if (shown.current === wanted) return
    shown.current = wanted
    const at = drawn.states.find(({ path }) => path === focus) ?? drawn.states.find(({ isInitial }) => isInitial)
    if (isAll) void flow.setViewport({ zoom, x: (size.width - drawn.width * zoom) / 2, y: (size.height - controlsHeight - drawn.height * zoom) / 2 })
    else if (at) void flow.setCenter(at.left + Math.min(at.width, size.width) / 2, at.top + Math.min(at.height, size.height) / 2, { zoom: Math.max(zoom, smallestReadable) })
  }, [flow, drawn, size, shape, focus, isReady, isOverview])
  return (
    <ReactFlow
      nodes={nodes} edges={edges} nodeTypes={nodeTypes} edgeTypes={edgeTypes} minZoom={0.15} maxZoom={1.6} connectionRadius={70}
      nodesDraggable={false} nodesConnectable={onConnect !== undefined} nodesFocusable={false} edgesFocusable={false} elementsSelectable={false} deleteKeyCode={null} selectionKeyCode={null}
      zoomOnScroll={false} preventScrolling={false} zoomOnDoubleClick={false} proOptions={{ hideAttribution: true }} aria-label={label}
      onInit={() => setReady(true)} onPaneClick={() => onChoose?.({ kind: 'workflow' })} onConnect={({ source: from, target: to }) => onConnect?.(from, to)}
      ariaLabelConfig={{ 'controls.zoomIn.ariaLabel': say(designerTexts.zoomIn), 'controls.zoomOut.ariaLabel': say(designerTexts.zoomOut), 'controls.fitView.ariaLabel': say(designerTexts.fit), 'minimap.ariaLabel': say(designerTexts.map) }}
    >
      <Controls position="bottom-left" orientation="horizontal" showInteractive={false} className={styles.controls} />
      {withMap && drawn.states.length > 3 ? <MiniMap className={styles.map} style={{ width: 120, height: 80 }} pannable zoomable nodeColor="var(--line-strong)" maskColor="color-mix(in srgb, var(--ground-side) 60%, transparent)" bgColor="var(--ground)" /> : null}
    </ReactFlow>
  )
}
