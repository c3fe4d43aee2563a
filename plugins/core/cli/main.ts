import type { Command, CommandContext } from './command.ts'
import { commands as ownCommands } from './commands.ts'

type Inputs = Pick<CommandContext, 'settings' | 'boot'> & {
  readonly argv: readonly string[]
  readonly commands?: Readonly<Record<string, Command>>
  readonly write?: (line: string) => void
}

/**
 * Runs the command that `argv` names; `--help` lists all of them, `<command> --help` explains one.
 * @returns the exit status; 2 for an unknown command.
 */
export async function runCommandLine({ argv, settings, boot, commands = ownCommands, write = console.log }: Inputs): Promise<number> {
  const [name, ...args] = argv
  if (!name || name === '--help' || name === 'help') {
    write(overview(commands))
    return 0
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) {
    write(`There is no command "${name}".\n\n${overview(commands)}`)
    return 2
  }
  if (args.includes('--help')) {
    write(`npm run ${name} -- ${command.usage}\n\n${command.summary}`)
    return 0
  }
  const run = await command.load()
  return await run({ args, settings, boot, write })
}

function overview(commands: Readonly<Record<string, Command>>): string {
  const width = Math.max(0, ...Object.keys(commands).map((name) => name.length))
  const rows = Object.entries(commands).map(([name, { summary }]) => `  npm run ${name.padEnd(width)}  ${summary}`)
  return ['Commands (add `-- --help` to one for its arguments):', ...rows].join('\n')
}
