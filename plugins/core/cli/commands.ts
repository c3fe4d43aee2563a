import type { Command } from './command.ts'

/** The command line's table: `npm run <name> -- <arguments>`. */
export const commands: Readonly<Record<string, Command>> = {
  backup: {
    summary: 'Saves the database and the uploads as they are at one moment, while people work.',
    usage: '[--to <folder>] [--portable]',
    load: async () => (await import('../backup/command.ts')).runBackup,
  },
  restore: {
    summary: 'Brings a backup into an empty place and proves it there; --replace keeps what is there aside.',
    usage: '<backup> [--to <folder or database URL>] [--replace]',
    load: async () => (await import('../backup/command.ts')).runRestore,
  },
  front: {
    summary: 'Asks the running platform for its state, restarts the application without a gap, or publishes added fields.',
    usage: 'status | restart | publish <file>',
    load: async () => (await import('./front-command.ts')).runFrontCommand,
  },
  import: {
    summary: 'Brings in the data of another system from a folder of CSV files; what was imported before stays as it is.',
    usage: '<folder> [--as <email>] [--company <code>]',
    load: async () => (await import('../import/command.ts')).runImportCommand,
  },
  types: {
    summary: 'Writes TypeScript types and a small client of everything the firm has, for programs that use the API.',
    usage: '[<file>]',
    load: async () => (await import('../client/command.ts')).runTypes,
  },
  verify: {
    summary: 'Proves that books, stock, states and relations agree, on one snapshot of the live database.',
    usage: '[--json] [--zh]',
    load: async () => (await import('../verify/command.ts')).runVerify,
  },
  walk: {
    summary: 'Tries a workflow out on a scratch database in the folder: what the panel begins with a button.',
    usage: '<folder with a walk.json>',
    load: async () => (await import('../workflow/walks/command.ts')).runWalk,
  },
}
