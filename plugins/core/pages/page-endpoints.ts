import type { Endpoint, PayloadRequest } from 'payload'
import type { Language } from '../../../config/language/text.ts'
import { actorOfRequest } from '../access/collection-hooks.ts'
import { bodyOf } from '../api/rest.ts'
import { fail } from '../errors.ts'
import { pageForAnyone, pageForUsers } from './open-pages.ts'
import { forgetPageFiles, takePageFile } from './page-files.ts'
import { publicBodyBytes } from './page-limits.ts'
import { readStamp } from './page-stamp.ts'
import { pagesOf, pageViewFor, publicPageView } from './page-view.ts'
import { anyoneBy, recordForScan, submitPage } from './submit-page.ts'

/**
 * Pages of their own. GET /pages: those for who asks; GET, POST /pages/:slug `{data}` for who is signed in, with `Idempotency-Key`;
 * GET /pages/:slug/records/:field?code= for the record that a scanned code names, as the server will find it; GET, POST /f/:address `{data, stamp, replyUrl}` for anyone: `stamp` as GET gave it, good for one record; `replyUrl` is left empty by
 * people, who do not see it; POST /f/:address/files/:field, the bytes of a file with `X-Page-Stamp` and `X-File-Name` (percent-encoded), gives `{id}`, good for
 * the record of that stamp and for nothing else.
 */
export const pageEndpoints: Endpoint[] = [
  { method: 'get', path: '/pages', handler: async (req) => Response.json(pagesOf(req.payload, await actorOfRequest(req))) },
  {
    method: 'get', path: '/pages/:slug',
    handler: async (req) => {
      const actor = await actorOfRequest(req)
      return Response.json(pageViewFor(req.payload, actor, pageForUsers(req.payload, param(req, 'slug'))))
    },
  },
  {
    method: 'post', path: '/pages/:slug',
    handler: async (req) => {
      const actor = await actorOfRequest(req)
      const { data } = await bodyOf(req)
      const answer = await submitPage(req.payload, pageForUsers(req.payload, param(req, 'slug')), { actor, data, key: req.headers.get('idempotency-key') ?? undefined })
      return Response.json(answer, { status: 201 })
    },
  },
  {
    method: 'get', path: '/pages/:slug/records/:field',
    handler: async (req) => Response.json(await recordForScan(req.payload, pageForUsers(req.payload, param(req, 'slug')), { actor: await actorOfRequest(req), field: param(req, 'field'), code: new URL(req.url ?? '', 'http://trellis').searchParams.get('code') ?? '' })),
  },
  { method: 'get', path: '/f/:address', handler: async (req) => Response.json(await publicPageView(req.payload, pageForAnyone(req.payload, param(req, 'address'))), { headers: { 'Cache-Control': 'no-store' } }) },
  {
    method: 'post', path: '/f/:address',
    handler: async (req) => {
      const open = pageForAnyone(req.payload, param(req, 'address'))
      const { data, stamp, replyUrl } = await bodyOf(req, publicBodyBytes)
      if (replyUrl !== undefined && replyUrl !== '') fail('pageNotAccepted')
      const language: Language = req.i18n.language === 'zh' ? 'zh' : 'en'
      const key = readStamp(req.payload.secret, open.slug, stamp)
      const { thanks } = await submitPage(req.payload, open, { actor: anyoneBy(open, language, key), data, key })
      await forgetPageFiles(req.payload, key)
      return Response.json({ thanks }, { status: 201 })
    },
  },
  {
    method: 'post', path: '/f/:address/files/:field',
    handler: async (req) => {
      const open = pageForAnyone(req.payload, param(req, 'address'))
      const key = readStamp(req.payload.secret, open.slug, req.headers.get('x-page-stamp'), { mayBeYoung: true })
      return Response.json({ id: await takePageFile(req, open, { field: param(req, 'field'), key }) }, { status: 201, headers: { 'Cache-Control': 'no-store' } })
    },
  },
]

const param = (req: PayloadRequest, name: string) => String(req.routeParams?.[name])
