import { readdir } from 'node:fs/promises'
import path from 'node:path'
import type { Payload } from 'payload'
import type { RunCommand } from '../cli/command.ts'
import { actorOf, type Actor, type SignedInUser } from '../access/actor.ts'
import { ProblemError } from '../errors.ts'
import { installPlatform } from '../platform/install.ts'
import { platformOf } from '../platform/platform.ts'
import type { Counts, Importer } from './importer.ts'
import { runImport, type ImportResult } from './run-import.ts'

const shownProblems = 20
const progressMilliseconds = 1_000

/** `npm run import -- <folder> [--as <email>] [--company <code>]`: 0 when every row was applied or known, 1 when some were not. */
export const runImportCommand: RunCommand = async ({ args, settings, boot, write }) => {
  const given = readArguments(args)
  if ('problem' in given) {
    write(given.problem)
    return 2
  }
  const folder = path.resolve(given.folder)
  const files = await readdir(folder).catch(() => undefined)
  if (!files) {
    write(`There is no folder ${folder}: give the path of a folder with CSV files.`)
    return 2
  }
  const payload = await boot()
  const importer = recognise(platformOf(payload).importers, files)
  if (typeof importer === 'string') {
    write(importer)
    return 2
  }
  await installPlatform(payload)
  const actor = given.as === undefined ? undefined : await person(payload, given.as)
  if (given.as !== undefined && !actor) {
    write(`There is no user ${given.as}: give the email of someone who may sign in, or leave --as out to import as the system.`)
    return 2
  }
  let shown = 0
  let last = 0
  const began = Date.now()
  const result = await refusable(runImport({
    payload, importer, folder,
    ...(actor ? { actor } : {}), ...(given.company === undefined ? {} : { company: given.company }),
    reportFile: path.join(settings.dataDir, 'imports', `${importer.slug}-${new Date().toISOString().replace(/[:.]/g, '-')}.csv`),
    watch: {
      step({ label, counts, done }) {
        if (!done && Date.now() - last < progressMilliseconds) return
        last = Date.now()
        write(`${done ? '✓' : '…'} ${label.en} · ${label.zh}: ${counted(counts)}`)
      },
      problem({ file, row, column, value, severity, message }) {
        if (++shown > shownProblems) return
        write(`  ${severity === 'error' ? '✗' : '!'} ${file}, row ${row}${column ? `, ${column} "${value}"` : ''}: ${message.en} ${message.zh}`)
      },
      tell: ({ en, zh }) => write(`${en} ${zh}`),
    },
  }))
  if (result instanceof ProblemError) {
    write(`${result.problem.message.en} ${result.problem.message.zh}`)
    return 2
  }
  write(summary(result, { shown, seconds: Math.round((Date.now() - began) / 1000) }))
  return result.errors > 0 ? 1 : 0
}

type Given = { readonly folder: string; readonly as?: string; readonly company?: string }

function readArguments(args: readonly string[]): Given | { readonly problem: string } {
  const options: Record<string, string> = {}
  const folders: string[] = []
  for (let index = 0; index < args.length; index++) {
    const argument = args[index] ?? ''
    const name = argument === '--as' ? 'as' : argument === '--company' ? 'company' : undefined
    if (name === undefined && argument.startsWith('--')) return { problem: `import does not know "${argument}": use --as <email> or --company <code>.` }
    if (name === undefined) folders.push(argument)
    else if (!args[index + 1]) return { problem: `${argument} needs a value: ${argument === '--as' ? '--as ann@firm.example' : '--company AW'}.` }
    else options[name] = args[++index] ?? ''
  }
  const [folder, more] = folders
  if (folder === undefined || more !== undefined) return { problem: 'Give the folder to import: npm run import -- <folder> [--as <email>] [--company <code>].' }
  return { folder, ...options }
}

/** The importer all of whose files are there; else a sentence that says what is missing. */
export function recognise(importers: readonly Importer[], files: readonly string[]): Importer | string {
  const missing = importers.map((importer) => ({ importer, files: importer.files.filter((file) => !files.includes(file)) })).sort((a, b) => a.files.length - b.files.length)
  const [nearest] = missing
  if (!nearest) return 'No installed system brings an importer.'
  if (nearest.files.length === 0) return nearest.importer
  return `The folder is not complete for ${nearest.importer.label.en}: it lacks ${nearest.files.join(', ')}. 文件夹缺少：${nearest.files.join('、')}。`
}

/** A refusal is an answer for the person, not a fault of the program. */
function refusable(result: Promise<ImportResult>): Promise<ImportResult | ProblemError> {
  return result.catch((error: unknown) => {
    if (error instanceof ProblemError) return error
    throw error
  })
}

async function person(payload: Payload, email: string): Promise<Actor | undefined> {
  const { docs } = await payload.find({ collection: 'users', where: { email: { equals: email } }, limit: 1, overrideAccess: true })
  const [user] = docs
  return user && !user.blocked ? actorOf(payload, user as unknown as SignedInUser) : undefined
}

function counted({ read, applied, known, adopted, bad }: Counts): string {
  const parts = [`${read} read`, `${applied} applied`, `${known} here already`]
  if (adopted > 0) parts.push(`${adopted} taken over as they are`)
  if (bad > 0) parts.push(`${bad} bad`)
  return parts.join(', ')
}

function summary({ applied, errors, warnings, report }: ImportResult, { shown, seconds }: { readonly shown: number; readonly seconds: number }): string {
  return [
    ...(shown > shownProblems ? [`  … and ${shown - shownProblems} more`] : []),
    applied === 0 && errors === 0
      ? `Nothing was applied: everything in the folder was imported before. 没有新数据：文件夹中的内容此前已全部导入。(${seconds} s)`
      : `${applied} applied in ${seconds} s, ${errors} errors, ${warnings} warnings. 已导入 ${applied} 条，错误 ${errors} 处，提醒 ${warnings} 处。`,
    ...(report ? [`Every problem with file, row, column, value and remedy: ${report} 全部问题明细见该文件。`] : []),
  ].join('\n')
}
