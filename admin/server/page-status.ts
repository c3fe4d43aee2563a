import type { Payload } from 'payload'
import { ProblemError } from '../../plugins/core/errors.ts'
import { pageForAnyone } from '../../plugins/core/pages/open-pages.ts'

/** The status of a page for anyone that cannot be filled in: 404, or 410 for one that is out of use; undefined for every other address. */
export function statusOfClosedPage(payload: Payload, url = ''): number | undefined {
  const address = /^\/f\/([^/?]+)\/?(?:\?|$)/.exec(url)?.[1]
  if (address === undefined) return undefined
  try {
    pageForAnyone(payload, decodeURIComponent(address))
    return undefined
  } catch (error) {
    return error instanceof ProblemError ? error.problem.status : undefined
  }
}
