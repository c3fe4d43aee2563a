import { en } from '@payloadcms/translations/languages/en'
import { zh } from '@payloadcms/translations/languages/zh'
import path from 'node:path'
import { buildConfig, type SanitizedConfig } from 'payload'
import { closeOwnCollections } from '../plugins/core/api/closed-collections.ts'
import { platformEndpoints } from '../plugins/core/api/endpoints.ts'
import { graphqlMutations, graphqlQueries } from '../plugins/core/api/graphql.ts'
import { introspectionRules } from '../plugins/core/api/introspection-rule.ts'
import { toCollection } from '../plugins/core/entities/to-collection.ts'
import { localizeError } from '../plugins/core/api/localize-error.ts'
import { guardRevision } from '../plugins/core/data/revision-guard.ts'
import { newId } from '../plugins/core/commands/context.ts'
import { fitInputs } from '../plugins/core/platform/fit-inputs.ts'
import type { Fitted } from '../plugins/core/platform/misfits.ts'
import { withPublishedFields } from '../plugins/core/platform/published-fields.ts'
import { systemActor } from '../plugins/core/access/actor.ts'
import { watchDatabase } from '../plugins/core/operations/database-watch.ts'
import { logOptions } from '../plugins/core/operations/log-options.ts'
import type { Surroundings } from '../plugins/core/operations/surroundings.ts'
import { createPlatform } from '../plugins/core/platform/platform.ts'
import type { TrellisPlugin } from '../plugins/core/platform/plugin.ts'
import { noteRefusedLogin } from '../plugins/core/sign-ins/refused-login.ts'
import { writeSessionsOnly } from '../plugins/core/users/session-writes.ts'
import { readQuickly } from '../plugins/core/data/quick-reads.ts'
import { usersCollection } from '../plugins/core/users/users-collection.ts'
import { databaseAdapter } from './database.ts'
import { logOnlyEmail } from './email.ts'
import { shippedRevision, type Revision } from './language/revision.ts'
import { uploadTypes } from './language/upload-types.ts'
import type { KeyMove } from './moves.ts'
import { trustedOrigins } from './origins.ts'
import { builtPlugins } from './plugins.ts'
import { revisionOfProcess } from './revision.ts'
import { shippedRoles } from './roles.ts'
import { root } from './root.ts'
import { resolveSecret } from './secret.ts'
import { readSettings, type Settings } from './settings.ts'

export type ConfigurationInputs = {
  readonly settings: Pick<Settings, 'mode' | 'database' | 'publicUrl' | 'logLevel' | 'dataDir' | 'secret'> & Partial<Pick<Settings, 'operations' | 'limits' | 'mail' | 'webhookHosts'>>
  /** Installed systems. */
  readonly plugins: readonly TrellisPlugin[]
  /** What the firm has published; absent: nothing. */
  readonly revision?: Revision
}

/** The composition root: a pure function of the settings, the installed plugins and the revision. */
export async function buildTrellisConfig({ settings, plugins, revision: published = shippedRevision }: ConfigurationInputs): Promise<SanitizedConfig> {
  const { inputs, usable, misfits, moved } = fitInputs(published.inputs, plugins.flatMap(({ entities }) => entities ?? []))
  const revision: Revision = moved.length > 0 ? { number: published.number + 1, inputs } : published
  const move: KeyMove | undefined = moved.length > 0 ? { moved, number: revision.number, row: () => ({ id: newId(), ...revision, actor: systemActor.id, at: new Date().toISOString() }) } : undefined
  const database = await databaseAdapter({ url: settings.database.url, durable: settings.mode === 'production', move })
  const platform = createPlatform(withPublishedFields(plugins, usable), shippedRoles, usable)
  return buildConfig({
    secret: resolveSecret(settings),
    db: watchDatabase(writeSessionsOnly(readQuickly(guardRevision(database, revision.number)))),
    collections: [usersCollection(), ...[...platform.entities.values()].map(toCollection)],
    endpoints: platformEndpoints,
    custom: { platform, mode: settings.mode, revision, fitted: { misfits, moved } satisfies Fitted, surroundings: { database: settings.database, dataDir: settings.dataDir, operations: settings.operations, uploadTypes: settings.limits?.uploadTypes ?? uploadTypes, publicUrl: settings.publicUrl, webhookHosts: settings.webhookHosts ?? [], ...(settings.mail && { mail: settings.mail }) } satisfies Surroundings },
    hooks: { afterError: [noteRefusedLogin, localizeError] },
    // Payload would refuse introspection to everyone in production; our own rule shows the schema to who is signed in.
    graphQL: { queries: graphqlQueries, mutations: graphqlMutations, maxComplexity: 2_000, disableIntrospectionInProduction: false, validationRules: introspectionRules },
    i18n: { supportedLanguages: { en, zh }, fallbackLanguage: 'en' },
    admin: {
      user: 'users', avatar: 'default', theme: 'all',
      components: { Nav: '/admin/frame/no-nav.tsx#NoNav' },
      importMap: { baseDir: root, importMapFile: path.join(root, 'admin/app/(payload)/admin/importMap.js') },
      meta: { titleSuffix: ' · Trellis' },
    },
    csrf: trustedOrigins(settings.publicUrl),
    cors: trustedOrigins(settings.publicUrl),
    email: logOnlyEmail,
    serverURL: '',
    logger: logOptions({ logLevel: settings.logLevel, format: settings.operations?.logFormat ?? 'json' }),
    telemetry: false,
    typescript: { autoGenerate: false },
  }).then(closeOwnCollections)
}

/*
 * The server's own bundle and each of the panel's hold this module: the first of them builds the configuration of the process, and
 * all use that one. Development builds it again whenever a source has changed.
 */
const key = Symbol.for('trellis.configuration')
type Holder = { [key]?: Promise<SanitizedConfig> }
const build = async () => buildTrellisConfig({ settings: readSettings(process.env), plugins: builtPlugins, revision: await revisionOfProcess() })

export default process.env.NODE_ENV === 'production' ? (globalThis as Holder)[key] ??= build() : build()
