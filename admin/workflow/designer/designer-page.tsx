import { revisions } from '../../../collections/core/platform.ts'
import { requireRight } from '../../../plugins/core/access/can.ts'
import { actorOfRequest } from '../../../plugins/core/access/collection-hooks.ts'
import { designedEntity } from '../../../plugins/core/configuration/simulate/designed-entity.ts'
import { workflowView } from '../../../plugins/core/configuration/workflows/workflow-view.ts'
import { ProblemError } from '../../../plugins/core/errors.ts'
import { platformOf } from '../../../plugins/core/platform/platform.ts'
import { signedInSession } from '../../frame/page-session.ts'
import { ProblemPage } from '../../frame/problem-page.tsx'
import { WorkflowDesigner } from './workflow-designer.tsx'

/** The workflow of one entity, to be drawn. */
export async function DesignerPage({ slug }: { readonly slug: string }) {
  const { req } = await signedInSession(`/admin/configuration/${encodeURIComponent(slug)}/workflow`)
  try {
    const actor = await actorOfRequest(req)
    requireRight(actor, 'read', revisions)
    const view = await workflowView(req, actor, slug)
    return <WorkflowDesigner key={slug} initial={view} entity={designedEntity(platformOf(req.payload), { slug, label: view.label })} />
  } catch (error) {
    if (error instanceof ProblemError) return <ProblemPage text={error.problem.message} />
    throw error
  }
}
