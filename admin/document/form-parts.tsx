'use client'

import { useEffect, useState, type ReactNode } from 'react'
import type { Text } from '../../config/language/text.ts'
import { Button } from '../kit/button.tsx'
import { useKit, useText } from '../kit/kit-context.tsx'
import { layoutTexts } from '../locales/layout-texts.ts'
import { isWrong, wrongFields } from './check-fields.ts'
import { fieldNamesOf, type ShownPart, type ShownSection } from './form-sections.ts'
import { StepBar, TabBar } from './part-bar.tsx'
import type { useDocument } from './use-document.ts'
import styles from './parts.module.css'

type Props = {
  readonly parts: readonly ShownPart[]
  readonly areSteps: boolean
  readonly open: ReturnType<typeof useDocument>
  readonly findings: ReadonlyMap<string, Text>
  /** What is wrong with the step that someone wants to leave; nothing once it may be left. */
  readonly onChecked: (wrong: ReadonlyMap<string, Text>) => void
  readonly panel: (section: ShownSection) => ReactNode
}

/** The form of a document in tabs, or in steps while it is new. What is refused is shown where it stands. */
export function FormParts({ parts, areSteps, open, findings, onChecked, panel }: Props) {
  const say = useText()
  const { firm } = useKit()
  const [chosen, setChosen] = useState(0)
  const at = Math.min(chosen, parts.length - 1)
  const wrong = new Set(parts.filter((part) => fieldNamesOf(part).some((name) => isWrong(findings, name))).map(({ key }) => key))
  const firstWrong = parts.findIndex(({ key }) => wrong.has(key))
  const isShownWrong = wrong.has(parts[at]?.key ?? '')
  useEffect(() => {
    if (firstWrong >= 0 && !isShownWrong) setChosen(firstWrong)
  // Only when the answer changes: someone may then look at another part.
  }, [[...findings.keys()].join()])
  const goTo = (index: number) => { onChecked(new Map()); setChosen(index) }
  const next = () => {
    const own = parts[at]?.sections.flatMap(({ fields }) => fields) ?? []
    const broken = wrongFields(own, { values: open.values.fields, rules: open.rules.head, exponent: firm.exponent })
    if (broken.size === 0) return goTo(at + 1)
    onChecked(broken)
  }
  const bar = { parts, at, wrong, onChoose: goTo }
  return (
    <>
      {areSteps ? <StepBar {...bar} /> : <TabBar {...bar} />}
      {parts[at]?.sections.map(panel)}
      {areSteps ? (
        <div className={styles.move}>
          {at > 0 ? <Button icon="left" onClick={() => goTo(at - 1)}>{say(layoutTexts.back)}</Button> : <span />}
          {at < parts.length - 1 ? <Button look="primary" onClick={next}>{say(layoutTexts.next)}</Button> : null}
        </div>
      ) : null}
    </>
  )
}
