import { buildConfig, type CollectionConfig } from 'payload'
import { databaseAdapter } from '../../../config/database.ts'
import { logOnlyEmail } from '../../../config/email.ts'
import { builtPlugins } from '../../../config/plugins.ts'
import { shippedRoles } from '../../../config/roles.ts'
import { toCollection } from '../../../plugins/core/entities/to-collection.ts'
import { createPlatform } from '../../../plugins/core/platform/platform.ts'
import { usersCollection } from '../../../plugins/core/users/users-collection.ts'

/*
 * What Trellis is measured beside: Payload with the fields, indexes and database settings of our collections, and nothing else of
 * ours: no hooks, access rules, endpoints, limits, guards of the database or GraphQL additions. DATABASE_URL names the database.
 */
const platform = createPlatform(builtPlugins, shippedRoles)

function bare({ slug, labels, fields, indexes, defaultSort }: CollectionConfig): CollectionConfig {
  return { slug, fields, timestamps: true, versions: false, lockDocuments: false, ...(labels && { labels }), ...(indexes && { indexes }), ...(defaultSort && { defaultSort }) }
}

export default buildConfig({
  secret: 'a secret of the bench, as long as one is',
  db: await databaseAdapter({ url: process.env.DATABASE_URL ?? '', durable: true }),
  collections: [
    { slug: 'users', auth: { tokenExpiration: 12 * 3600 }, fields: usersCollection().fields.filter((field) => 'name' in field && ['id', 'name', 'roles'].includes(field.name)) },
    ...[...platform.entities.values()].map((entity) => bare(toCollection(entity))),
  ],
  graphQL: { maxComplexity: 2_000 },
  email: logOnlyEmail,
  telemetry: false, typescript: { autoGenerate: false },
})
