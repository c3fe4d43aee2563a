import type { Payload } from 'payload'
import type { Revision } from '../../../config/language/revision.ts'
import type { Settings } from '../../../config/settings.ts'

export type BootTarget = Pick<Settings, 'database' | 'dataDir'> & { readonly revision: Revision }

export type CommandContext = {
  /** What follows the command's name. */
  readonly args: readonly string[]
  readonly settings: Settings
  /** Starts Payload, on the configured database or on another one, once a command; closed when the command ends. */
  readonly boot: (target?: BootTarget) => Promise<Payload>
  readonly write: (line: string) => void
}

/** @returns the exit status: 0 when all is well. */
export type RunCommand = (context: CommandContext) => Promise<number>

export type Command = {
  readonly summary: string
  /** What follows the name, for example "<folder> [--json]". */
  readonly usage: string
  /** Imported when it is run: a command loads only what it needs. */
  readonly load: () => Promise<RunCommand>
}
