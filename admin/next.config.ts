import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { withPayload } from '@payloadcms/next/withPayload'
import type { NextConfig } from 'next'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))

const nextConfig: NextConfig = {
  poweredByHeader: false,
  outputFileTracingRoot: root,
  turbopack: { root },
  // Types are a stage of `npm test`; the panel's build does not repeat it.
  typescript: { ignoreBuildErrors: true },
  // The server process starts Payload and Next's pages find it: both must hold the very same module.
  serverExternalPackages: ['payload', '@payloadcms/db-sqlite', '@payloadcms/db-mongodb', '@payloadcms/drizzle', '@payloadcms/graphql', 'mongodb', 'xstate', 'piscina', 'prom-client', '@opentelemetry/api'],
  redirects: () => Promise.resolve([{ source: '/', destination: '/admin', permanent: false }]),
}

export default withPayload(nextConfig)
