import { SettingsError, type Settings } from '../../config/settings.ts'

/** What failed: the start of the platform, or the command of that name. */
type Doing = { readonly settings?: Settings | undefined; readonly command?: string | undefined }

/** One sentence for an operator: what happened, where, and the remedy. */
export function readableError(error: unknown, { settings, command }: Doing): string {
  if (error instanceof SettingsError) return error.message
  const code = codeOf(error)
  if (settings && code === 'EADDRINUSE') {
    return `Port ${settings.port} on ${settings.host} is taken by another program: stop that one, or choose another port, for example \`PORT=${settings.port + 1} npm run up\`.`
  }
  if (settings && code === 'EACCES') {
    return `Port ${settings.port} on ${settings.host} may not be opened by this user: choose one above 1023, for example \`PORT=3000 npm run up\`.`
  }
  if (settings && code === 'EADDRNOTAVAIL') {
    return `HOST ${settings.host} is not an address of this machine: use 127.0.0.1, 0.0.0.0 or one of its own addresses.`
  }
  if (settings && code === 'ENOTFOUND') {
    return `HOST ${settings.host} cannot be resolved: use 127.0.0.1, 0.0.0.0 or one of this machine's own addresses.`
  }
  if (settings?.database.kind === 'sqlite' && isDamaged(error)) {
    const { file } = settings.database
    return `The database file ${file} is damaged or not a database: move it away (\`mv ${file} ${file}.damaged\`), then bring a backup back with \`npm run restore -- <backup>\`, or start without it to begin anew.`
  }
  const text = error instanceof Error ? error.message : String(error)
  return `${command === undefined ? 'Trellis could not start' : `The command ${command} broke off`}: ${text.split('\n')[0]} (LOG_LEVEL=debug shows more).`
}

/** SQLite says so itself, or whoever asked it wraps what it said. */
function isDamaged(error: unknown): boolean {
  return error instanceof Error && (/^SQLITE_(NOTADB|CORRUPT)/.test(codeOf(error) ?? '') || isDamaged(error.cause))
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
