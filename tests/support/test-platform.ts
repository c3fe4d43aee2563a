import type { SanitizedConfig } from 'payload'
import { buildTrellisConfig } from '../../config/payload.config.ts'
import { builtPlugins } from '../../config/plugins.ts'
import { installPlatform } from '../../plugins/core/platform/install.ts'
import type { TrellisPlugin } from '../../plugins/core/platform/plugin.ts'
import { bootPayload, type Booted } from './boot-payload.ts'
import type { TestDatabase } from './test-database.ts'

/** Starts the platform with the built systems and `extra` ones on a database of its own; `publishes`: fields will be added to it. */
export async function bootPlatform(extra: readonly TrellisPlugin[] = [], { publishes = false } = {}): Promise<Booted> {
  const booted = await bootPayload((database) => platformConfig(database, extra), { isUsual: extra.length === 0 && !publishes })
  await installPlatform(booted.payload)
  return booted
}

/** The built systems and `extra` ones over a database. */
export function platformConfig({ kind, url }: Pick<TestDatabase, 'kind' | 'url'>, extra: readonly TrellisPlugin[]): SanitizedConfig | Promise<SanitizedConfig> {
  return buildTrellisConfig({
    settings: {
      mode: 'production', publicUrl: 'http://localhost:3000', logLevel: 'silent', dataDir: 'data',
      secret: 'a secret of the tests, long enough for all', database: kind === 'sqlite' ? { kind, url, file: url.slice(5) } : { kind, url },
    },
    plugins: [...builtPlugins, ...extra],
  })
}
