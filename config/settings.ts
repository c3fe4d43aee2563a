import { isIP } from 'node:net'
import path from 'node:path'
import { z } from 'zod'
import { uploadTypes, type UploadType } from './language/upload-types.ts'

/** A setting that cannot be used: the message is one sentence that says what, where and the remedy. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError'
}

export type Database =
  | { readonly kind: 'sqlite'; readonly url: string; readonly file: string }
  | { readonly kind: 'mongodb'; readonly url: string }

export type Settings = {
  readonly mode: 'demo' | 'production'
  readonly database: Database
  readonly host: string
  readonly port: number
  /** Where browsers reach the platform, without a slash at the end. */
  readonly publicUrl: string
  /** Absolute path of the folder for the database file, the generated secret and uploads. */
  readonly dataDir: string
  /** Absent: generated at the first start, see `resolveSecret`. */
  readonly secret?: string
  readonly logLevel: (typeof logLevels)[number]
  /** Addresses and networks of the proxies in front, whose word on where a request comes from is taken. */
  readonly trustedProxies: readonly string[]
  readonly limits: {
    readonly bodyBytes: number
    readonly uploadBytes: number
    /** Endings of names. */
    readonly uploadTypes: readonly UploadType[]
    /** Requests a minute; 0: no limit. */
    readonly requestsPerAccount: number
    readonly requestsPerAddress: number
  }
  /** The first user of a real start; absent: the panel asks for it. */
  readonly owner?: { readonly email: string; readonly password: string }
  readonly operations: OperationsSettings
  /** Absent: emails are kept and not sent. */
  readonly mail?: { readonly url: string; readonly from: string }
  /** Hosts (with a port, or any) that webhooks may reach though their addresses are private. */
  readonly webhookHosts: readonly string[]
}

/** What whoever keeps the platform running decides. */
export type OperationsSettings = {
  readonly backup: {
    /** Absolute path of the folder that holds one folder a backup. */
    readonly folder: string
    /** Time between two backups; null: none are made by themselves. */
    readonly everyMilliseconds: number | null
    readonly keepHourly: number
    readonly keepDaily: number
    readonly keepWeekly: number
  }
  /** `json`: one object a line; `text`: for eyes. */
  readonly logFormat: 'json' | 'text'
  /** Database operations that take longer are logged; 0: none. */
  readonly slowQueryMilliseconds: number
  /** Who may read /metrics; absent: this machine only. */
  readonly metricsToken?: string
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

/** Every setting the platform reads, with what an operator needs to know; the README's table lists the same names. */
export const settingsSchema = z.object({
  DATABASE_URL: z
    .string()
    .regex(/^(file:.+|mongodb(\+srv)?:\/\/.+)/, 'write file:/path/to/trellis.db or mongodb://host:27017/name?replicaSet=rs0')
    .optional()
    .describe('Database. Absent: a SQLite file trellis.db in DATA_DIR. MongoDB needs a replica set.'),
  DATA_DIR: z.string().min(1, 'write the path of a folder, or leave it out').default('data')
    .describe('Folder of the database file, the generated secret and uploads.'),
  HOST: z.string().min(1, 'write an address such as 0.0.0.0, or leave it out').default('127.0.0.1')
    .describe('Address to listen on; 0.0.0.0 lets other machines in.'),
  PORT: wholeNumber({ min: 1, max: 65535 }).default(3000).describe('Port to listen on.'),
  PUBLIC_URL: z.url({ protocol: /^https?$/, message: 'write an address such as https://trellis.example.com' }).optional()
    .describe('Where browsers reach the platform. Absent: http://localhost:PORT.'),
  TRUSTED_PROXIES: z.string().refine(areAddresses, 'write addresses or networks with commas between them, such as 127.0.0.1,10.0.0.0/8').optional()
    .describe('Proxies in front whose forwarded headers are believed: addresses or networks, comma-separated. Absent: none.'),
  BODY_LIMIT_MB: wholeNumber({ min: 1, max: 1024 }).default(10).describe('Largest request body; files are uploaded in parts.'),
  UPLOAD_LIMIT_MB: wholeNumber({ min: 1, max: 1_000_000 }).default(1024).describe('Largest file that is uploaded in parts.'),
  UPLOAD_TYPES: z.string().refine((text) => listOf(text).every((type) => uploadTypes.some((one) => one === type)), `write some of ${uploadTypes.join(',')}`).default('csv,txt,xlsx,pdf,png,jpg,jpeg,webp')
    .describe('Types of files that may be uploaded, by the endings of their names; what a file is must fit its name.'),
  RATE_LIMIT_ACCOUNT: wholeNumber({ min: 0, max: 1_000_000 }).default(1200).describe('API requests a minute of one user or key; 0: no limit.'),
  RATE_LIMIT_ADDRESS: wholeNumber({ min: 0, max: 1_000_000 }).default(6000).describe('Requests a minute from one address; 0: no limit.'),
  TRELLIS_MODE: z.enum(['demo', 'production'], 'write demo or production').optional()
    .describe('demo: demo firm and demo logins. Absent: demo on the embedded database, production on MongoDB.'),
  TRELLIS_SECRET: z.string().min(32, 'use at least 32 characters, for example from `openssl rand -hex 32`').optional()
    .describe('Signs sessions. Absent: generated into DATA_DIR in demo mode on the embedded database, demanded otherwise.'),
  OWNER_EMAIL: z.email('write an email address').optional().describe('Email of the first owner; absent: the panel asks.'),
  OWNER_PASSWORD: z.string().min(12, 'use at least 12 characters').optional().describe('Password of the first owner.'),
  LOG_LEVEL: z.enum(logLevels, `write one of ${logLevels.join(', ')}`).default('warn').describe('How much the log says.'),
  LOG_FORMAT: z.enum(['json', 'text'], 'write json or text').optional()
    .describe('json: one object a line; text: for eyes. Absent: json in production, text in demo mode.'),
  SLOW_QUERY_MS: wholeNumber({ min: 0, max: 600_000 }).default(500).describe('Database operations that take longer are logged, without values; 0: none.'),
  METRICS_TOKEN: z.string().min(16, 'use at least 16 characters').optional()
    .describe('Who reads /metrics sends it as a bearer token. Absent: only this machine may read them.'),
  BACKUP_DIR: z.string().min(1, 'write the path of a folder, or leave it out').optional().describe('Folder of the backups. Absent: backups in DATA_DIR.'),
  BACKUP_EVERY: z.string().regex(/^(off|[1-9]\d{0,2}[hd])$/, 'write a time such as 6h or 1d, or off').optional()
    .describe('Time between two backups, such as 6h or 1d, or off. Absent: 1d in production, off in demo mode.'),
  BACKUP_KEEP_HOURLY: wholeNumber({ min: 0, max: 744 }).default(24).describe('For so many hours before the newest every backup is kept.'),
  BACKUP_KEEP_DAILY: wholeNumber({ min: 1, max: 366 }).default(7).describe('For so many days the last backup of the day is kept.'),
  BACKUP_KEEP_WEEKLY: wholeNumber({ min: 0, max: 520 }).default(4).describe('For so many weeks the last backup of the week is kept.'),
  SMTP_URL: z.string().regex(/^smtps?:\/\/[^\s/]+\/?(\?\S*)?$/, 'write an address such as smtps://name:password@mail.example.com:465').optional()
    .describe('Mail server. Absent: emails are kept and marked as not sent; they leave once it is set.'),
  MAIL_FROM: z.string().regex(/^[^<>\r\n]*<?[^\s<>@]+@[^\s<>@]+>?$/, 'write an address such as Trellis <trellis@example.com>').optional()
    .describe('Sender of emails. Absent: trellis@ and the host of PUBLIC_URL.'),
  WEBHOOK_HOSTS: z.string().refine((text) => listOf(text).every((host) => /^[a-z0-9.-]+(:\d{1,5})?$/i.test(host)), 'write names of hosts with commas between them, such as bus.intranet,localhost:9000').optional()
    .describe('Hosts with private addresses that webhooks may reach. Absent: none, only public addresses.'),
  TEST_BUDGET: z.enum(['quick', 'full'], 'write quick or full').default('quick').describe('How long generated tests search.'),
})

/**
 * Reads the settings from an environment; touches neither files nor the network.
 * An empty variable counts as absent, as `NAME= npm run up` means it.
 * @throws SettingsError one sentence naming the variable, its value (never a secret's) and the remedy.
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  refuseUnknownNames(given)
  const parsed = settingsSchema.safeParse(given)
  if (!parsed.success) throw new SettingsError(sentence(parsed.error.issues[0], given))
  const values = parsed.data

  const dataDir = path.resolve(values.DATA_DIR)
  const database = databaseOf(values.DATABASE_URL, dataDir)
  const mode = values.TRELLIS_MODE ?? (database.kind === 'sqlite' ? 'demo' : 'production')
  if (!values.TRELLIS_SECRET && (mode === 'production' || database.kind === 'mongodb')) {
    const why = database.kind === 'mongodb' ? 'with MongoDB' : 'in production mode'
    throw new SettingsError(`TRELLIS_SECRET is missing and is demanded ${why}: set it in the environment to at least 32 characters, for example from \`openssl rand -hex 32\`.`)
  }
  return {
    mode,
    database,
    host: values.HOST,
    port: values.PORT,
    publicUrl: (values.PUBLIC_URL ?? `http://localhost:${values.PORT}`).replace(/\/+$/, ''),
    dataDir,
    logLevel: values.LOG_LEVEL,
    trustedProxies: listOf(values.TRUSTED_PROXIES),
    limits: {
      bodyBytes: values.BODY_LIMIT_MB * 1_048_576,
      uploadBytes: values.UPLOAD_LIMIT_MB * 1_048_576,
      uploadTypes: listOf(values.UPLOAD_TYPES) as UploadType[],
      requestsPerAccount: values.RATE_LIMIT_ACCOUNT,
      requestsPerAddress: values.RATE_LIMIT_ADDRESS,
    },
    ...(values.TRELLIS_SECRET && { secret: values.TRELLIS_SECRET }),
    ...ownerOf(values),
    ...(values.SMTP_URL && { mail: { url: values.SMTP_URL, from: values.MAIL_FROM ?? `Trellis <trellis@${new URL(values.PUBLIC_URL ?? 'http://localhost').hostname}>` } }),
    webhookHosts: listOf(values.WEBHOOK_HOSTS).map((host) => host.toLowerCase()),
    operations: {
      backup: {
        folder: path.resolve(values.BACKUP_DIR ?? path.join(dataDir, 'backups')),
        everyMilliseconds: durationOf(values.BACKUP_EVERY ?? (mode === 'production' ? '1d' : 'off')),
        keepHourly: values.BACKUP_KEEP_HOURLY, keepDaily: values.BACKUP_KEEP_DAILY, keepWeekly: values.BACKUP_KEEP_WEEKLY,
      },
      logFormat: values.LOG_FORMAT ?? (mode === 'production' ? 'json' : 'text'),
      slowQueryMilliseconds: values.SLOW_QUERY_MS,
      ...(values.METRICS_TOKEN && { metricsToken: values.METRICS_TOKEN }),
    },
  }
}

/** "6h", "1d" in milliseconds; "off": null. */
function durationOf(text: string): number | null {
  return text === 'off' ? null : Number.parseInt(text, 10) * (text.endsWith('d') ? 86_400_000 : 3_600_000)
}

function wholeNumber({ min, max }: { min: number; max: number }) {
  const remedy = `write a whole number from ${min} to ${max}`
  return z.string().regex(/^\d{1,9}$/, remedy).transform(Number).pipe(z.number().min(min, remedy).max(max, remedy))
}

const listOf = (text: string | undefined): string[] => (text ?? '').split(',').map((entry) => entry.trim()).filter((entry) => entry !== '')

/** IP addresses, each perhaps with the length of its network's prefix. */
function areAddresses(text: string): boolean {
  return listOf(text).every((entry) => {
    const [address = '', prefix, more] = entry.split('/')
    const version = isIP(address)
    return version !== 0 && more === undefined && (prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 6 ? 128 : 32)))
  })
}

/** A misspelt name would silently do nothing; names of other programs are none of our business. */
function refuseUnknownNames(given: Record<string, string | undefined>) {
  const known = Object.keys(settingsSchema.shape)
  const unknown = Object.keys(given).find((name) => name.startsWith('TRELLIS_') && !known.includes(name))
  if (!unknown) return
  const own = known.filter((name) => name.startsWith('TRELLIS_')).join(', ')
  throw new SettingsError(`${unknown} in the environment is not a setting of Trellis: remove it, or use one of ${own}.`)
}

function sentence(issue: z.core.$ZodIssue | undefined, given: Record<string, string | undefined>): string {
  const name = String(issue?.path[0])
  const isSecret = /SECRET|PASSWORD|TOKEN|DATABASE_URL|SMTP_URL/.test(name)
  const value = isSecret ? 'The value' : `"${given[name]}"`
  return `${value} of ${name} in the environment cannot be used: ${issue?.message}.`
}

function databaseOf(url: string | undefined, dataDir: string): Database {
  if (url && !url.startsWith('file:')) {
    // The driver would silently take a database called "test".
    if (!/^mongodb(\+srv)?:\/\/[^/]+\/[^/?]+/.test(url)) throw new SettingsError('The value of DATABASE_URL in the environment names no database: write it behind the host, for example mongodb://host:27017/trellis?replicaSet=rs0.')
    return { kind: 'mongodb', url }
  }
  const file = url ? path.resolve(url.replace(/^file:(\/\/(?=\/))?/, '')) : path.join(dataDir, 'trellis.db')
  return { kind: 'sqlite', url: `file:${file}`, file }
}

function ownerOf({ OWNER_EMAIL: email, OWNER_PASSWORD: password }: { OWNER_EMAIL?: string | undefined; OWNER_PASSWORD?: string | undefined }) {
  if (email && password) return { owner: { email, password } }
  if (!email && !password) return {}
  const [missing, present] = email ? ['OWNER_PASSWORD', 'OWNER_EMAIL'] : ['OWNER_EMAIL', 'OWNER_PASSWORD']
  throw new SettingsError(`${present} is set in the environment but ${missing} is not: set both, or neither and create the owner in the panel.`)
}
