import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { withPayload } from '@payloadcms/next/withPayload'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))

/** Not TypeScript: Next would load its compiler for it at every start. @type {import('next').NextConfig} */
const nextConfig = {
  poweredByHeader: false,
  outputFileTracingRoot: root,
  turbopack: { root },
  // Types are a stage of `npm test`; the panel's build does not repeat it.
  typescript: { ignoreBuildErrors: true },
  // The server process starts Payload and Next's pages find it: both must hold the very same module.
  serverExternalPackages: ['payload', '@payloadcms/db-sqlite', '@payloadcms/db-mongodb', '@payloadcms/drizzle', '@payloadcms/graphql', 'mongodb', 'xstate', 'piscina', 'prom-client', '@opentelemetry/api'],
  // A page's code is loaded when it is first asked for (`serve.ts` asks for the usual ones once it answers), but by a process that waits.
  experimental: {
    preloadEntriesOnStart: process.argv.includes('--spare'),
    // A firm builds once a release: what would help a second build costs a quarter of the first one and 250 MB, and nobody reads the maps.
    turbopackFileSystemCacheForBuild: false,
    turbopackSourceMaps: false,
  },
  redirects: () => Promise.resolve([{ source: '/', destination: '/admin', permanent: false }]),
}

export default withPayload(nextConfig)
