import { readFileSync } from 'node:fs'
import { validate } from 'dockerfile-utils'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { readSettings, settingsSchema } from '../../config/settings.ts'

type Service = {
  image?: string; build?: string; user?: string; environment?: Record<string, string>; volumes?: string[]; cap_drop?: string[]
  depends_on?: Record<string, { condition: string }>; healthcheck?: { test: string[] }; command?: string[]; ports?: string[]; networks?: string[]
}
type Compose = { services: Record<string, Service>; volumes: Record<string, unknown>; networks: Record<string, unknown> }

const dockerfile = readFileSync('Dockerfile', 'utf8')
const compose = parse(readFileSync('compose.yaml', 'utf8')) as Compose
const settings: readonly string[] = Object.keys(settingsSchema.shape)
const notOurs = ['NODE_ENV', 'NEXT_TELEMETRY_DISABLED']

describe('the Dockerfile', () => {
  it('passes its linter', () => {
    expect(validate(dockerfile).map(({ message, range }) => `${range.start.line + 1}: ${message}`)).toEqual([])
    expect(validate('FRM node').length).toBeGreaterThan(0)
  })

  it('runs as a user without rights, tells its health, and sets settings that exist', () => {
    const stage = dockerfile.slice(dockerfile.lastIndexOf('FROM '))
    expect(stage.indexOf('USER node')).toBeGreaterThan(0)
    expect(stage.slice(stage.indexOf('USER node'))).not.toMatch(/^(USER (?!node)|RUN )/m)
    expect(stage).toMatch(/HEALTHCHECK[^]*\/readyz/)
    const names = [...(/^ENV ([^]*?[^\\])\n/m.exec(stage)?.[1] ?? '').matchAll(/([A-Z_]+)=/g)].map(([, name = '']) => name)
    expect(names).toContain('DATA_DIR')
    for (const name of names) expect([...settings, ...notOurs]).toContain(name)
    expect(dockerfile).not.toMatch(/SECRET|PASSWORD/)
  })

  it('carries neither data nor secrets into the image', () => {
    const ignored = readFileSync('.dockerignore', 'utf8').split('\n')
    for (const name of ['data', '.git', '.env*', 'node_modules']) expect(ignored).toContain(name)
  })
})

describe('the compose file', () => {
  const { trellis, mongodb } = compose.services

  it('starts a replica set first, and Trellis on it', () => {
    expect(mongodb?.command).toEqual(expect.arrayContaining(['--replSet', 'rs0']))
    expect(mongodb?.healthcheck?.test.join(' ')).toContain("_id: 'rs0'")
    expect(trellis?.depends_on).toEqual({ mongodb: { condition: 'service_healthy' } })
    expect(trellis?.environment?.DATABASE_URL).toMatch(/^mongodb:\/\/mongodb:27017\/\w+\?replicaSet=rs0$/)
  })

  it('opens the database to nobody else, and Trellis to this machine, by a user without rights', () => {
    expect(mongodb?.ports).toBeUndefined()
    expect(trellis?.ports).toEqual(['127.0.0.1:3000:3000'])
    expect(trellis).toMatchObject({ user: 'node', cap_drop: ['ALL'] })
  })

  it('passes on what docs/operations.md tells operators to set, where it is set', () => {
    const { environment = {} } = trellis ?? {}
    for (const name of ['TRUSTED_PROXIES', 'METRICS_TOKEN', 'BACKUP_EVERY', 'BACKUP_KEEP_HOURLY', 'BACKUP_KEEP_DAILY', 'BACKUP_KEEP_WEEKLY', 'OWNER_EMAIL', 'OWNER_PASSWORD', 'LOG_LEVEL', 'SLOW_QUERY_MS']) {
      expect(environment[name], name).toMatch(new RegExp(`^\\$\\{${name}:-(1d)?\\}$`))
    }
    // What is not set reaches Trellis as an empty text.
    const asSet = Object.fromEntries(Object.entries(environment).map(([name, text]) => [name, text.replace(/^\$\{\w+:(?:-(.*)|\?.*)\}$/, '$1')]))
    expect(readSettings({ ...asSet, TRELLIS_SECRET: 'x'.repeat(32) })).toMatchObject({
      mode: 'production', publicUrl: 'http://localhost:3000', trustedProxies: [], operations: { backup: { keepHourly: 24, keepDaily: 7, keepWeekly: 4 } },
    })
  })

  it('names settings, volumes and networks that exist', () => {
    for (const name of Object.keys(trellis?.environment ?? {})) expect(settings).toContain(name)
    expect(trellis?.environment?.TRELLIS_SECRET).toMatch(/^\$\{TRELLIS_SECRET:\?/)
    for (const service of Object.values(compose.services)) {
      for (const volume of service.volumes ?? []) expect(compose.volumes).toHaveProperty(volume.split(':')[0] ?? '')
      for (const network of service.networks ?? []) expect(compose.networks).toHaveProperty(network)
    }
  })
})
