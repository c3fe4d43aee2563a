'use client'

import type { Text } from '../../config/language/text.ts'
import { useText } from '../kit/kit-context.tsx'
import { Panel } from '../kit/surfaces.tsx'
import { InspectionGrid } from '../quality/inspection-grid.tsx'
import { documentTexts } from '../locales/document-texts.ts'
import { LinesGrid } from './lines-grid.tsx'
import { LinesTable } from './lines-table.tsx'
import type { useDocument } from './use-document.ts'
import styles from './document.module.css'

type Props = {
  readonly open: ReturnType<typeof useDocument>
  readonly findings: ReadonlyMap<string, ReadonlyMap<string, Text>>
  /** Notes about pasted cells that could not be understood. */
  readonly onLearn: (notes: readonly string[]) => void
}

export function LinesPanel({ open, findings, onLearn }: Props) {
  const say = useText()
  const { entity, lines, editable } = open.view
  if (!entity.lines) return null
  if (entity.lines.entity === 'inspection-samples') return <Panel title={say(entity.lines.label)} flush><InspectionGrid open={open} /></Panel>
  return (
    <Panel title={say(entity.lines.label)} flush>
      {editable
        ? <LinesGrid open={open} lines={entity.lines} findings={findings} onLearn={onLearn} />
        : lines.length === 0 ? <p className={styles.none}>{say(documentTexts.noLines)}</p> : <LinesTable lines={entity.lines} rows={lines} />}
    </Panel>
  )
}
