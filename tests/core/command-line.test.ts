import { expect, it } from 'vitest'
import { readSettings } from '../../config/settings.ts'
import type { Command, CommandContext } from '../../plugins/core/cli/command.ts'
import { runCommandLine } from '../../plugins/core/cli/main.ts'

function run(argv: readonly string[]) {
  const written: string[] = []
  const seen: CommandContext[] = []
  const commands: Record<string, Command> = {
    count: { summary: 'Counts.', usage: '<folder> [--json]', load: () => Promise.resolve((context) => { seen.push(context); return Promise.resolve(7) }) },
    broken: { summary: 'Never loads.', usage: '', load: () => Promise.reject(new Error('loaded')) },
  }
  const status = runCommandLine({
    argv, commands, settings: readSettings({}), boot: () => Promise.reject(new Error('booted')), write: (line) => written.push(line),
  })
  return status.then((value) => ({ status: value, output: written.join('\n'), seen }))
}

it('runs the command it names with the rest of the line', async () => {
  const { status, seen } = await run(['count', 'a', '--json'])
  expect(status).toBe(7)
  expect(seen[0]?.args).toEqual(['a', '--json'])
})

it.each([[[]], [['--help']], [['help']]])('%j lists all commands without loading one', async (argv) => {
  const { status, output } = await run(argv)
  expect(status).toBe(0)
  expect(output).toContain('npm run count   Counts.')
  expect(output).toContain('npm run broken  Never loads.')
})

it('explains one command', async () => {
  expect(await run(['count', '--help'])).toMatchObject({ status: 0, output: 'npm run count -- <folder> [--json]\n\nCounts.', seen: [] })
})

it.each(['nothing', 'toString', '__proto__'])('refuses "%s" with status 2', async (name) => {
  const { status, output } = await run([name])
  expect(status).toBe(2)
  expect(output).toMatch(new RegExp(`^There is no command "${name}"`))
})
