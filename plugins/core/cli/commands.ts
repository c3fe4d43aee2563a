import type { Command } from './command.ts'

/** The command line's table: `npm run <name> -- <arguments>`. */
export const commands: Readonly<Record<string, Command>> = {}
