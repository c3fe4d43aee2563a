import type { Endpoint } from 'payload'
import { bodyOf, meta } from '../../api/rest.ts'
import { fileAnswer, param, route } from '../configuration-route.ts'
import { liveDocuments, workflowVersion, workflowVersions } from './live-documents.ts'
import { confirmMigration, revertMigration, startMigration, startReplay } from './migrations.ts'
import { startWalk, walkScript, walkView } from './walk-view.ts'
import { discardWorkflowDraft, saveWorkflowDraft } from './workflow-drafts.ts'
import { checkWorkflow, workflowsView, workflowView } from './workflow-view.ts'

/**
 * Workflows as a firm configures them:
 * GET /configuration/workflows; GET, PUT, DELETE /configuration/workflows/:slug (the draft `{definition, expectedVersion}`);
 * GET /configuration/workflows/:slug/file: the draft, or what is published, as the file that a firm keeps;
 * POST /configuration/workflows/:slug/check `{definition}`: its proof, kept or not;
 * GET, POST /configuration/workflows/:slug/walks `{of}`: the workflow tried out on a scratch copy, by real commands; GET …/script?of=draft&language=zh: the same for a person, by hand;
 * GET /configuration/workflows/:slug/versions: every definition that ever ruled; …/versions/:hash: one of them;
 * GET /configuration/workflows/:slug/documents?against=draft: documents under way by version and state, and what would become of them;
 * POST /configuration/workflows/:slug/replays `{against, map}`: their histories, taken again on it;
 * POST /configuration/workflows/:slug/migrations `{to, map}`: moves them to what is published; …/migrations/:id/confirmation, …/migrations/:id/reversal.
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
  route('get', '/configuration/workflows/:slug/walks', async (req, actor) => Response.json(await walkView(req, actor, param(req, 'slug')))),
  route('post', '/configuration/workflows/:slug/walks', async (req, actor) => {
    await startWalk(req, actor, { slug: param(req, 'slug'), of: (await bodyOf(req)).of })
    return Response.json(await walkView(req, actor, param(req, 'slug')), { status: 202 })
  }),
  route('get', '/configuration/workflows/:slug/script', async (req, actor) => {
    const language = req.query.language === 'zh' || (req.query.language === undefined && actor.language === 'zh') ? 'zh' : 'en'
    return new Response(await walkScript(req, param(req, 'slug'), language), {
      headers: { 'Content-Type': 'text/markdown; charset=utf-8', 'Content-Disposition': `attachment; filename="${param(req, 'slug')}.walks.${language}.md"` },
    })
  }),
  route('get', '/configuration/workflows/:slug/versions', async (req) => Response.json(await workflowVersions(req, param(req, 'slug')))),
  route('get', '/configuration/workflows/:slug/versions/:hash', async (req) => Response.json(await workflowVersion(req, param(req, 'slug'), param(req, 'hash')))),
  route('get', '/configuration/workflows/:slug/documents', async (req, actor) => Response.json(await liveDocuments(req, actor, param(req, 'slug')))),
  route('post', '/configuration/workflows/:slug/replays', async (req, actor) => {
    const { against, map } = await bodyOf(req)
    await startReplay(req, actor, { slug: param(req, 'slug'), against, map })
    return Response.json({}, { status: 202 })
  }),
  route('post', '/configuration/workflows/:slug/migrations', async (req, actor) => {
    const { to, map } = await bodyOf(req)
    return Response.json(await startMigration(req, actor, { slug: param(req, 'slug'), to, map }), { status: 202 })
  }),
  route('post', '/configuration/workflows/:slug/migrations/:id/confirmation', async (req, actor) => {
    await confirmMigration(req, actor, { slug: param(req, 'slug'), id: param(req, 'id') })
    return Response.json({})
  }),
  route('post', '/configuration/workflows/:slug/migrations/:id/reversal', async (req, actor) => {
    await revertMigration(req, actor, { slug: param(req, 'slug'), id: param(req, 'id') })
    return Response.json({}, { status: 202 })
  }),
]
