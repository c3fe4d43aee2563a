import type { IncomingMessage } from 'node:http'
import type { Payload } from 'payload'
import type { Settings } from '../../config/settings.ts'
import { openUploads, type Uploads } from '../front/uploads.ts'

/** Uploads at /uploads where no front process stands before the application: in development and in tests of pages. */
export function ownUploads(payload: Payload, { dataDir, limits }: Settings): Uploads {
  return openUploads({
    dataDir, limitBytes: limits.uploadBytes, types: limits.uploadTypes,
    identify: async ({ headers }: IncomingMessage) => {
      const known = Object.entries(headers).flatMap(([name, value]): [string, string][] => (typeof value === 'string' ? [[name, value]] : []))
      const { user } = await payload.auth({ headers: new Headers(known) })
      return user ? String(user.id) : undefined
    },
  })
}
