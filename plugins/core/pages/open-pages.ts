import { createHmac } from 'node:crypto'
import type { Payload } from 'payload'
import type { EntityDefinition } from '../../../config/language/entity.ts'
import type { PageDefinition } from '../../../config/language/page.ts'
import { fail } from '../errors.ts'
import { platformOf } from '../platform/platform.ts'
import { revisionOf } from '../platform/publish-revision.ts'
import { pageFindings } from './page-findings.ts'

/** A published page that can be used. */
export type OpenPage = { readonly slug: string; readonly page: PageDefinition; readonly entity: EntityDefinition }

/** The published pages by slug; null: out of use, or no longer fitting what it makes, since that has changed. */
export function openPages(payload: Pick<Payload, 'config'>): ReadonlyMap<string, OpenPage | null> {
  const known = opened.get(payload.config)
  if (known) return known
  const { inputs } = revisionOf(payload)
  const { entities } = platformOf(payload)
  const pages = new Map(Object.entries(inputs.pages ?? {}).map(([slug, page]) => {
    const entity = entities.get(page.entity)
    const isOpen = !page.retired && pageFindings({ ...inputs, pages: { [slug]: page } }, entities).length === 0
    return [slug, entity && isOpen ? { slug, page, entity } : null] as const
  }))
  opened.set(payload.config, pages)
  return pages
}
const opened = new WeakMap<Payload['config'], ReadonlyMap<string, OpenPage | null>>()

/** A page for who is signed in. @throws ProblemError 404, or 410 for one that is out of use */
export function pageForUsers(payload: Pick<Payload, 'config'>, slug: string): OpenPage {
  const page = openPages(payload).get(slug)
  if (page === null && revisionOf(payload).inputs.pages?.[slug]?.kind !== 'public') fail('pageClosed')
  return page && page.page.kind !== 'public' ? page : fail('pageUnknown')
}

/** A public page by what stands behind /f/. @throws ProblemError 404, or 410 for one that is out of use */
export function pageForAnyone(payload: Pick<Payload, 'config' | 'secret'>, address: string): OpenPage {
  for (const [slug, definition] of Object.entries(revisionOf(payload).inputs.pages ?? {})) {
    if (definition.kind === 'public' && addressOf(payload, slug, definition) === address) return openPages(payload).get(slug) ?? fail('pageClosed')
  }
  return fail('pageUnknown')
}

/**
 * What stands behind /f/: the slug, or 128 bits that follow from the secret of this installation, so that neither the definition nor its
 * file holds the address, and another number makes another one.
 */
export function addressOf({ secret }: Pick<Payload, 'secret'>, slug: string, { link }: Pick<PageDefinition, 'link'>): string {
  if (link === undefined) return slug
  return createHmac('sha256', secret).update(`trellis page ${slug} ${link}`).digest().subarray(0, 16).toString('base64url')
}
