import { getPayload } from 'payload'
import type { Revision } from '../../config/language/revision.ts'
import { buildTrellisConfig } from '../../config/payload.config.ts'
import { builtPlugins } from '../../config/plugins.ts'
import type { Booted } from './boot-payload.ts'

/** Another process of the platform, as it were, with this revision and over the database of one that is there. `stop` leaves the database. */
export async function bootBeside({ database }: Booted, revision: Revision, plugins = builtPlugins): Promise<Booted> {
  const { kind, url } = database
  const config = await buildTrellisConfig({
    settings: { mode: 'production', publicUrl: 'http://localhost:3000', logLevel: 'silent', dataDir: 'data', secret: 'a secret of the tests, long enough for all', database: kind === 'sqlite' ? { kind, url, file: url.slice(5) } : { kind, url } },
    plugins, revision,
  })
  const key = `${url} ${revision.number} ${crypto.randomUUID()}`
  const payload = await getPayload({ config, key })
  return { payload, database: { ...database, url: key }, stop: () => payload.destroy() }
}
