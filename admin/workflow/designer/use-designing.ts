'use client'

import { useMemo, useState } from 'react'
import type { WorkflowView } from '../../../plugins/core/configuration/workflows/workflow-view.ts'
import type { DesignedEntity } from '../../../plugins/core/configuration/simulate/designed-entity.ts'
import { useKeptDraft } from '../../configuration/use-kept-draft.ts'
import { useText } from '../../kit/kit-context.tsx'
import { notifyRefused } from '../../kit/notify.ts'
import { draftFrom, type Draft, type Outcome } from './draft.ts'
import { stillChosen, theWorkflow, type Chosen } from './problem-places.ts'

/** A draft in the designer: what it is, what is chosen in it, and how it is changed. */
export function useDesigning(initial: WorkflowView, entity: DesignedEntity) {
  const say = useText()
  const kept = useKeptDraft<Draft, WorkflowView>({ path: `/api/configuration/workflows/${initial.entity}`, initial, contentOf, versionOf, bodyOf })
  const { view, content: definition, change } = kept
  const [wanted, choose] = useState<Chosen>(theWorkflow)
  const chosen = useMemo(() => stillChosen(definition, wanted), [definition, wanted])
  /** `next`: what is chosen afterwards; absent: what was. */
  const put = (made: Draft, next?: Chosen) => {
    if (made !== definition) change(made)
    if (next) choose(next)
  }
  /** What may be refused: then the sentence is shown and nothing changes. @returns whether it was done */
  const attempt = (outcome: Outcome, next?: Chosen): boolean => {
    if (outcome.ok) put(outcome.definition, next)
    else notifyRefused(say(outcome.why))
    return outcome.ok
  }
  return { ...kept, view, entity, definition, chosen, choose, put, attempt }
}

export type Designing = ReturnType<typeof useDesigning>

const contentOf = ({ entity, label, draft, published }: WorkflowView): Draft => draftFrom(draft?.definition ?? published, { entity, label })
const versionOf = ({ draft }: WorkflowView): number => draft?.version ?? 0
const bodyOf = (definition: Draft) => ({ definition })
