import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { readSettings, SettingsError } from '../../config/settings.ts'

const secret = 'a secret that is long enough for anyone'
const mongo = 'mongodb://db.example/trellis?replicaSet=rs0'

describe('settings from the environment', () => {
  it('needs none: the demo on a SQLite file in the data folder', () => {
    expect(readSettings({ PATH: '/bin', HOME: '/root' })).toEqual({
      mode: 'demo',
      database: { kind: 'sqlite', url: `file:${path.resolve('data/trellis.db')}`, file: path.resolve('data/trellis.db') },
      host: '127.0.0.1',
      port: 3000,
      publicUrl: 'http://localhost:3000',
      dataDir: path.resolve('data'),
      logLevel: 'warn',
      trustedProxies: [],
      webhookHosts: [],
      limits: { bodyBytes: 10_485_760, uploadBytes: 1_073_741_824, uploadTypes: ['csv', 'txt', 'xlsx', 'pdf', 'png', 'jpg', 'jpeg', 'webp'], requestsPerAccount: 1200, requestsPerAddress: 6000 },
      operations: {
        backup: { folder: path.resolve('data/backups'), everyMilliseconds: null, keepHourly: 24, keepDaily: 7, keepWeekly: 4 },
        logFormat: 'text', slowQueryMilliseconds: 500,
      },
    })
  })

  it('sends emails by the mail server that is named, from an address of its own host', () => {
    expect(readSettings({ SMTP_URL: 'smtps://me:pass@mail.example:465', PUBLIC_URL: 'https://erp.example' }).mail).toEqual({ url: 'smtps://me:pass@mail.example:465', from: 'Trellis <trellis@erp.example>' })
    expect(readSettings({ SMTP_URL: 'smtp://mail', MAIL_FROM: 'Firm <post@firm.example>', WEBHOOK_HOSTS: 'Bus.intranet, localhost:9000' })).toMatchObject({ mail: { from: 'Firm <post@firm.example>' }, webhookHosts: ['bus.intranet', 'localhost:9000'] })
    expect(() => readSettings({ SMTP_URL: 'mail.example' })).toThrow('The value of SMTP_URL in the environment cannot be used')
    expect(() => readSettings({ MAIL_FROM: 'a@b.example\r\nBcc: c@d.example' })).toThrow('MAIL_FROM')
  })

  it('takes an empty variable as absent', () => {
    expect(readSettings({ PORT: '', DATABASE_URL: '', TRELLIS_SECRET: '' })).toEqual(readSettings({}))
  })

  it('reads proxies and limits', () => {
    const { trustedProxies, limits } = readSettings({ TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8,::1', BODY_LIMIT_MB: '1', RATE_LIMIT_ACCOUNT: '0', RATE_LIMIT_ADDRESS: '60' })
    expect(trustedProxies).toEqual(['127.0.0.1', '10.0.0.0/8', '::1'])
    expect(limits).toMatchObject({ bodyBytes: 1_048_576, requestsPerAccount: 0, requestsPerAddress: 60 })
  })

  it('reads port, addresses and folder', () => {
    const settings = readSettings({ PORT: '8080', HOST: '0.0.0.0', PUBLIC_URL: 'https://erp.example.com/', DATA_DIR: '/var/trellis' })
    expect(settings).toMatchObject({ port: 8080, host: '0.0.0.0', publicUrl: 'https://erp.example.com', dataDir: '/var/trellis' })
    expect(settings.database).toEqual({ kind: 'sqlite', url: 'file:/var/trellis/trellis.db', file: '/var/trellis/trellis.db' })
  })

  it.each([
    ['file:/srv/a.db', '/srv/a.db'],
    ['file:///srv/a.db', '/srv/a.db'],
    ['file:own/a.db', path.resolve('own/a.db')],
    ['file:./own/a.db', path.resolve('own/a.db')],
  ])('understands %s', (url, file) => {
    expect(readSettings({ DATABASE_URL: url }).database).toEqual({ kind: 'sqlite', url: `file:${file}`, file })
  })

  it.each(['mongodb://db.example/?replicaSet=rs0', 'mongodb://db.example:27017?replicaSet=rs0', 'mongodb+srv://db.example'])('refuses %s, which names no database', (url) => {
    expect(() => readSettings({ DATABASE_URL: url, TRELLIS_SECRET: secret })).toThrow(/names no database: write it behind the host/)
  })

  it('is in production mode on MongoDB unless told otherwise', () => {
    expect(readSettings({ DATABASE_URL: mongo, TRELLIS_SECRET: secret })).toMatchObject({ mode: 'production', secret, database: { kind: 'mongodb', url: mongo } })
    expect(readSettings({ DATABASE_URL: mongo, TRELLIS_SECRET: secret, TRELLIS_MODE: 'demo' }).mode).toBe('demo')
  })

  it('backs a firm up every day unless told otherwise, and logs for machines', () => {
    const firm = { TRELLIS_MODE: 'production', TRELLIS_SECRET: secret }
    expect(readSettings(firm).operations).toMatchObject({ backup: { everyMilliseconds: 86_400_000 }, logFormat: 'json' })
    expect(readSettings({ ...firm, BACKUP_EVERY: '6h', BACKUP_DIR: '/srv/backups', LOG_FORMAT: 'text' }).operations)
      .toMatchObject({ backup: { everyMilliseconds: 21_600_000, folder: '/srv/backups' }, logFormat: 'text' })
    expect(readSettings({ ...firm, BACKUP_EVERY: 'off' }).operations.backup.everyMilliseconds).toBeNull()
  })

  it('takes the owner of a real start', () => {
    expect(readSettings({ OWNER_EMAIL: 'chen@example.com', OWNER_PASSWORD: 'twelve or more' }).owner).toEqual({ email: 'chen@example.com', password: 'twelve or more' })
  })
})

describe('a setting that cannot be used', () => {
  it.each([
    [{ PORT: 'http' }, /"http" of PORT .*whole number from 1 to 65535/],
    [{ PORT: '0' }, /"0" of PORT/],
    [{ PORT: '65536' }, /"65536" of PORT/],
    [{ PORT: '30.5' }, /"30.5" of PORT/],
    [{ DATABASE_URL: 'postgres://u:hush@db/x' }, /DATABASE_URL .*mongodb:\/\//],
    [{ PUBLIC_URL: 'erp.example.com' }, /PUBLIC_URL .*https:\/\/trellis.example.com/],
    [{ TRELLIS_MODE: 'prod' }, /"prod" of TRELLIS_MODE .*demo or production/],
    [{ TRELLIS_SECRET: 'short' }, /TRELLIS_SECRET .*at least 32/],
    [{ TRUSTED_PROXIES: 'proxy.example' }, /"proxy.example" of TRUSTED_PROXIES .*10\.0\.0\.0\/8/],
    [{ TRUSTED_PROXIES: '10.0.0.0/33' }, /TRUSTED_PROXIES/],
    [{ BODY_LIMIT_MB: '0' }, /BODY_LIMIT_MB .*1 to 1024/],
    [{ LOG_LEVEL: 'loud' }, /"loud" of LOG_LEVEL .*warn/],
    [{ OWNER_EMAIL: 'chen' }, /"chen" of OWNER_EMAIL .*email/],
    [{ OWNER_EMAIL: 'chen@example.com' }, /OWNER_PASSWORD is not/],
    [{ OWNER_PASSWORD: 'twelve or more' }, /OWNER_EMAIL is not/],
    [{ OWNER_EMAIL: 'chen@example.com', OWNER_PASSWORD: 'short' }, /OWNER_PASSWORD .*at least 12/],
    [{ BACKUP_EVERY: 'daily' }, /"daily" of BACKUP_EVERY .*6h or 1d, or off/],
    [{ METRICS_TOKEN: 'short' }, /METRICS_TOKEN .*at least 16/],
    [{ TEST_BUDGET: 'all' }, /"all" of TEST_BUDGET/],
    [{ TRELLIS_SECRETS: 'x' }, /^TRELLIS_SECRETS .*not a setting.*TRELLIS_SECRET/],
    [{ TRELLIS_MODE: 'production' }, /TRELLIS_SECRET is missing .*in production mode.*openssl rand/],
    [{ DATABASE_URL: mongo }, /TRELLIS_SECRET is missing .*with MongoDB/],
    [{ DATABASE_URL: mongo, TRELLIS_MODE: 'demo' }, /TRELLIS_SECRET is missing .*with MongoDB/],
  ])('%j is told in one sentence', (env, sentence) => {
    const message = messageOf(() => readSettings(env))
    expect(message).toMatch(sentence)
    expect(message).toMatch(/^[^\n]+\.$/)
  })

  it('never repeats a secret', () => {
    const messages = [{ TRELLIS_SECRET: 'hush' }, { OWNER_EMAIL: 'a@b.example', OWNER_PASSWORD: 'hush' }, { DATABASE_URL: 'mysql://root:hush@db' }, { METRICS_TOKEN: 'hush' }]
      .map((env) => messageOf(() => readSettings(env)))
    expect(messages.join()).not.toContain('hush')
  })
})

function messageOf(action: () => unknown): string {
  try {
    action()
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsError)
    if (error instanceof Error) return error.message
  }
  throw new Error('nothing was refused')
}
