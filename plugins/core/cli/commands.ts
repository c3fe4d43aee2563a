import type { Command } from './command.ts'

/** The command line's table: `npm run <name> -- <arguments>`. */
export const commands: Readonly<Record<string, Command>> = {
  verify: {
    summary: 'Proves that books, stock, states and relations agree, on one snapshot of the live database.',
    usage: '[--json] [--zh]',
    load: async () => (await import('../verify/command.ts')).runVerify,
  },
}
