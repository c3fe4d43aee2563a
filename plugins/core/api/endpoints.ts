import type { Endpoint } from 'payload'
import { approvalLinkEndpoints } from '../approvals/endpoints.ts'
import { actorOfRequest } from '../access/collection-hooks.ts'
import { configurationEndpoints } from '../configuration/configuration-endpoints.ts'
import { deadLetterEndpoints } from './dead-letters.ts'
import { firmEndpoints } from './firm.ts'
import { peopleEndpoints } from '../users/people-view.ts'
import { homeEndpoints } from '../home/home-view.ts'
import { myWorkEndpoints } from '../my-work/my-work-view.ts'
import { systemHealthEndpoints } from '../operations/system-health.ts'
import { workflowEndpoints } from './workflows.ts'
import { savedViewEndpoints } from '../saved-views/endpoints.ts'
import { securityEndpoints } from '../sign-ins/security-endpoints.ts'
import { processEndpoints } from '../process/process-endpoints.ts'
import { pageEndpoints } from '../pages/page-endpoints.ts'
import { notificationEndpoints } from '../notifications/notification-endpoints.ts'
import { traceOf } from '../trace/trace.ts'
import { uploaderEndpoints } from '../uploads/uploader.ts'
import { hookEndpoints } from '../webhooks/receive-hook.ts'
import { viewEndpoints } from './views.ts'

/** Endpoints of the platform as a whole. */
export const platformEndpoints: Endpoint[] = [
  {
    method: 'get', path: '/trace/:id',
    handler: async (req) => Response.json(await traceOf(req.payload, await actorOfRequest(req), String(req.routeParams?.id))),
  },
  ...viewEndpoints,
  ...savedViewEndpoints,
  ...uploaderEndpoints,
  ...deadLetterEndpoints,
  ...systemHealthEndpoints,
  ...firmEndpoints,
  ...homeEndpoints,
  ...myWorkEndpoints,
  ...workflowEndpoints,
  ...processEndpoints,
  ...peopleEndpoints,
  ...securityEndpoints,
  ...configurationEndpoints,
  ...pageEndpoints,
  ...approvalLinkEndpoints,
  ...notificationEndpoints,
  ...hookEndpoints,
]
