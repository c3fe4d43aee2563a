import type { Endpoint } from 'payload'
import { bodyOf, meta } from '../../api/rest.ts'
import { fileAnswer, param, route } from '../configuration-route.ts'
import { discardWorkflowDraft, saveWorkflowDraft } from './workflow-drafts.ts'
import { checkWorkflow, workflowsView, workflowView } from './workflow-view.ts'

/**
 * Workflows as a firm configures them:
 * GET /configuration/workflows; GET, PUT, DELETE /configuration/workflows/:slug (the draft `{definition, expectedVersion}`);
 * GET /configuration/workflows/:slug/file: the draft, or what is published, as the file that a firm keeps;
 * POST /configuration/workflows/:slug/check `{definition}`: its proof, kept or not.
 */
export const workflowConfigurationEndpoints: Endpoint[] = [
  route('get', '/configuration/workflows', async (req) => Response.json(await workflowsView(req))),
  route('get', '/configuration/workflows/:slug', async (req, actor) => Response.json(await workflowView(req, actor, param(req, 'slug')))),
  route('get', '/configuration/workflows/:slug/file', async (req, actor) => {
    const { entity, draft, published } = await workflowView(req, actor, param(req, 'slug'))
    return fileAnswer(`${entity}.workflow.json`, { kind: 'workflow', entity, workflow: draft?.definition ?? published })
  }),
  route('put', '/configuration/workflows/:slug', async (req, actor) => {
    const { definition, expectedVersion } = await bodyOf(req)
    await saveWorkflowDraft(req.payload, actor, { slug: param(req, 'slug'), definition, ...meta({ expectedVersion }) })
    return Response.json(await workflowView(req, actor, param(req, 'slug')))
  }),
  route('delete', '/configuration/workflows/:slug', async (req, actor) => {
    await discardWorkflowDraft(req.payload, actor, param(req, 'slug'))
    return Response.json(await workflowView(req, actor, param(req, 'slug')))
  }),
  route('post', '/configuration/workflows/:slug/check', async (req) => Response.json(await checkWorkflow(req, param(req, 'slug'), (await bodyOf(req)).definition))),
]
