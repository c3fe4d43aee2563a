import type { Endpoint } from 'payload'
import { bodyOf, meta } from '../api/rest.ts'
import { failQuestion } from '../errors.ts'
import { typedClient } from '../client/typed-client.ts'
import { platformOf } from '../platform/platform.ts'
import { revisionOf } from '../platform/publish-revision.ts'
import { conversionReport, previewConversion } from './conversion/conversion-view.ts'
import { changesBetween, configurationView, entityFieldsView, publicationView } from './configuration-view.ts'
import { fileAnswer, param, route } from './configuration-route.ts'
import { discardDraft, saveDraft } from './drafts.ts'
import { impactOf } from './impact/impact.ts'
import { pageConfigurationView } from '../pages/page-configuration.ts'
import { discardPageDraft, savePageDraft } from '../pages/page-drafts.ts'
import { draftEarlier, publishDrafts } from './publish.ts'
import { recomputationView, startRecomputation } from './recompute-job.ts'
import { workflowConfigurationEndpoints } from './workflows/workflow-endpoints.ts'
import { simulate } from './simulate/simulate.ts'

/**
 * What a firm configures itself:
 * GET /configuration; GET /configuration/changes?from=1&to=3: what differs between two versions, 0 is what is shipped; GET /configuration/client: the typed client of what is published; GET, PUT, DELETE /configuration/fields/:slug (the draft `{fields, form, entity, expectedVersion}`; `entity` of the firm's own, whose slug begins with `own-`);
 * GET /configuration/fields/:slug/use/:field: who would notice if it went out of use or became another; GET /configuration/fields/:slug/use: of the entity as a whole;
 * POST /configuration/fields/:slug/conversion `{from, to}`: what would become of the values of a field in one of another type; GET /configuration/fields/:slug/conversion/:field: how it went;
 * GET, POST /configuration/fields/:slug/recomputation: computes all its records anew, beside everything else, and how that goes;
 * GET /configuration/fields/:slug/file: the draft, or what is published, as the file that a firm keeps;
 * GET, PUT, DELETE /configuration/pages/:slug (the draft `{page, expectedVersion}`), GET /configuration/pages/:slug/file;
 * POST /configuration/workflows/:entity/simulate `{definition, document or data and lines, state, roles, steps}`: how a workflow as drawn would go, without writing anything;
 * POST /configuration/publish `{base, accepted}` (`accepted`: of each warning that was read, `path:code`), answered 202; GET /configuration/publication tells how it goes;
 * POST /configuration/versions/:number/draft prepares a way back.
 */
export const configurationEndpoints: Endpoint[] = [
  route('get', '/configuration', async (req, actor) => Response.json(await configurationView(req, actor))),
  route('get', '/configuration/client', async ({ payload }) => new Response(await typedClient(platformOf(payload).entities.values(), revisionOf(payload).number), {
    headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Disposition': 'attachment; filename="trellis-client.ts"' },
  })),
  route('get', '/configuration/changes', async (req) => Response.json(await changesBetween(req, versionAsked(req.query.from, 'from'), versionAsked(req.query.to, 'to')))),
  route('get', '/configuration/publication', async ({ payload }) => Response.json(publicationView(payload))),
  route('get', '/configuration/fields/:slug', async (req, actor) => Response.json(await entityFieldsView(req, actor, param(req, 'slug')))),
  route('get', '/configuration/fields/:slug/file', async (req, actor) => {
    const { slug, draft, published, publishedForm, publishedEntity } = await entityFieldsView(req, actor, param(req, 'slug'))
    return fileAnswer(`${slug}.form.json`, { kind: 'form', entity: slug, ...((draft ? draft.ownEntity : publishedEntity) ? { ownEntity: draft ? draft.ownEntity : publishedEntity } : {}), fields: draft?.fields ?? published, form: draft?.form ?? publishedForm })
  }),
  route('get', '/configuration/fields/:slug/use/:field', async (req, actor) => Response.json(await impactOf(req, actor, { slug: param(req, 'slug'), name: param(req, 'field') }))),
  route('get', '/configuration/fields/:slug/use', async (req, actor) => Response.json(await impactOf(req, actor, { slug: param(req, 'slug') }))),
  route('get', '/configuration/fields/:slug/conversion/:field', async (req, actor) => Response.json(await conversionReport(req, actor, { slug: param(req, 'slug'), field: param(req, 'field') }))),
  route('post', '/configuration/fields/:slug/conversion', async (req, actor) => {
    const { from, to } = await bodyOf(req)
    return Response.json(await previewConversion(req, actor, { slug: param(req, 'slug'), from, to }))
  }),
  route('get', '/configuration/fields/:slug/recomputation', async ({ payload, routeParams }, actor) => Response.json(await recomputationView(payload, actor, String(routeParams?.slug)))),
  route('post', '/configuration/fields/:slug/recomputation', async ({ payload, routeParams }, actor) => Response.json(await startRecomputation(payload, actor, String(routeParams?.slug)), { status: 202 })),
  route('put', '/configuration/fields/:slug', async (req, actor) => {
    const { fields, form, entity, expectedVersion } = await bodyOf(req)
    await saveDraft(req.payload, actor, { slug: param(req, 'slug'), fields, form, ownEntity: entity, ...meta({ expectedVersion }) })
    return Response.json(await entityFieldsView(req, actor, param(req, 'slug')))
  }),
  route('delete', '/configuration/fields/:slug', async (req, actor) => {
    await discardDraft(req.payload, actor, param(req, 'slug'))
    // Of an entity that was only begun nothing is left.
    return Response.json(platformOf(req.payload).entities.has(param(req, 'slug')) ? await entityFieldsView(req, actor, param(req, 'slug')) : null)
  }),
  route('get', '/configuration/pages/:slug', async (req, actor) => Response.json(await pageConfigurationView(req, actor, param(req, 'slug')))),
  route('get', '/configuration/pages/:slug/file', async (req, actor) => {
    const { slug, draft, published } = await pageConfigurationView(req, actor, param(req, 'slug'))
    return fileAnswer(`${slug}.page.json`, { kind: 'page', slug, page: draft?.page ?? published })
  }),
  route('put', '/configuration/pages/:slug', async (req, actor) => {
    const { page, expectedVersion } = await bodyOf(req)
    await savePageDraft(req.payload, actor, { slug: param(req, 'slug'), page, ...meta({ expectedVersion }) })
    return Response.json(await pageConfigurationView(req, actor, param(req, 'slug')))
  }),
  route('delete', '/configuration/pages/:slug', async (req, actor) => {
    const isPublished = await discardPageDraft(req.payload, actor, param(req, 'slug'))
    return Response.json(isPublished ? await pageConfigurationView(req, actor, param(req, 'slug')) : null)
  }),
  ...workflowConfigurationEndpoints,
  route('post', '/configuration/workflows/:entity/simulate', async (req, actor) => Response.json(await simulate(req, actor, { slug: param(req, 'entity'), body: await bodyOf(req) }))),
  route('post', '/configuration/publish', async (req, actor) => Response.json(await publishDrafts(req, actor, await bodyOf(req)), { status: 202 })),
  route('post', '/configuration/versions/:number/draft', async (req, actor) => {
    return Response.json(await draftEarlier(req, actor, versionAsked(param(req, 'number'), 'number')))
  }),
]

function versionAsked(given: unknown, path: string): number {
  const number = typeof given === 'string' && /^\d{1,9}$/.test(given) ? Number(given) : Number.NaN
  if (Number.isNaN(number)) failQuestion(path, { en: 'The number of a revision is a whole number like 3; 0 is what is shipped.', zh: '配置版本号须为整数，例如 3；0 表示出厂配置。' })
  return number
}
