import { revisions } from '../../../collections/core/platform.ts'
import type { Json } from '../../../config/language/text.ts'
import { requireRight } from '../../../plugins/core/access/can.ts'
import { actorOfRequest } from '../../../plugins/core/access/collection-hooks.ts'
import { designedEntity } from '../../../plugins/core/configuration/simulate/designed-entity.ts'
import { namedPeople } from '../../../plugins/core/configuration/workflows/named-people.ts'
import { workflowView } from '../../../plugins/core/configuration/workflows/workflow-view.ts'
import { openStore } from '../../../plugins/core/data/open-store.ts'
import { ProblemError } from '../../../plugins/core/errors.ts'
import { platformOf } from '../../../plugins/core/platform/platform.ts'
import { signedInSession } from '../../frame/page-session.ts'
import { ProblemPage } from '../../frame/problem-page.tsx'
import { TitlesProvider } from '../../kit/titles-context.tsx'
import { WorkflowDesigner } from './workflow-designer.tsx'

/** The workflow of one entity, to be drawn. */
export async function DesignerPage({ slug }: { readonly slug: string }) {
  const { req } = await signedInSession(`/admin/configuration/${encodeURIComponent(slug)}/workflow`)
  try {
    const actor = await actorOfRequest(req)
    requireRight(actor, 'read', revisions)
    const view = await workflowView(req, actor, slug)
    const titles = await namedPeople(openStore(req.payload), [view.shipped as Json | null, view.published, view.draft?.definition ?? null])
    return (
      <TitlesProvider titles={titles}>
        <WorkflowDesigner key={slug} initial={view} entity={designedEntity(platformOf(req.payload), { slug, label: view.label })} />
      </TitlesProvider>
    )
  } catch (error) {
    if (error instanceof ProblemError) return <ProblemPage text={error.problem.message} />
    throw error
  }
}
