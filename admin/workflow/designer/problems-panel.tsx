'use client'

import type { ProofFinding } from '../../../workflows/engine/verify/proof.ts'
import { Icon } from '../../kit/icon.tsx'
import { useText } from '../../kit/kit-context.tsx'
import { designerTexts } from '../../locales/designer-texts.ts'
import { labelOf } from './designer-layout.ts'
import { placeOfFinding } from './problem-places.ts'
import type { Designing } from './use-designing.ts'
import styles from './designer.module.css'

const notFullyChecked = 'workflow.not-fully-checked'

/** Everything that is wrong, most certain first, with the shortest events that lead there; choosing one shows it in the drawing. */
export function ProblemsPanel({ designing, onShow }: { readonly designing: Designing; readonly onShow: () => void }) {
  const say = useText()
  const { definition, view, state, choose } = designing
  if (state !== 'saved') return <p role="status" className={styles.note}>{say(designerTexts.checking)}</p>
  const findings = view.findings.toSorted((a, b) => rank(a) - rank(b))
  if (findings.length === 0) return <p role="status" className={styles.note}>{Object.keys(definition.states).length > 0 ? say(designerTexts.noProblems) : ''}</p>
  return (
    <ol className={styles.problems}>
      {findings.map((finding, index) => (
        <li key={`${finding.path}${finding.code}${index}`} data-certainty={finding.certainty}>
          <button type="button" onClick={() => { choose(placeOfFinding(definition, finding.path)); onShow() }}>
            <span className={styles.certainty} data-certainty={finding.certainty}>
              <Icon name={finding.certainty === 'certain' ? 'alert' : 'info'} size={13} /> {say(finding.code === notFullyChecked ? designerTexts.notFully : finding.certainty === 'certain' ? designerTexts.certain : designerTexts.possible)}
            </span>
            <span>{say(finding.message)}</span>
            {finding.example && finding.code !== notFullyChecked ? (
              <span className={styles.way}>{say(designerTexts.way)} {finding.example.length === 0 ? say(designerTexts.fromStart) : finding.example.map(({ event }) => say(labelOf(definition, event))).join(' → ')}</span>
            ) : null}
          </button>
        </li>
      ))}
    </ol>
  )
}

const rank = ({ certainty, code }: ProofFinding) => (certainty === 'certain' ? 0 : code === notFullyChecked ? 1 : 2)
