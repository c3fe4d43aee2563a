import type { SanitizedConfig } from 'payload'
import type { RevisionInputs } from '../../config/language/revision.ts'
import { buildTrellisConfig, type ConfigurationInputs } from '../../config/payload.config.ts'
import { builtPlugins } from '../../config/plugins.ts'
import { installPlatform } from '../../plugins/core/platform/install.ts'
import type { TrellisPlugin } from '../../plugins/core/platform/plugin.ts'
import { bootPayload, type Booted } from './boot-payload.ts'
import type { TestDatabase } from './test-database.ts'

type Variant = {
  /** Fields will be added to it. */
  readonly publishes?: boolean
  /** What the firm has published already. */
  readonly inputs?: RevisionInputs
  /** Where it reaches others. */
  readonly outside?: Pick<ConfigurationInputs['settings'], 'mail' | 'webhookHosts'>
}

/** Starts the platform with the built systems and `extra` ones on a database of its own. */
export async function bootPlatform(extra: readonly TrellisPlugin[] = [], { publishes = false, inputs, outside }: Variant = {}): Promise<Booted> {
  const booted = await bootPayload((database) => platformConfig(database, extra, inputs, outside), { isUsual: extra.length === 0 && !publishes && !inputs && !outside })
  await installPlatform(booted.payload)
  return booted
}

/** The built systems and `extra` ones over a database. */
export function platformConfig({ kind, url }: Pick<TestDatabase, 'kind' | 'url'>, extra: readonly TrellisPlugin[], inputs?: RevisionInputs, outside: Variant['outside'] = {}): SanitizedConfig | Promise<SanitizedConfig> {
  return buildTrellisConfig({
    settings: {
      mode: 'production', publicUrl: 'http://localhost:3000', logLevel: 'silent', dataDir: 'data',
      secret: 'a secret of the tests, long enough for all', database: kind === 'sqlite' ? { kind, url, file: url.slice(5) } : { kind, url }, ...outside,
    },
    plugins: [...builtPlugins, ...extra], ...(inputs && { revision: { number: 0, inputs } }),
  })
}
