import type { Payload } from 'payload'
import type { Permission } from '../../../../config/language/role.ts'
import type { RevisionInputs } from '../../../../config/language/revision.ts'
import type { Json } from '../../../../config/language/text.ts'
import { openStore } from '../../data/open-store.ts'
import type { JobKind } from '../../jobs/job-kind.ts'
import { platformOf } from '../../platform/platform.ts'
import { revisionOf } from '../../platform/publish-revision.ts'
import { keepReport, walkKind, type WalkTold } from '../../workflow/walks/kept-reports.ts'
import { runWalk } from '../../workflow/walks/run-walk.ts'
import { openWorkflowDrafts, withWorkflows } from './workflow-drafts.ts'

export type WalkInput = { readonly entity: string; readonly of: 'draft' | 'published' }

/** Tries a workflow out on a scratch copy; what comes of a version that is kept is kept with it. */
export const walkJob: JobKind = {
  name: walkKind, label: { en: 'Try a workflow out', zh: '走查流程' },
  async run({ payload, input, signal, tell }) {
    const { entity, of } = input as WalkInput
    const store = openStore(payload)
    const roles = (await store.find('roles', { sort: 'createdAt' })).map(({ slug, name, nameZh, basedOn, permissions }) => ({ slug, name, nameZh: nameZh ?? name, basedOn: basedOn ?? null, permissions: permissions as readonly Permission[] }))
    const report = await runWalk({ entity, roles, inputs: await inputsOf(payload, { entity, of }) }, { signal, told: (progress) => tell({ progress } satisfies WalkTold) })
    await keepReport(store, report)
    return { report } satisfies WalkTold as unknown as Json
  },
}

/** What is published, with the draft of this workflow and no other where that is asked for. */
async function inputsOf(payload: Payload, { entity, of }: WalkInput): Promise<RevisionInputs> {
  const { inputs } = revisionOf(payload)
  if (of === 'published') return inputs
  const draft = (await openWorkflowDrafts(openStore(payload), inputs)).get(entity)
  return draft ? withWorkflows(inputs, new Map([[entity, draft]]), platformOf(payload)) : inputs
}
