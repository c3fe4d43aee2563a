'use client'

import type { Finding } from '../../config/language/refusal.ts'
import { warningKey } from '../../plugins/core/configuration/warning-key.ts'
import type { RequestProblem } from '../kit/api.ts'
import { useText } from '../kit/kit-context.tsx'
import { ConfirmPanel } from '../kit/side-panel.tsx'
import { peopleTexts } from '../locales/people-texts.ts'

/** What a change of a role means for rules that are published, where nothing else is wrong with it. */
export const warningsOf = (problem: RequestProblem | null): readonly Finding[] => (problem?.findings.every(({ severity }) => severity === 'warning') ? problem.findings : [])

type Props = {
  readonly warnings: readonly Finding[]
  readonly busy: boolean
  readonly action: string
  /** With the keys of what was read. */
  readonly onAccept: (accepted: readonly string[]) => void
  readonly onClose: () => void
}

/** Asks whether it is meant so. */
export function RoleWarnings({ warnings, busy, action, onAccept, onClose }: Props) {
  const say = useText()
  if (warnings.length === 0) return null
  return (
    <ConfirmPanel title={say(peopleTexts.rulesTitle)} text={say(peopleTexts.rulesText)} action={action} busy={busy} onClose={onClose} onConfirm={() => onAccept(warnings.map(warningKey))}>
      <ul>{warnings.map((warning) => <li key={`${warningKey(warning)}${warning.message.en}`}>{say(warning.message)}</li>)}</ul>
    </ConfirmPanel>
  )
}
