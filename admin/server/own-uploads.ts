import type { IncomingMessage } from 'node:http'
import type { Payload } from 'payload'
import type { Settings } from '../../config/settings.ts'
import { problem } from '../../config/errors.ts'
import { actorOf, type SignedInUser } from '../../plugins/core/access/actor.ts'
import { ProblemError } from '../../plugins/core/errors.ts'
import { whyRefused } from '../../plugins/core/keys/refused-keys.ts'
import { uploaderOf } from '../../plugins/core/uploads/uploader.ts'
import { openUploads, type Uploads } from '../front/uploads.ts'

/** Uploads at /uploads where no front process stands before the application: in development and in tests of pages. */
export function ownUploads(payload: Payload, { dataDir, limits }: Settings): Uploads {
  return openUploads({
    dataDir, limitBytes: limits.uploadBytes, types: limits.uploadTypes,
    fault: (error) => payload.logger.error({ err: error, msg: 'An upload failed.' }),
    identify: async ({ headers }: IncomingMessage) => {
      const known = Object.entries(headers).flatMap(([name, value]): [string, string][] => (typeof value === 'string' ? [[name, value]] : []))
      const asked = new Headers(known)
      const { user } = await payload.auth({ headers: asked })
      if (!user) return problem(whyRefused(asked) ?? 'notSignedIn')
      try {
        return uploaderOf(await actorOf(payload, user as unknown as SignedInUser))
      } catch (error) {
        if (error instanceof ProblemError) return error.problem
        throw error
      }
    },
  })
}
