'use client'

import { BaseEdge, EdgeLabelRenderer, type Edge, type EdgeProps } from '@xyflow/react'
import { smoothPath } from '../../kit/graph-layout.ts'
import { useText } from '../../kit/kit-context.tsx'
import { designerTexts } from '../../locales/designer-texts.ts'
import type { DrawnArrow, DrawnBundle } from './designer-layout.ts'
import { ArrowButton, type Marks } from './state-node.tsx'
import styles from './canvas.module.css'

export type BundleData = { readonly bundle: DrawnBundle; readonly from: string; readonly to: string; readonly marks: Marks; readonly isArrowChosen: (arrow: DrawnArrow) => boolean; readonly onChooseArrow: ((arrow: DrawnArrow) => void) | undefined }
export type BundleLine = Edge<BundleData & Record<string, unknown>, 'bundle'>

/** All arrows from one state to another: one line, with a button for each event. */
export function BundleEdge({ id, data, markerEnd }: EdgeProps<BundleLine>) {
  const say = useText()
  if (!data) return null
  const { bundle, from, to, marks, isArrowChosen, onChooseArrow } = data
  return (
    <>
      <BaseEdge id={id} path={smoothPath(bundle.points)} {...(markerEnd ? { markerEnd } : {})} interactionWidth={0} />
      <EdgeLabelRenderer>
        <div className={styles.labels} style={{ transform: `translate(-50%, -50%) translate(${bundle.label.x}px, ${bundle.label.y}px)` }}>
          {bundle.arrows.map((arrow) => <ArrowButton key={arrow.key} arrow={arrow} isChosen={isArrowChosen(arrow)} marks={marks} label={say(designerTexts.fromTo, { event: say(arrow.label), from, to })} onChoose={onChooseArrow} />)}
        </div>
      </EdgeLabelRenderer>
    </>
  )
}
